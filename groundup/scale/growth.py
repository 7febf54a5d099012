"""What a timing means: how time grows with width, and what a step of a whole model would take."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch

from groundup.scale import architecture
from groundup.scale.catalogue import published
from groundup.scale.measure import TOKENS, WIDTHS, Point
from groundup.scale.memory import training_bytes


def by_tokens(of: Sequence[Point]) -> dict[int, list[Point]]:
    """The points of each number of tokens."""
    return {tokens: [point for point in of if point.tokens == tokens] for tokens in TOKENS}


# Time against width


@dataclass(frozen=True)
class Fit:
    """A fitted line: seconds at widths; ``reach`` is the widest width that was measured."""

    widths: Sequence[int]
    seconds: Sequence[float]
    slope: float
    reach: int


def fits(groups: Mapping[int, Sequence[Point]]) -> dict[int, Fit]:
    """The line through the larger half of each group that has enough points, to the widest."""
    fitted = {tokens: _fit(large(points)) for tokens, points in groups.items()}
    return {tokens: fit for tokens, fit in fitted.items() if fit}


def _fit(points: Sequence[Point]) -> Fit | None:
    if len(points) < 2:
        return None
    widths = [width for width in WIDTHS if width >= points[0].width]
    return Fit(widths, line(points, widths), slope(points), points[-1].width)


def slope(of: Sequence[Point]) -> float:
    """The exponent with which time grows with width: the slope of a line fitted in log-log.

    NaN for fewer than two points.
    """
    if len(of) < 2:
        return math.nan
    logs = torch.tensor([[math.log(p.width), math.log(p.seconds)] for p in of], dtype=torch.float64)
    x, y = (logs - logs.mean(0)).unbind(1)
    return float((x @ y) / (x @ x))


def large(of: Sequence[Point]) -> list[Point]:
    """The upper half of the points: small ones measure the overhead of calling torch."""
    return list(of)[len(of) // 2 :] if len(of) > 3 else list(of)


def line(of: Sequence[Point], widths: Sequence[int]) -> list[float]:
    """Seconds at ``widths`` by the fitted line."""
    rate = slope(of)
    sizes = [(p.width, p.seconds) for p in of]
    centre = [sum(math.log(v) for v in vs) / len(of) for vs in zip(*sizes, strict=True)]
    return [math.exp(centre[1] + rate * (math.log(w) - centre[0])) for w in widths]


# One token or many, and a whole model


@dataclass(frozen=True)
class Meaning:
    """What the measured points say about this machine.

    Attributes:
        width: the widest that was measured with many tokens.
        ratio: how many times as long the many tokens took there as one.
        read: bytes of weights that a single token reads there.
        bytes_per_second: how fast it read them.
        rate: the most FLOPs a second that were reached.
    """

    width: int
    ratio: float
    read: int
    bytes_per_second: float
    rate: float


def meaning(groups: Mapping[int, Sequence[Point]]) -> Meaning | None:
    """What the points come to; None before there is one of each number of tokens."""
    fewest, many = groups[min(TOKENS)], groups[max(TOKENS)]
    if not fewest or not many:
        return None
    alone = fewest[len(many) - 1]
    return Meaning(
        width=many[-1].width,
        ratio=many[-1].seconds / alone.seconds,
        read=alone.bytes_read,
        bytes_per_second=alone.bytes_per_second,
        rate=max(point.flops_per_second for point in many),
    )


@dataclass(frozen=True)
class GrowthStep:
    """One training step of a published model: FLOPs of a token forward and of it all, and costs."""

    forward: float
    flops: float
    seconds: float
    bytes: int


def training_step(model: str, tokens: int, rate: float) -> GrowthStep:
    """A step on one text of ``tokens`` at ``rate`` FLOPs a second, if there were the memory."""
    a = published(model).architecture
    return GrowthStep(
        forward=sum(architecture.forward_flops(a, tokens).values()),
        flops=architecture.step_flops(a, tokens, tokens),
        seconds=step_seconds(a, tokens, tokens, rate),
        bytes=sum(training_bytes(a, 1, tokens, "float32").values()),
    )


def step_seconds(a: architecture.Architecture, tokens: int, context: int, rate: float) -> float:
    """Seconds of one training step of ``a`` at ``rate`` FLOPs a second, if it had the memory."""
    return architecture.step_flops(a, tokens, context) / rate
