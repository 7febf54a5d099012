"""The loss of a straight line, seen as a surface over its two parameters.

For ŷ = w·x + b and the mean squared error, loss(w, b) is a quadratic: all there is to know of it
is its lowest point and its (constant) Hessian. Closed forms: Boyd and Vandenberghe, *Convex
Optimization* (2004), 1.2.1 and 9.1.1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch

Point = tuple[float, float]
Number = TypeVar("Number", float, torch.Tensor)
"""One number, or many at once: tensors broadcast."""


@dataclass(frozen=True)
class PlaneView:
    """The part of the (w, b) plane that is drawn."""

    low_w: float
    high_w: float
    low_b: float
    high_b: float

    def corners(self) -> list[Point]:
        """The four corners as (w, b), the lowest w first."""
        return [(w, b) for w in (self.low_w, self.high_w) for b in (self.low_b, self.high_b)]


@dataclass(frozen=True)
class Ellipse:
    """The points (w, b) = centre + u·cos t + v·sin t, on which the loss is ``level``."""

    level: float
    centre: Point
    u: Point
    v: Point


@dataclass(frozen=True)
class LossSurface:
    """loss(w, b) = floor + ½ (p − optimum)ᵀ Hessian (p − optimum), with p = (w, b)."""

    optimum: Point
    floor: float
    hessian: tuple[Point, Point]

    @classmethod
    def of(cls, x: Sequence[float], y: Sequence[float]) -> LossSurface:
        """The surface for the points (x, y), computed in float64.

        Where all x are equal, many lines are best; the one of least norm is taken.
        """
        design = torch.tensor([x, [1.0] * len(x)], dtype=torch.float64).T
        target = torch.tensor(y, dtype=torch.float64)
        best = torch.linalg.lstsq(design, target, driver="gelsd").solution
        (ww, wb), (bw, bb) = (2 / len(x) * design.T @ design).tolist()
        w, b = best.tolist()
        floor = torch.mean((design @ best - target) ** 2).item()
        return cls((w, b), floor, ((ww, wb), (bw, bb)))

    def loss(self, w: Number, b: Number) -> Number:
        """The mean squared error of the line with slope ``w`` and bias ``b``."""
        (ww, wb), (_, bb) = self.hessian
        dw, db = w - self.optimum[0], b - self.optimum[1]
        return self.floor + 0.5 * (ww * dw * dw + 2 * wb * dw * db + bb * db * db)

    @property
    def eigenvalues(self) -> Point:
        """The Hessian's eigenvalues, the smaller first."""
        low, high = torch.linalg.eigvalsh(torch.tensor(self.hessian, dtype=torch.float64)).tolist()
        return low, high

    @property
    def largest_stable_step(self) -> float:
        """2/λmax: plain gradient descent with a larger learning rate diverges."""
        return 2 / self.eigenvalues[1]

    def view(self, path: Sequence[Point], reach: float = 1.6) -> PlaneView:
        """What to draw so that the optimum and ``path`` (its first point is the start) are seen.

        A path that runs away is followed to ``reach`` times the way from start to optimum.
        """
        (w, b), (start_w, start_b) = self.optimum, path[0]
        half = max(abs(start_w - w), abs(start_b - b), 0.25) * reach
        seen = [(w, b), path[0]]
        seen += [p for p in path if abs(p[0] - w) <= half and abs(p[1] - b) <= half]
        ws, bs = [p[0] for p in seen], [p[1] for p in seen]
        side = max(max(ws) - min(ws), max(bs) - min(bs), 0.5) * 0.62
        mid_w, mid_b = (max(ws) + min(ws)) / 2, (max(bs) + min(bs)) / 2
        return PlaneView(mid_w - side, mid_w + side, mid_b - side, mid_b + side)

    def contours(self, view: PlaneView, rings: int = 12) -> list[Ellipse]:
        """Ellipses of equal loss, evenly spaced from the optimum to the view's farthest corner."""
        values, vectors = torch.linalg.eigh(torch.tensor(self.hessian, dtype=torch.float64))
        highest = max(self.loss(*corner) for corner in view.corners()) - self.floor
        # Equal x make one eigenvalue zero and its ellipses endless: draw them very long.
        flat, steep = max(values[0].item(), values[1].item() * 1e-6), values[1].item()
        first, second = vectors.T.tolist()
        contours = []
        for ring in range(rings, 0, -1):
            height = highest * (ring / rings) ** 2
            long, short = math.sqrt(2 * height / flat), math.sqrt(2 * height / steep)
            u, v = (long * first[0], long * first[1]), (short * second[0], short * second[1])
            contours.append(Ellipse(self.floor + height, self.optimum, u, v))
        return contours
