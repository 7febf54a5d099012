"""Run a text for the sake of what the watcher says, and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from time import perf_counter

from groundup.diagnosis.findings import Diagnosis
from groundup.diagnosis.watch import Watch
from groundup.engine.executed import ExecutedText
from groundup.engine.execution import EXECUTION_LOCK

PASSES = 400
SECONDS = 1.0
FEWEST = 12
"""After so many backward passes enough was seen, or so many seconds, but not before so few passes:
on a busy machine, or where torch has something to load, a second may hold none."""


class Enough(BaseException):
    """Enough was seen. No ``Exception``: a text that catches those would go on."""


class _Watched(ExecutedText):
    def __init__(self, text: str, files: Mapping[str, str | bytes] | None) -> None:
        super().__init__("lesson", files, 100_000)
        self._code = compile(text, self._file, "exec", dont_inherit=True)

    def run(self, watch: Watch) -> None:
        with EXECUTION_LOCK, self._in_its_state(), watch, suppress(Enough):
            exec(self._code, self._namespace)


def watched(
    text: str,
    files: Mapping[str, str | bytes] | None = None,
    *,
    passes: int = PASSES,
    seconds: float = SECONDS,
    findings: bool = True,
) -> Diagnosis:
    """What is wrong with ``text``, as far as its first passes show; the checks alone if so wanted.

    Raises:
        SyntaxError: if ``text`` is no Python.
    """
    until = perf_counter() + seconds

    def stop(backwards: int) -> None:
        if backwards >= passes or (backwards >= FEWEST and perf_counter() >= until):
            raise Enough

    watch = Watch(text, each_pass=stop, findings=findings)
    _Watched(text, files).run(watch)
    return watch.diagnosis()
