"""Mistakes made on purpose: which there are, what a broken run did, and what it is the same as."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from groundup.engine.edits import Edit
from groundup.engine.instrument import steps_of
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run

RAISES, NOTHING, CLIMBS = "raises", "learns nothing", "climbs"
ANOTHER_LINE, ANOTHER_PATH, ARRIVES = "another line", "another path", "arrives"
SAME = "the same"

REORDER = "order"
"""The name of the edit that puts the five steps into the learner's order."""


def mistakes(lesson: Lesson) -> dict[str, Edit]:
    """The lesson's edits that are offered as mistakes, by title."""
    return {e.title: e for e in lesson.edits.values() if e.notes.get("kind") != "twin"}


def promised(edit: Edit, optimizer: str) -> str:
    """What the lesson says the mistake leads to, under ``optimizer``."""
    return str(edit.notes.get("kinds", {}).get(optimizer, edit.notes["kind"]))


def happened(broken: Run, healthy: Run, losses: Sequence[float]) -> str:
    """What the broken run did, beside the healthy one; both are finished and share their start.

    ``losses`` are those of the broken run's lines (:class:`Moments`), the first before any step.
    """
    if broken.failure:
        return RAISES
    w, b = broken.columns["w"], broken.columns["b"]
    if all(broken.columns[name] == healthy.columns[name] for name in ("loss", "w", "b")):
        return SAME
    if len(set(w)) == 1 and len(set(b)) == 1:
        return NOTHING
    if not math.isfinite(losses[-1]) or losses[-1] > losses[0]:
        return CLIMBS
    there = [_settled(broken.columns[n], healthy.columns[n][-1]) for n in ("w", "b")]
    if all(there):
        return ARRIVES
    at_rest = [_settled(broken.columns[n], broken.columns[n][-1]) for n in ("w", "b")]
    return ANOTHER_LINE if all(at_rest) else ANOTHER_PATH


def _settled(values: Sequence[float], place: float) -> bool:
    """Whether in the last tenth of a run it was at ``place``, to 5 % of all its movement."""
    room = 0.05 * (max(values) - min(values))
    return all(abs(value - place) <= room for value in values[-max(len(values) // 10, 2) :])


def twin(lesson: Lesson) -> Lesson | None:
    """A healthy lesson that computes the same numbers as the broken one, where there is one.

    Plain gradient descent that never zeroes is momentum 1.0: both step along the sum of all
    gradients.
    """
    if lesson.applied != ("no_zero",) or lesson.settings["optimizer"] != "gradient descent":
        return None
    return replace(lesson, applied=()).set(optimizer="momentum").edit("momentum_one")


def beside(lesson: Lesson) -> dict[str, Lesson]:
    """What a broken lesson is compared with, by name; nothing for a healthy one."""
    if not lesson.applied:
        return {}
    equal = twin(lesson)
    return {"healthy": replace(lesson, applied=())} | ({"momentum 1.0": equal} if equal else {})


def reordered(lesson: Lesson, order: str) -> Lesson:
    """``lesson`` with its five steps in the order of the digits of ``order``.

    In the first epoch a step 5 that comes before step 3 finds no gradient, and ``None.zero_()``
    raises; so there the step first asks whether one exists, as ``zero_grad()`` does.

    Raises:
        ValueError: if ``order`` is not the digits 1 to 5, each once.
    """
    if sorted(order) != list("12345"):
        raise ValueError("write the digits 1 to 5, each once, such as `51234`.")
    if order == "12345":
        return lesson
    text = lesson.text
    blocks = _steps(text)
    old = "\n\n".join(blocks[digit] for digit in "12345")
    if order.index("5") < order.index("3"):
        blocks["5"] = _guarded(blocks["5"])
    new = "\n\n".join(blocks[digit] for digit in order)
    title = f"The steps in the order {', '.join(order)}"
    edit = Edit(REORDER, title, ((old, new),), notes={"order": order})
    return replace(lesson, edits={**lesson.edits, REORDER: edit}).edit(REORDER)


def _steps(text: str) -> dict[str, str]:
    """Each numbered step of ``text``: its comment and the lines under it."""
    lines = text.split("\n")
    steps: dict[str, list[str]] = {}
    for step in steps_of(text).values():
        steps.setdefault(str(step.number), []).append(lines[step.line - 1])
    return {number: "\n".join(block) for number, block in steps.items()}


def _guarded(block: str) -> str:
    comment, *lines = block.split("\n")
    indent = comment[: len(comment) - len(comment.lstrip())]
    return "\n".join(
        [comment, f"{indent}if w.grad is not None:", *("    " + line for line in lines)]
    )
