"""What a learning rate will do to plain gradient descent, told beforehand from the curvature.

On a quadratic loss each eigenvector of the Hessian is a *mode* of its own: at every epoch its
distance to the optimum is multiplied by 1 − ηλ (Goh, *Why Momentum Really Works*, Distill, 2017).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch

from groundup.training.surface import LossSurface, Point

ARRIVED = 0.01
"""The share of the way that may be left when a run counts as arrived."""

MIN_SWINGS = 3
"""A run that crosses the optimum so often along its steepest mode oscillates."""

CRAWLS, CONVERGES, OSCILLATES, DIVERGES = "crawls", "converges", "oscillates", "diverges"
OUTCOMES = (CRAWLS, CONVERGES, OSCILLATES, DIVERGES)


class Zone(NamedTuple):
    """The learning rates from ``low`` to ``high``, with which gradient descent does ``outcome``."""

    outcome: str
    low: float
    high: float


@dataclass(frozen=True)
class Ruler:
    """The learning rates at which gradient descent changes its behaviour.

    ``slowest`` and ``steepest`` are λmin and λmax. λmin may be 0 (all x equal): then nothing is
    to be learned along its mode, and it holds nothing up.
    """

    slowest: float
    steepest: float
    epochs: int

    @classmethod
    def of(cls, surface: LossSurface, epochs: int) -> Ruler:
        """The ruler for a loss and a number of epochs."""
        low, high = surface.eigenvalues
        return cls(low if low > 1e-9 * high else 0.0, high, epochs)

    @property
    def condition(self) -> float:
        """λmax/λmin: how much longer the valley is than wide, squared."""
        return self.steepest / self.slowest if self.slowest else math.inf

    @property
    def limit(self) -> float:
        """2/λmax: beyond it every step overshoots by more than it gains."""
        return 2 / self.steepest

    @property
    def turning(self) -> float:
        """1/λmax: beyond it the steepest mode changes sides at every epoch."""
        return 1 / self.steepest

    @property
    def crawl(self) -> float:
        """Below it, after all epochs, more than 1 % of the slowest mode's way is left.

        It solves (1 − ηλ)^epochs = 0.01 for η.
        """
        mode = self.slowest or self.steepest
        return (1 - math.pow(ARRIVED, 1 / self.epochs)) / mode

    @property
    def late(self) -> bool:
        """Whether the slowest mode cannot arrive with any rate that does not oscillate."""
        return self.crawl >= self.turning

    def zones(self, low: float, high: float) -> list[Zone]:
        """The zones between the learning rates ``low`` and ``high``, in ascending order."""
        slow_end = min(self.crawl, self.turning)
        edges = [0.0, slow_end, self.turning, self.limit, math.inf]
        zones = zip(OUTCOMES, edges, edges[1:], strict=False)
        clipped = [Zone(name, max(a, low), min(b, high)) for name, a, b in zones]
        return [zone for zone in clipped if zone.low < zone.high]

    def outcome(self, rate: float) -> str:
        """What gradient descent does with ``rate``, said before it runs."""
        if rate > self.limit:
            return DIVERGES
        if rate > self.turning:
            return OSCILLATES
        return CRAWLS if rate < self.crawl else CONVERGES


class Seen(NamedTuple):
    """What a run did, read off its numbers: ``crossings`` counts the times its steepest mode
    changed sides, ``left`` is the share of the way to the optimum that is left."""

    outcome: str
    crossings: int
    left: float
    first_loss: float
    last_loss: float


def seen(
    surface: LossSurface,
    start: Point,
    w: Sequence[float],
    b: Sequence[float],
    loss: Sequence[float],
) -> Seen:
    """Name what a run did. ``w`` and ``b`` hold one number for each epoch, at least one; ``loss``
    that of each of these lines, or of the start too.

    It diverged if it ended farther from the optimum than it began, or left the numbers behind; it
    oscillated if its steepest mode crossed the optimum :data:`MIN_SWINGS` times or more.
    """
    path = torch.tensor([start, *zip(w, b, strict=True)], dtype=torch.float64)
    away = path - torch.tensor(surface.optimum, dtype=torch.float64)
    hessian = torch.tensor(surface.hessian, dtype=torch.float64)
    _, vectors = torch.linalg.eigh(hessian)
    modes = away @ vectors
    weights = torch.diagonal(vectors.T @ hessian @ vectors).clamp(min=0).sqrt()
    heights = (modes * weights).norm(dim=1)
    # Measured in the loss's own metric, a valley floor that is flat counts for nothing.
    left = (heights[-1] / heights[0]).item() if heights[0] > 0 else 0.0
    crossings = _crossings(modes[:, 1], 1e-4 * away[0].abs().max().item())
    numbers = (crossings, left, loss[0], loss[-1])
    if not math.isfinite(left) or not math.isfinite(loss[-1]) or left > 1:
        return Seen(DIVERGES, *numbers)
    if crossings >= MIN_SWINGS:
        return Seen(OSCILLATES, *numbers)
    return Seen(CONVERGES if _slow_left(modes, weights) <= ARRIVED else CRAWLS, *numbers)


def _crossings(mode: torch.Tensor, noise: float) -> int:
    """How often ``mode`` changes its sign, while it is larger than the rounding of float32."""
    signs = torch.sign(mode[mode.abs() > noise])
    return int((signs[1:] * signs[:-1] < 0).sum())


def _slow_left(modes: torch.Tensor, weights: torch.Tensor) -> float:
    """The largest share that any mode still has to go; a mode that hardly had any is left out."""
    began, ended = modes[0].abs() * weights, modes[-1].abs() * weights
    counts = began > 1e-3 * began.max()
    return (ended[counts] / began[counts]).max().item() if counts.any() else 0.0
