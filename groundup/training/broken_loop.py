"""Mistakes made on purpose: which there are, what a broken run did, and what it is the same as."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from groundup.engine.edits import Edit
from groundup.engine.instrument import steps_of
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.training.moments import Moments

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


def happened(broken: Run, healthy: Run, at: Moments) -> str:
    """What the broken run did, beside the healthy one; both are finished and share their start.

    ``at`` are the broken run's lines and their losses, the first before any step.
    """
    if broken.failure:
        return RAISES
    if all(broken.columns[name] == healthy.columns[name] for name in ("w", "b")):
        return SAME
    if len(set(at.w)) == 1 and len(set(at.b)) == 1:
        return NOTHING
    if not math.isfinite(at.loss[-1]) or at.loss[-1] > at.loss[0]:
        return CLIMBS
    ways = [(at.w, healthy.columns["w"][-1]), (at.b, healthy.columns["b"][-1])]
    if all(_settled(way, place) for way, place in ways):
        return ARRIVES
    return ANOTHER_LINE if all(_settled(way, way[-1]) for way, _ in ways) else ANOTHER_PATH


def _settled(way: Sequence[float], place: float) -> bool:
    """Whether all the second half of a run was at ``place``, to 1 % of all its movement.

    What still crawls, or dies away slowly, moves by more than that in half of its epochs.
    """
    room = 0.01 * (max(way) - min(way))
    return all(abs(value - place) <= room for value in way[(len(way) - 1) // 2 :])


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
