"""What a mistake did, told from the numbers of the broken run and the runs beside it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from groundup.engine.observe import Run
from groundup.engine.snapshot import number
from groundup.training import broken_loop
from groundup.training.session import Setting


def outcome(broken: Run, healthy: Run, setting: Setting) -> str:
    """One or two sentences on a broken run that raised nothing; both are finished.

    Each loss is that of the line beside it, over all points.
    """
    at = setting.moments(broken)
    return _SENTENCES[broken_loop.happened(broken, healthy, at)].format(
        epochs=_epochs(broken.epochs),
        first=number(at.loss[0]),
        last=number(at.loss[-1]),
        w=number(broken.columns["w"][-1]),
        b=number(broken.columns["b"][-1]),
        good=number(setting.moments(healthy).loss[-1]),
        good_w=number(healthy.columns["w"][-1]),
        good_b=number(healthy.columns["b"][-1]),
    )


_SENTENCES = {
    broken_loop.SAME: (
        "It made no difference: in {epochs}, w and b equal the healthy ones exactly."
    ),
    broken_loop.NOTHING: (
        "No error was raised, and nothing was learned: after {epochs} w is still {w} and b still "
        "{b}. The loss stayed at {last}; the healthy run came to {good}."
    ),
    broken_loop.CLIMBS: (
        "No error was raised, but the loss went from {first} to {last}; the healthy run came to "
        "{good}."
    ),
    broken_loop.ANOTHER_LINE: (
        "No error was raised, and for half of the run it stayed on another line: w = {w}, b = {b}, "
        "loss {last}. The healthy run: w = {good_w}, b = {good_b}, loss {good}."
    ),
    broken_loop.ARRIVES: (
        "No error was raised, and it came to the healthy run's line by another path: w = {w}, "
        "b = {b}, loss {last}; healthy: {good_w}, {good_b}, loss {good}."
    ),
    broken_loop.ANOTHER_PATH: (
        "No error was raised. After {epochs}: w = {w}, b = {b}, loss {last}. The healthy "
        "run: w = {good_w}, b = {good_b}, loss {good}."
    ),
}


def _epochs(count: int) -> str:
    return f"{count} epoch{'s' * (count != 1)}"


def same_as_momentum(broken: Run, twin: Run) -> str:
    """How far the losses of two runs lie apart; the dotted curve is the second."""
    pairs = zip(broken.columns["loss"], twin.columns["loss"], strict=True)
    apart = max((abs(a - b) for a, b in pairs if math.isfinite(a + b)), default=0.0)
    return (
        "The dots are gradient descent with a momentum of 1.0, zeroed as it should be. The largest "
        f"difference between the two losses in {_epochs(broken.epochs)}: **{number(apart)}**."
    )


def mean_of_targets(y: Sequence[float]) -> str:
    """Bias and loss of the best line that ignores x."""
    mean, spread = number(statistics.fmean(y)), number(statistics.pvariance(y))
    return (
        f"The best line that ignores x has the mean of y for its b, **{mean}**, and the variance "
        f"of y for its loss, {spread}."
    )
