"""A run's line, its loss and its gradient, each time of one moment: before an epoch's step.

A text computes its loss at step 2 and changes w and b at step 4, so what stands in its variables at
an epoch's end is of two moments; a text in batches, or with a mistake, computes other losses than
that of the line over the points that are drawn. Here every place of a run has its own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch

from groundup.engine.observe import Run
from groundup.training.surface import Point

_AT_ONCE = 256
"""Places computed at once: with 2,000 points, 2 MB of numbers."""

_SAME = 1e-5


@dataclass(frozen=True)
class Moments:
    """One number for each place of a run: where it began, and after each of its epochs.

    ``loss`` and its slopes ``w_grad`` and ``b_grad`` are those of the line (w, b) over all points.
    """

    w: list[float]
    b: list[float]
    loss: list[float]
    w_grad: list[float]
    b_grad: list[float]

    @property
    def table(self) -> dict[str, list[float]]:
        """What is taken home: the row n is epoch n before its step, the last is after all."""
        return {"loss": self.loss, "w": self.w, "b": self.b}


def moments(
    columns: Mapping[str, Sequence[float]], start: Point, x: Sequence[float], y: Sequence[float]
) -> Moments:
    """The moments of a run that recorded ``columns`` (w and b at least), on the points (x, y).

    Computed in float32, as the texts do; where a text wrote the same number at that moment, up to
    rounding, it is the text's.
    """
    w, b = [start[0], *columns["w"]], [start[1], *columns["b"]]
    measured = _measured(w, b, x, y)
    shown = [
        _own(columns.get(name, ()), values)
        for name, values in zip(("loss", "w.grad", "b.grad"), measured, strict=True)
    ]
    return Moments(w, b, *shown)


def final_loss(run: Run) -> float:
    """The loss of the line that ``run`` came to, over all its points; NaN where it has none."""
    w, b = run.scalar("w"), run.scalar("b")
    if w is None or b is None:
        return math.nan
    x, y = (run.variables[name].flatten().tolist() for name in ("X", "y_true"))
    return _measured([w], [b], x, y)[0][0]


def _measured(
    w: Sequence[float], b: Sequence[float], x: Sequence[float], y: Sequence[float]
) -> list[list[float]]:
    points = torch.tensor([x, y], dtype=torch.float32)
    lines = torch.tensor([w, b], dtype=torch.float64).float()
    parts = [
        _loss_and_slopes(lines[:, n : n + _AT_ONCE], *points) for n in range(0, len(w), _AT_ONCE)
    ]
    return torch.cat(parts, dim=1).tolist()


def _loss_and_slopes(lines: torch.Tensor, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Loss, ∂loss/∂w and ∂loss/∂b (3, n) of the n ``lines`` (2, n)."""
    w, b = lines[:, :, None]
    residuals = w * x + b - y
    slopes = [(2 * residuals * x).mean(dim=1), (2 * residuals).mean(dim=1)]
    return torch.stack([(residuals**2).mean(dim=1), *slopes])


def _own(recorded: Sequence[float], measured: Sequence[float]) -> list[float]:
    before_step = zip(recorded, measured, strict=False)
    same = [a if math.isclose(a, m, rel_tol=_SAME) else m for a, m in before_step]
    return [*same, *measured[len(same) :]]
