"""What the player draws: a run's recorded numbers and their picture, as one JSON-ready payload.

Numbers travel as the shortest text that reads back to the same float32, so the player shows the
very numbers that the script prints, in about half the bytes of a float64.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from groundup.surface import Point, Surface

Number = float | str
"""JSON has no NaN and no infinity, so those travel by name."""


def curve(values: Sequence[float]) -> list[Number]:
    """``values`` exactly, if they are float32 numbers; non-finite ones by name."""
    return [_json(float(text)) for text in np.asarray(values, dtype=np.float32).astype("U16")]


def rough(values: Sequence[float], digits: int = 4) -> list[Number]:
    """``values`` to ``digits`` significant digits: enough for a place in a picture."""
    return [_json(float(f"{value:.{digits}g}")) for value in values]


def training(
    columns: Mapping[str, Sequence[float]],
    *,
    x: Sequence[float],
    y: Sequence[float],
    start: Point,
    epochs: int,
    name: str = "",
) -> dict[str, Any]:
    """The payload for one run of the training loop.

    ``columns`` holds ``loss``, ``w``, ``b``, ``w.grad`` and ``b.grad``, one number an epoch so
    far; ``epochs`` is how many there will be; ``start`` is (w, b) before the first.
    """
    surface = Surface.of(x, y)
    path = [start, *zip(columns["w"], columns["b"], strict=True)]
    view = surface.view(path)
    return {
        "epochs": epochs,
        "runs": [
            {
                "name": name,
                "start": list(start),
                "loss": curve(columns["loss"]),
                "w": curve(columns["w"]),
                "b": curve(columns["b"]),
                "gw": rough(columns["w.grad"]),
                "gb": rough(columns["b.grad"]),
            }
        ],
        "data": {"x": rough(x), "y": rough(y)},
        "surface": {
            "view": rough([view.low_w, view.high_w, view.low_b, view.high_b]),
            "optimum": rough(surface.optimum, 6),
            "rings": [
                rough([*ring.centre, *ring.u, *ring.v], 5) for ring in surface.contours(view)
            ],
        },
    }


def diverged(losses: Sequence[float]) -> int | None:
    """The epoch at which the loss stopped being finite, if it did."""
    return next((epoch for epoch, loss in enumerate(losses) if not math.isfinite(loss)), None)


def _json(value: float) -> Number:
    if math.isfinite(value):
        return int(value) if value == int(value) and abs(value) < 1e6 else value
    return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
