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
    losses = setting.moments(broken).loss
    happened = broken_loop.happened(broken, healthy, losses)
    return _SENTENCES[happened].format(
        epochs=broken.epochs,
        first=number(losses[0]),
        last=number(losses[-1]),
        w=number(broken.columns["w"][-1]),
        b=number(broken.columns["b"][-1]),
        good=number(setting.moments(healthy).loss[-1]),
        good_w=number(healthy.columns["w"][-1]),
        good_b=number(healthy.columns["b"][-1]),
    )


_SENTENCES = {
    broken_loop.SAME: (
        "Nothing changed: all {epochs} losses equal the healthy ones, to the last bit."
    ),
    broken_loop.NOTHING: (
        "Nothing was raised, and nothing was learned: after {epochs} epochs w is still {w} and b "
        "still {b}. The loss stayed at {last}; the healthy run came to {good}."
    ),
    broken_loop.CLIMBS: (
        "Nothing was raised, but the loss went from {first} up to {last}; the healthy run came to "
        "{good}."
    ),
    broken_loop.ANOTHER_LINE: (
        "Nothing was raised, and it settled, on another line: w = {w}, b = {b}, loss {last}. The "
        "healthy run: w = {good_w}, b = {good_b}, loss {good}."
    ),
    broken_loop.ARRIVES: (
        "Nothing was raised, and it came to the healthy run's line by another path: w = {w}, "
        "b = {b}, loss {last}; healthy: {good_w}, {good_b}, loss {good}."
    ),
    broken_loop.ANOTHER_PATH: (
        "Nothing was raised. After {epochs} epochs: w = {w}, b = {b}, loss {last}. The healthy "
        "run: w = {good_w}, b = {good_b}, loss {good}."
    ),
}


def same_as_momentum(broken: Run, twin: Run) -> str:
    """How far the losses of two runs lie apart; the dotted curve is the second."""
    pairs = zip(broken.columns["loss"], twin.columns["loss"], strict=True)
    apart = max((abs(a - b) for a, b in pairs if math.isfinite(a + b)), default=0.0)
    return (
        "The dots are gradient descent with a momentum of 1.0, zeroed as it should be. The largest "
        f"difference between the two losses in {broken.epochs} epochs: **{number(apart)}**."
    )


def mean_of_targets(y: Sequence[float]) -> str:
    """What a line learns whose every guess is compared with every target."""
    mean, spread = number(statistics.fmean(y)), number(statistics.pvariance(y))
    return f"The mean of y is **{mean}** and its variance {spread}: there b and the loss go."
