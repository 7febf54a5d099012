"""From which batch on more workers are quicker: measured here, and carried on by a line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch

from groundup.engine import lesson
from groundup.engine.snapshot import number
from groundup.engine.words import bytes_in_words, time_in_words
from groundup.scale.many.batch import WORKERS
from groundup.scale.many.seen import Seen
from groundup.workers import Job

FURTHEST = 2**20
"""A batch beyond it is not named: a line through few points says nothing there."""


def job(workers: int) -> Job:
    """The timing on so many workers."""
    text = lesson.load("time_workers").text
    return Job(text, workers, each_step=("row",), seconds=90.0, silence=9.0)


def jobs() -> Iterator[tuple[str, Job]]:
    """The runs that are recorded."""
    for workers in WORKERS:
        yield f"times_{workers}", job(workers)


@dataclass(frozen=True)
class Timed:
    """One point: seconds of a step's parts, for a block ``width`` wide and a whole ``batch``.

    ``alone`` is one worker's computing of all of it, ``share`` the slowest worker's of its share,
    all at once, and ``send`` the all-reduce of the gradients, which are so many ``bytes``.
    """

    width: int
    batch: int
    bytes: int
    alone: float
    share: float
    send: float

    @property
    def gain(self) -> float:
        """How many times as quick the workers are together: above 1 they win."""
        return self.alone / (self.share + self.send)

    @property
    def hidden(self) -> float:
        """:attr:`gain`, if the workers computed and sent at once, the shorter behind the longer."""
        return self.alone / max(self.share, self.send)


def timed(seen: Seen) -> dict[int, list[Timed]]:
    """The points of each width, by growing batch."""
    points = [Timed(**row["row"]) for row in seen.steps(0)]
    return {width: [p for p in points if p.width == width] for width in {p.width for p in points}}


@dataclass(frozen=True)
class Line:
    """Seconds for a batch: ``start + each · batch``."""

    start: float
    each: float

    def at(self, batch: float) -> float:
        """Seconds for ``batch``."""
        return self.start + self.each * batch


def line(batches: Sequence[float], seconds: Sequence[float]) -> Line:
    """The line with the least squared *relative* distances: small batches count like large ones."""
    x = torch.tensor(batches, dtype=torch.float64)
    y = torch.tensor(seconds, dtype=torch.float64)
    design = torch.stack([1 / y, x / y], dim=1)
    start, each = torch.linalg.lstsq(design, torch.ones(len(x), 1, dtype=torch.float64)).solution
    return Line(float(start), float(each))


@dataclass(frozen=True)
class BreakEven:
    """For one width: the batch at which both take equally long.

    Attributes:
        batch: NaN where none is in sight.
        measured: whether it lies between two points that were measured.
        gains: batches and how many times as quick the fitted lines say the workers are there.
    """

    batch: float
    measured: bool
    gains: Sequence[tuple[float, float]]


def break_even(points: Sequence[Timed]) -> BreakEven:
    """Where ``points`` of one width cross, or where the lines through them do."""
    batches = [float(p.batch) for p in points]
    alone, share = (
        line(batches, [getattr(p, kind) for p in points]) for kind in ("alone", "share")
    )
    send = sorted(p.send for p in points)[len(points) // 2]
    beyond = [batches[-1] * 2**n for n in range(4)]
    gains = [(b, alone.at(b) / (share.at(b) + send)) for b in beyond]
    if (crossing := _between(points)) is not None:
        return BreakEven(crossing, True, gains)
    return BreakEven(_where(alone, share, send), False, gains)


def _between(points: Sequence[Timed]) -> float | None:
    """The batch between the last two measured ones of which one loses and the next wins."""
    for low, high in reversed(list(pairwise(points))):
        if low.gain < 1 <= high.gain:
            part = -math.log(low.gain) / (math.log(high.gain) - math.log(low.gain))
            return float(low.batch * (high.batch / low.batch) ** part)
    return None


def _where(alone: Line, share: Line, send: float) -> float:
    if alone.each <= share.each:
        return math.nan
    batch = (share.start + send - alone.start) / (alone.each - share.each)
    return batch if 1 <= batch <= FURTHEST else math.nan


# In words


def said(groups: Mapping[int, Sequence[Timed]], workers: int, cores: int) -> list[str]:
    """What the points say: the break-even of each width, and how both sides grow."""
    crowded = (
        f"{workers} workers share {cores} cores here, so they are at most {cores} times as quick."
    )
    return [
        *([crowded] if workers > cores else []),
        *(_of_width(width, points, workers) for width, points in sorted(groups.items())),
        _growth(groups),
        _overlapped(groups),
    ]


def _of_width(width: int, points: Sequence[Timed], workers: int) -> str:
    found, best = break_even(points), max(points, key=lambda p: p.gain)
    name = f"**{width} wide** ({bytes_in_words(points[0].bytes)} a step)"
    if all(p.gain >= 1 for p in points):
        return f"{name}: {workers} workers were quicker with every batch that was measured."
    if math.isnan(found.batch):
        return (
            f"{name}: no break-even in sight. At best, with a batch of {best.batch}, {workers} "
            f"workers were {number(best.gain, 2)} times as quick as one."
        )
    how = "measured" if found.measured else "extrapolated, not measured"
    return f"{name}: {workers} workers are quicker from a batch of about {found.batch:.0f} ({how})."


def _growth(groups: Mapping[int, Sequence[Timed]]) -> str:
    narrow, wide = (groups[width][-1] for width in (min(groups), max(groups)))
    return (
        f"From {narrow.width} to {wide.width} wide, with a batch of {wide.batch}, computing grew "
        f"{number(wide.alone / narrow.alone, 2)} times and sending {wide.bytes / narrow.bytes:.0f} "
        "times in bytes: both grow with the weights. The batch makes computing dearer, and "
        "sending not."
    )


def _overlapped(groups: Mapping[int, Sequence[Timed]]) -> str:
    """How much better it can be where the sending does not wait for all of the computing."""
    point = groups[max(groups)][-1]
    return (
        "DistributedDataParallel waits less: of a model beyond 1 MiB it sends the last layers' "
        "gradients while `backward()` is at the first. At best the shorter time hides behind the "
        "longer: "
        f"{point.width} wide, with a batch of {point.batch}, {number(point.hidden, 3)} times as "
        f"quick and not {number(point.gain, 3)}."
    )


def row(point: Timed) -> dict[str, str]:
    """One point as the table shows it."""
    times: dict[str, Any] = {"one worker": point.alone, "its share": point.share}
    return {
        "width": f"{point.width}",
        "batch": f"{point.batch}",
        "sent": bytes_in_words(point.bytes),
        **{name: time_in_words(seconds) for name, seconds in times.items()},
        "sending": time_in_words(point.send),
        "times as quick": number(point.gain, 3),
    }
