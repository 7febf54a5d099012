"""How far two runs of the same training went apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run

_DIGITS, _LEAST = 24, -149
"""A float32 has 24 binary digits, and 2⁻¹⁴⁹ is the smallest above 0 (IEEE 754, binary32)."""


@dataclass(frozen=True)
class Gap:
    """The largest difference between two columns, and the epoch where it stood.

    ``size`` is the largest absolute value in either column: measured against a value that just
    passes through zero, any difference would look enormous.
    """

    largest: float
    epoch: int
    size: float

    @property
    def ulps(self) -> float:
        """The difference in distances from ``size`` to the next larger float32."""
        if not self.largest:
            return 0.0
        return self.largest / 2.0 ** max(math.frexp(self.size)[1] - _DIGITS, _LEAST)


def gap(left: Sequence[float], other: Sequence[float]) -> Gap:
    """The largest difference, taken over the epochs where both numbers are finite.

    Raises:
        ValueError: if one run is longer than the other.
    """
    rows = [
        (abs(a - b), epoch, max(abs(a), abs(b)))
        for epoch, (a, b) in enumerate(zip(left, other, strict=True))
        if math.isfinite(a) and math.isfinite(b)
    ]
    if not rows:
        return Gap(0.0, 0, 0.0)
    # The first of equals, so that no difference at all stands at epoch 0.
    largest, epoch, _ = max(rows, key=lambda row: (row[0], -row[1]))
    return Gap(largest, epoch, max(size for _, _, size in rows))


NAMES = ("loss", "w", "b")

SEEN = 400
"""A curve is drawn in fewer pixels than this: less than such a part of its range is not seen."""


@dataclass(frozen=True)
class LoopComparison:
    """Two runs of one training: by hand, and with torch's own tools.

    ``columns`` holds both runs' recorded numbers, ``gaps`` the largest difference of each of
    :data:`NAMES`, ``overflows`` for each run the first epoch at which one of them was not finite,
    None where all are.
    """

    columns: tuple[dict[str, list[float]], dict[str, list[float]]]
    x: list[float]
    y: list[float]
    start: tuple[float, float]
    gaps: dict[str, Gap]
    overflows: tuple[int | None, int | None]

    @property
    def apart(self) -> tuple[str, ...]:
        """Which of :data:`NAMES` differ by so much of what they pass through that it can be seen.

        >>> gaps = dict.fromkeys(NAMES, Gap(0.1, 0, 5.0))
        >>> columns = {"loss": [0.0, 5.0], "w": [0.0, 50.0], "b": [1.0, 1.0]}
        >>> LoopComparison((columns, columns), [], [], (0.0, 0.0), gaps, (None, None)).apart
        ('loss', 'b')
        """
        return tuple(n for n in NAMES if self.gaps[n].largest * SEEN > self._passed(n))

    def _passed(self, name: str) -> float:
        finite = [value for value in self.columns[0][name] if math.isfinite(value)]
        return max(finite) - min(finite) if finite else 0.0


def race(by_hand: Lesson, by_module: Lesson) -> LoopComparison:
    """Run both to their end and compare them.

    Raises:
        ValueError: if one of them fails, with torch's own message.
    """
    runs = [Run(side.text, name=side.name).finish() for side in (by_hand, by_module)]
    for run in runs:
        if run.failure:
            raise ValueError(f"{run.failure.kind}: {run.failure.message}")
    first, second = ({name: list(column) for name, column in run.columns.items()} for run in runs)
    variables = runs[0].variables
    settings = by_hand.settings
    return LoopComparison(
        (first, second),
        variables["X"].flatten().tolist(),
        variables["y_true"].flatten().tolist(),
        (float(settings["start_w"]), float(settings["start_b"])),
        {name: gap(first[name], second[name]) for name in NAMES},
        (_overflow(first), _overflow(second)),
    )


def _overflow(columns: dict[str, list[float]]) -> int | None:
    rows = zip(*(columns[name] for name in NAMES), strict=True)
    return next((e for e, row in enumerate(rows) if not all(map(math.isfinite, row))), None)
