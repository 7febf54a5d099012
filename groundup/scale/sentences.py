"""What the page says of its measurements, each sentence from the numbers that it is about."""

from __future__ import annotations

from groundup.engine.snapshot import number
from groundup.engine.words import bytes_in_words
from groundup.scale.ffn_training import NeuronAnswers
from groundup.scale.growth import Meaning
from groundup.scale.measure import TOKENS

CACHE_BYTES = 64 * 2**20
"""A matrix larger than this fits into the caches of few processors."""

ROUNDINGS = 50
"""Sums in another order differ by some roundings; by more than so many is another function."""


def one_or_many(found: Meaning) -> str:
    """How long many tokens take against one, and what a single token can be waiting for."""
    many = max(TOKENS)
    fewer = f", not {many} times" if found.ratio < many / 2 else ""
    said = (
        f"At width {found.width:,}, {many} tokens take {found.ratio:.3g} times as long as "
        f"one{fewer}. A token alone reads {bytes_in_words(found.read)} of weights to use each once "
        f"({found.bytes_per_second / 1e9:.3g} GB/s in the forward pass); {many} tokens use each "
        f"{many} times. "
    )
    if found.read < CACHE_BYTES:
        return said + (
            "Weights as small as these may stay in the processor's cache, so this says little of "
            "its memory: measure wider blocks."
        )
    return said + (
        "Weights as large as these may not fit into the processor's cache: then they come from "
        "memory each time, and one token waits."
    )


def clock(*, alone: bool) -> str:
    """Whose time was measured: that of the core at work ``alone``, or the time on the wall."""
    if alone:
        return (
            "Each time is the shortest of several tries. It counts only the core's work on this, "
            "not what it does for other programs meanwhile."
        )
    return (
        "Each time is the shortest of several tries by the clock. It includes what other "
        "programs took in all of them."
    )


def collapse(difference: float, rounding: float, bend: str) -> str:
    """Whether one layer says the same as two with ``bend`` between them."""
    said = f"The largest difference is **{number(difference)}**; rounding at this size is "
    said += f"{number(rounding)}. "
    if bend == "nothing" and difference <= ROUNDINGS * rounding:
        return said + (
            "So the difference *is* rounding: the dots lie on the line. Two layers with nothing "
            "in between are one layer, with more parameters. However many you stack, you get a "
            "straight line."
        )
    if difference <= ROUNDINGS * rounding:
        return said + f"So here {bend} bent nothing that could be seen."
    return said + f"That is no rounding: {bend} is no straight line, and no single matrix bends."


def neurons(view: NeuronAnswers, row: int) -> str:
    """What the block says of one input, and what its quiet neurons, the others and biases add."""
    quiet = view.neurons[row].abs() < view.limit
    small, large = (view.added[row][which].sum().item() for which in (quiet, ~quiet))
    return (
        f"At x = {number(view.x[row])} the block answers ŷ = **{number(view.y_hat[row])}**. "
        f"**{view.near_zero[row]} of its {view.width} neurons** are near zero: within 1 % of the "
        f"largest answer anywhere. Together they add {number(small)} to ŷ, the other "
        f"{view.width - view.near_zero[row]} add {number(large)}, and the biases "
        f"{number(view.biases)}. What a neuron adds is its answer times the weights behind it."
    )


def trained(epochs: int, last: float, line: float, *, toy: bool) -> str:
    """What a training came to: its last loss beside that of the best straight line."""
    said = f"The loss of epoch {epochs:,} is {number(last)}. "
    said += f"The best straight line reaches {number(line)}: "
    if toy:
        return said + "the toy is a straight line, and can do no better however long it trains."
    if last < line / 4:
        left = f"{100 * last / line:.2g} %"
        return said + f"bent neurons, added up, follow the wave, and leave {left} of that."
    if last < line:
        return said + "the block is better than a line, and does not follow the wave closely."
    return (
        said
        + "the block is no better than that. Try another optimizer, more epochs or another rate."
    )


def diverged(*, toy: bool) -> str:
    """What to do about a loss that grew past every bound."""
    wide = "" if toy else " for a block this wide"
    return f"Diverged: these steps are too long{wide}. Lower the learning rate."
