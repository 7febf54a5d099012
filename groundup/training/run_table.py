"""Runs that the learner keeps, and a sweep over learning rates."""

from __future__ import annotations

import csv
import io
import itertools
import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from groundup.engine.edits import Edit
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.engine.parameters import Literal
from groundup.training import schedule
from groundup.training.batches import FULL, plain
from groundup.training.moments import final_loss
from groundup.training.own_data import Points
from groundup.training.session import Setting

MAX_RUNS = 30
"""Runs that one learner can keep; the oldest make no room by themselves."""

_NEAR = 1.01


_DEFAULTS: dict[str, Literal] = {"data": "drawn", "batch": FULL}
"""What a lesson's settings leave unsaid when it is so; a table needs the same columns for all."""


@dataclass
class Pinned:
    """One kept run: what it was, and what became of it. The learner may rename and hide it.

    ``loss`` has one number for each place, the start and after each epoch, so that the last is
    that of the line (``w``, ``b``). ``arrived`` is how many epochs it took until the loss stayed
    within 1 % of the least possible; None if it never did.
    """

    number: int
    name: str
    settings: dict[str, Literal]
    loss: list[float]
    w: float
    b: float
    arrived: int | None
    seconds: float
    mistake: Edit | None = None
    points: Points | None = None
    shown: bool = True


@dataclass
class RunTable:
    """A learner's kept runs, in the order in which they were pinned."""

    runs: list[Pinned] = field(default_factory=list)
    count: int = 0

    def pin(
        self,
        lesson: Lesson,
        run: Run,
        setting: Setting,
        points: Points | None = None,
    ) -> Pinned:
        """Keep a run that has at least one epoch.

        Raises:
            ValueError: if there is no epoch yet, or no room.
        """
        if not run.epochs:
            raise ValueError("there is no run yet: press Train first.")
        if len(self.runs) >= MAX_RUNS:
            raise ValueError(f"{MAX_RUNS} runs are kept, which is the most: delete one first.")
        self.count += 1
        loss = setting.moments(run).loss
        pinned = Pinned(
            self.count,
            _name(lesson, self.count),
            _DEFAULTS | {**lesson.settings, "schedule": _scheduled(lesson)},
            loss,
            run.columns["w"][-1],
            run.columns["b"][-1],
            arrived(loss, setting.surface.floor),
            run.seconds,
            lesson.mistake,
            points,
        )
        self.runs.append(pinned)
        return pinned

    def change(self, number: int, *, name: str | None = None, shown: bool | None = None) -> None:
        """Rename, hide or show the run called ``number``."""
        for run in self.runs:
            if run.number == number:
                run.name = (name or run.name)[:60] if name is not None else run.name
                run.shown = run.shown if shown is None else shown

    def delete(self, number: int) -> None:
        """Forget the run called ``number``."""
        self.runs = [run for run in self.runs if run.number != number]

    def find(self, number: int) -> Pinned | None:
        """The run called ``number``."""
        return next((run for run in self.runs if run.number == number), None)


def _name(lesson: Lesson, number: int) -> str:
    settings, mistake = lesson.settings, lesson.mistake
    name = f"{number}. {settings['optimizer']}, {settings['learning_rate']:g}"
    return name + (f", {mistake.title}" if mistake else "")


def _scheduled(lesson: Lesson) -> str:
    """The learning rates in mid-run, as the page's control holds them."""
    changes = [(epoch, float(rate)) for epoch, _, rate in lesson.schedule]
    first = float(lesson.settings["learning_rate"])
    return schedule.render(((0, first), *changes)) if changes else ""


def arrived(loss: Sequence[float], floor: float) -> int | None:
    """The first place from which on every loss is within 1 % of ``floor`` (or 1e-6 above it)."""
    limit = max(floor * _NEAR, floor + 1e-6)
    after = itertools.takewhile(lambda value: value <= limit, reversed(loss))
    staying = sum(1 for _ in after)
    return len(loss) - staying if staying else None


def table(runs: Iterable[Pinned]) -> list[dict[str, Literal | None]]:
    """A row for each run: every setting, and what became of it. NaN and ∞ stay numbers."""
    return [
        {
            "run": run.name,
            "final loss": run.loss[-1],
            "w": run.w,
            "b": run.b,
            "epochs to 1 %": run.arrived,
            "seconds": run.seconds,
            **run.settings,
            "mistake": run.mistake.title if run.mistake else "none",
        }
        for run in runs
    ]


def to_csv(runs: Iterable[Pinned]) -> str:
    """:func:`table` as CSV; a name that a spreadsheet would calculate is made plain text."""
    rows = table(runs)
    file = io.StringIO()
    if rows:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _plain(value) for key, value in row.items()} for row in rows)
    return file.getvalue()


def _plain(value: object) -> object:
    dangerous = isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}
    return f"'{value}" if dangerous else value


@dataclass(frozen=True)
class Sweep:
    """The losses of one start's final lines under many rates; ``text`` is its :func:`base`,
    ``plain`` whether the curvature's limit holds for it."""

    text: str
    rates: list[float]
    losses: list[float]
    seconds: float
    plain: bool = True


def rates(limit: float, low: float, high: float, count: int = 31) -> list[float]:
    """``count`` learning rates, evenly spaced in their logarithm, around ``limit``.

    They run from a thousandth of it to four times it, kept between ``low`` and ``high``.
    """
    first, last = max(limit / 1000, low), min(limit * 4, high)
    if first >= last:
        first, last = low, high
    step = math.log(last / first) / (count - 1)
    return [min(max(first * math.exp(step * n), low), high) for n in range(count)]


def base(lesson: Lesson) -> str:
    """What lessons have in common that differ in their learning rates alone."""
    return replace(lesson, schedule=()).set(learning_rate=1.0).text


def sweep(
    lesson: Lesson, learning_rates: Sequence[float], told: Callable[[int], object] = bool
) -> Sweep:
    """Train ``lesson`` anew under each learning rate, without its changes in mid-run.

    ``told`` hears before each run how many there were.
    """
    lesson = replace(lesson, schedule=())
    began = time.perf_counter()
    losses: list[float] = []
    for rate in learning_rates:
        told(len(losses))
        # Only the last line is needed, which spares the reading of five numbers an epoch.
        text = lesson.set(learning_rate=rate).text
        run = Run(text, record=("w",), name=lesson.name, files=lesson.files)
        run.finish()
        losses.append(final_loss(run) if run.epochs else math.nan)
    seconds = time.perf_counter() - began
    return Sweep(base(lesson), list(learning_rates), losses, seconds, plain(lesson))
