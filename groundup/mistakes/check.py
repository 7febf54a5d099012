"""What is wrong with a mistake of the gallery: it must go wrong as promised, and its fix run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from groundup.engine import check, lesson
from groundup.engine.lesson import Lesson
from groundup.engine.observe import run
from groundup.mistakes.gallery import OUTCOMES, outcome


def complaints(name: str, folder: Path) -> list[str]:
    """What is wrong with the mistake called ``name`` in ``folder``, a sentence each.

    Raises:
        ValueError: if there is no such mistake.
    """
    file = lesson.path(name, folder)
    if reasons := check.unreadable(file):
        return reasons
    loaded = lesson.load(name, folder)
    promise = lesson.table(name, folder)["promise"]
    said = [*check.out_of_range(loaded.source)]
    said += list(check.misfits(loaded)) or list(_outcomes(loaded, promise))
    return [f"{file.name}{sentence}" for sentence in said]


def _outcomes(loaded: Lesson, promise: str) -> Iterator[str]:
    """Run the wrong text and the mended one: each must do what the table says."""
    if promise not in OUTCOMES:
        yield f": promise is {promise!r}; it must be one of {', '.join(OUTCOMES)}."
    elif (led_to := outcome(run(loaded.text)).kind) != promise:
        yield f": it promises {promise}, and running it leads to {led_to}."
    if fault := check.failure_of(run(loaded.edit("fix").text)):
        yield f": the fix does not run: {fault}."
