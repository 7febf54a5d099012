"""Learning rates that change in mid-run, as a short text: ``0: 0.1, 120: 0.05``."""

from __future__ import annotations

import re

from groundup.engine.lesson import Lesson

_ENTRY = re.compile(r"\s*([0-9]{1,6})\s*:\s*([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)\s*")
MAX_CHANGES = 20
"""Changes in one schedule; each adds two lines to the lesson."""

Schedule = tuple[tuple[int, float], ...]
"""(epoch, learning rate from that epoch on), the first at epoch 0."""


def parse(text: str) -> Schedule:
    """Read a schedule; an empty text is an empty schedule.

    Raises:
        ValueError: if the text cannot be read, does not begin at epoch 0 or does not ascend.
    """
    if not text.strip():
        return ()
    matches = [(part, _ENTRY.fullmatch(part)) for part in text.split(",")]
    for part, match in matches:
        if match is None:
            raise ValueError(f"«{part.strip()[:30]}» is not `epoch: rate`, such as `120: 0.05`.")
    try:
        changes = tuple((int(match[1]), float(match[2])) for _, match in matches if match)
    except ValueError as error:
        raise ValueError("a learning rate in it is not a number.") from error
    epochs = [epoch for epoch, _ in changes]
    if epochs[0] != 0 or epochs != sorted(set(epochs)):
        raise ValueError("its epochs must begin at 0 and go up: `0: 0.1, 120: 0.05`.")
    if len(changes) > MAX_CHANGES:
        raise ValueError(f"it holds {len(changes)} entries; {MAX_CHANGES} is the most.")
    return changes


def render(schedule: Schedule) -> str:
    """The text that :func:`parse` reads back."""
    return ", ".join(f"{epoch}: {rate:g}" for epoch, rate in schedule)


def changed_at(schedule: Schedule, former: float, epoch: int, rate: float) -> Schedule:
    """``schedule`` (or the one rate ``former``) with ``rate`` from ``epoch`` on."""
    past = tuple(entry for entry in schedule or ((0, former),) if entry[0] < epoch)
    return (*past, (epoch, rate))


def changes(lesson: Lesson) -> bool:
    """Whether a run of ``lesson`` takes another learning rate than its first, before it is over."""
    first, epochs = lesson.settings["learning_rate"], lesson.settings["epochs"]
    return any(epoch < epochs and rate != first for epoch, _, rate in lesson.schedule)


def apply(lesson: Lesson, schedule: Schedule) -> Lesson:
    """``lesson`` with the first rate in its parameter block and the others in its loop.

    Raises:
        ValueError: for a rate that the lesson does not allow.
    """
    for epoch, rate in schedule:
        lesson = (
            lesson.at_epoch(epoch, learning_rate=rate) if epoch else lesson.set(learning_rate=rate)
        )
    return lesson
