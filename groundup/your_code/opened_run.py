"""Run the script that was opened on this machine, and look at it as at a typed text."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from groundup.diagnosis import Diagnosis, Watch
from groundup.language.own_code import Refusal
from groundup.opened import OpenedFile
from groundup.your_code.recorded_graph import GraphReader, RecordedGraph
from groundup.your_code.running import Ran, told


class Looking:
    """Held while the script runs, in its own process; what it saw is plain data."""

    def __init__(self, text: str, file: str) -> None:
        self._graph, self._watch = GraphReader(), Watch(text, file=file)
        self._held = ExitStack()

    def __enter__(self) -> Looking:
        self._held.enter_context(self._graph)
        self._held.enter_context(self._watch)
        return self

    def __exit__(self, *exc: Any) -> None:
        self._held.__exit__(*exc)

    def diagnosis(self) -> tuple[tuple[RecordedGraph, ...], Diagnosis]:
        """The graphs at the end, and what may be wrong."""
        return self._graph.graphs, self._watch.diagnosis()


def ran_opened(file: OpenedFile, meanwhile: Any = None) -> Ran:
    """Run ``file`` once, as it is on the disk."""
    try:
        trace, seen = file.trace(within=Looking, meanwhile=meanwhile)
    except SyntaxError as error:
        return Ran(file.text, refusals=(_refusal(error),))
    graphs, diagnosis = seen or ((), Diagnosis())
    return replace(told(trace, diagnosis), graphs=graphs)


def _refusal(error: SyntaxError) -> Refusal:
    line, column = error.lineno or 1, error.offset or 1
    end = error.end_offset if error.end_lineno == error.lineno else None
    return Refusal(line, column, line, max(end or 0, column + 1), f"Python says: {error.msg}.")
