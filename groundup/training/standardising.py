"""When the scale of the learner's points demands that they be standardised, and what came of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import fmean

from groundup.engine.lesson import Lesson
from groundup.engine.snapshot import number
from groundup.training.own_data import Points, taken
from groundup.training.surface import LossSurface

MOST_EPOCHS = 2_000
"""As many as a run may have."""

LEFT = 1e-6
"""The share of the way that may be left."""


def why(points: Points, lesson: Lesson) -> str:
    """Why no setting of ``lesson`` finds the line of these numbers; empty if some setting does.

    It is said of the one way whose longest stable step is known beforehand.
    """
    x, y = taken(points)
    if len(set(x)) == 1:
        return (
            "These x differ by less than a float32 can hold: in one, all of them are "
            f"{number(x[0])}."
        )
    surface, lowest = LossSurface.of(x, y), lesson.parameters["learning_rate"].low or 0.0
    if surface.largest_stable_step < lowest:
        return (
            "The numbers in x are large. Plain gradient descent on all points diverges with "
            f"every learning rate above {number(surface.largest_stable_step)} (2/λmax), and "
            f"{number(lowest)} is the smallest allowed here."
        )
    rate, epochs = settings(points)
    if epochs > MOST_EPOCHS:
        many = f"{epochs:,}" if epochs < 1e9 else number(epochs)
        return (
            f"With these x the loss is curved {number(_condition(x))} times as much one way as "
            f"the other. With a learning rate of {number(rate)} (1/λmax), plain gradient descent "
            f"on all points needs {many} epochs until a millionth of the way is left, and "
            f"{MOST_EPOCHS:,} is the most."
        )
    return ""


def settings(points: Points) -> tuple[float, int]:
    """A learning rate and epochs with which gradient descent ends on the line, as exact as it gets.

    1/λmax, rounded down: no step overshoots. After n epochs (1 − ηλmin)ⁿ of the way is left.
    """
    x, y = taken(points)
    steepest = LossSurface.of(x, y).eigenvalues[1]
    digits = 1 - math.ceil(math.log10(1 / steepest))
    rate = min(math.floor(10.0**digits * 10 / steepest) / 10.0 ** (digits + 1), 10.0)
    progress = rate * steepest / _condition(x)
    return rate, max(10, math.ceil(math.log(LEFT) / math.log1p(-progress))) if progress < 1 else 10


def _condition(x: Sequence[float]) -> float:
    """λmax/λmin of the loss, from the eigenvalues' sum 2(mean x² + 1) and product 4 var x.

    Here no digits are lost where the smaller one is next to nothing.
    """
    middle, half = fmean(x), fmean(value * value for value in x) + 1
    spread = fmean((value - middle) ** 2 for value in x)
    steepest = half + math.sqrt(max(half * half - 4 * spread, 0.0))
    return steepest * steepest / (4 * spread)


def advice(points: Points) -> str:
    """The settings with which gradient descent finds the line of these numbers, in a sentence."""
    rate, epochs = settings(points)
    return (
        "Plain gradient descent on all points finds the line of these numbers with a learning rate "
        f"of {rate:g} in {epochs:,} epochs."
    )


def least_squares(points: Points) -> tuple[float, float]:
    """Slope and bias of the best line, from sums in float64 around the means."""
    middle_x, middle_y = fmean(points.x), fmean(points.y)
    # In their own size, or the squares of tiny differences would be zero.
    size = max(abs(x - middle_x) for x in points.x)
    pairs = [((x - middle_x) / size, y - middle_y) for x, y in zip(points.x, points.y, strict=True)]
    slope = math.fsum(x * y for x, y in pairs) / math.fsum(x * x for x, _ in pairs) / size
    return slope, middle_y - slope * middle_x


def told_back(points: Points, variables: Mapping[str, object]) -> str:
    """The line that a finished run found, in the data's own units, beside least squares.

    Empty where the run has not told it back: it is not finished, or nothing was standardised.
    """
    slope, intercept = variables.get("slope"), variables.get("intercept")
    if not isinstance(slope, float) or not isinstance(intercept, float):
        return ""
    best = least_squares(points)
    across, up = points.names
    return (
        f"In the data's own units ({up} against {across}) the run ended at w = "
        f"**{number(slope)}**, b = **{number(intercept)}**; least squares gives w = "
        f"{number(best[0])}, b = {number(best[1])}."
    )
