"""What is wrong with a lesson or the table beside it, told to its author: a sentence each."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Collection, Iterator
from pathlib import Path

from groundup.engine import lesson, tables
from groundup.engine.edits import Edit
from groundup.engine.instrument import steps_of
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run, run
from groundup.engine.parameters import parameter_nodes
from groundup.engine.run_log import log_spec
from groundup.engine.text import parsed

REPEATS = ("epochs", "steps")
"""Parameters that say how often something is done again: a check does it as seldom as may be."""


def unreadable(file: Path) -> list[str]:
    """Why the lesson in ``file`` cannot be loaded: its text is no Python, or its table is wrong."""
    table = file.with_suffix(".toml")
    reasons = tables.complaints(table) if table.exists() else []
    try:
        parsed(file.read_text("utf-8"))
    except SyntaxError as error:
        reasons.append(f"{file.name}, line {error.lineno}: no Python: {error.msg}.")
    return reasons


def orphans(folder: Path = lesson.LESSONS) -> list[str]:
    """The tables in ``folder`` that lie beside no lesson."""
    alone = (p for p in sorted(folder.rglob("*.toml")) if not p.with_suffix(".py").exists())
    return [f"{file.name}: there is no {file.stem}.py beside it." for file in alone]


def complaints(
    name: str, folder: Path = lesson.LESSONS, controls: Collection[str] = ()
) -> list[str]:
    """What is wrong with the lesson called ``name``, whose parameters ``controls`` should set.

    Raises:
        ValueError: if there is no such lesson.
    """
    file = lesson.path(name, folder)
    if reasons := unreadable(file):
        return reasons
    loaded = lesson.load(name, folder)
    exempt = lesson.table(name, folder).get("without_control", [])
    said = [
        *out_of_range(loaded.source),
        *_missing_steps(loaded.source),
        *_without_control(loaded, controls, exempt),
    ]
    # A text that a change does not fit cannot be run with that change.
    said += list(misfits(loaded)) or list(_not_running(loaded))
    return [f"{file.name}{sentence}" for sentence in said]


def out_of_range(text: str) -> Iterator[str]:
    """The lines of ``text`` that give a parameter a value which its comment does not allow."""
    for parameter, node in parameter_nodes(text):
        try:
            parameter.check(parameter.default)
        except ValueError as error:
            yield f", line {node.lineno}: {error}"


def misfits(loaded: Lesson) -> Iterator[str]:
    """The changes in the table of ``loaded`` that cannot be made, or leave no Python behind."""
    seen = set()
    for written in every_way(loaded):
        applicable = [None, *(e.name for e in loaded.edits.values() if fits(e, written))]
        for edit in applicable:
            fault = _misfit(written.edit(edit) if edit else written, edit)
            if fault and fault not in seen:
                seen.add(fault)
                yield f": {fault}"


def failure_of(finished: Run) -> str:
    """How ``finished`` did not come to its end, as the rest of a sentence; empty if it did."""
    if finished.failure:
        failure = finished.failure
        return f"line {failure.line} raises {failure.kind}: {failure.message}"
    return "" if finished.state == "done" else f"the run was ended: {finished.ended}"


def _missing_steps(text: str) -> Iterator[str]:
    there = {step.number for step in steps_of(text).values()}
    for name, number in log_spec(text).after_step.items():
        if number not in there:
            yield f": {name} is to be recorded after step {number}, and the text has no such step."


def _without_control(
    loaded: Lesson, controls: Collection[str], exempt: Collection[str]
) -> Iterator[str]:
    for name in loaded.parameters:
        if name not in controls and name not in exempt:
            yield f": no control sets {name}; declare one, or name it in without_control."
    for name in exempt:
        if name not in loaded.parameters:
            yield f": without_control names {name}, which is no parameter."
        elif name in controls:
            yield f": without_control names {name}, which has a control."


def every_way(loaded: Lesson) -> Iterator[Lesson]:
    """Give ``loaded`` with each option of each of its choices, in every combination."""
    options = (choice.parameter.options for choice in loaded.choices.values())
    for chosen in itertools.product(*options):
        yield loaded.set(**dict(zip(loaded.choices, chosen, strict=True)))


def fits(edit: Edit, written: Lesson) -> bool:
    """Whether ``edit`` is meant for the way in which ``written`` is written."""
    return all(
        written.settings.get(name) == way for name, way in edit.notes.get("needs", {}).items()
    )


def _misfit(changed: Lesson, edit: str | None) -> str:
    try:
        parsed(changed.text)
    except ValueError as error:
        return str(error)
    except SyntaxError as error:
        by = edit or ", ".join(changed.chosen.values())
        return f"{by} leaves no Python behind: line {error.lineno}: {error.msg}."
    return ""


def _not_running(loaded: Lesson) -> Iterator[str]:
    """Run the text, and the text with each option: each must do what the table says."""
    quick = loaded.set(**_fewest(loaded))
    if fault := failure_of(_run(quick.text)):
        yield f": the text does not run: {fault}."
    for name, choice in loaded.choices.items():
        for way, edit in choice.edits.items():
            finished = _run(quick.set(**{name: way}).text)
            yield from _unlike(edit, finished, f"{name} = {way!r}")


_LAST: deque[Run] = deque(maxlen=1)


def _run(text: str) -> Run:
    """A finished run, which is let go only when the next one is finished.

    Whoever drops a text's group of processes waits for threads of gloo, and holds Python's lock
    meanwhile: just after the last all-reduce one of them may wait for that lock, and neither ends.
    """
    _LAST.append(run(text))
    return _LAST[0]


def _unlike(edit: Edit, finished: Run, shown: str) -> Iterator[str]:
    promised = edit.notes.get("raises", "")
    raised = finished.failure.kind if finished.failure else ""
    if promised != raised and promised:
        yield f": with {shown} the text should raise {promised}, and {raised or 'nothing'} came."
    elif not promised and (fault := failure_of(finished)):
        yield f": with {shown} the text does not run: {fault}."


def _fewest(loaded: Lesson) -> dict[str, int]:
    declared = (loaded.parameters[name] for name in REPEATS if name in loaded.parameters)
    return {each.name: int(each.low) for each in declared if each.low is not None}
