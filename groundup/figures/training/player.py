"""What the player draws: a run's recorded numbers and their picture, as one JSON-ready payload.

Numbers travel as the bytes of float32s, in base64: half of what their digits would take, exact
(the lessons compute in float32, so the player shows the very numbers that the script prints), and
at home with NaN and infinity, which JSON is not.
"""

from __future__ import annotations

import base64
import math
import sys
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from groundup.engine.run_log import UpdateLog
from groundup.training.moments import Moments, moments
from groundup.training.surface import LossSurface, PlaneView, Point


def packed(values: Sequence[float]) -> str:
    """``values`` as little-endian float32s in base64; those too large for one become infinite."""
    fits = isinstance(values, array) and values.typecode == "f"
    numbers = array("f", values if fits else [_float32(value) for value in values])
    if sys.byteorder == "big":
        numbers.byteswap()
    return base64.b64encode(numbers.tobytes()).decode("ascii")


def _float32(value: float) -> float:
    largest = 3.4028234663852886e38
    return math.copysign(math.inf, value) if abs(value) > largest else value


def rough(values: Sequence[float], digits: int = 4) -> list[float]:
    """``values`` to ``digits`` significant digits: enough for a place in a picture."""
    return [float(f"{value:.{digits}g}") for value in values]


def training(
    columns: Mapping[str, Sequence[float]],
    *,
    x: Sequence[float],
    y: Sequence[float],
    start: Point,
    epochs: int,
    name: str = "",
    beside: Mapping[str, Mapping[str, Sequence[float]]] | None = None,
    tracks: Mapping[str, UpdateLog] | None = None,
    view: PlaneView | None = None,
    tries: bool = False,
) -> dict[str, Any]:
    """The payload for one run of the training loop, and for those ``beside`` it, by name.

    ``columns`` holds ``loss``, ``w``, ``b``, ``w.grad`` and ``b.grad``, one number an epoch so
    far; ``epochs`` is how many there will be; ``start`` is (w, b) before the first. ``view`` is
    the part of the surface to draw; without it, that which the paths need. ``tracks`` holds, by
    the same names, ``w``, ``b`` and their gradients at each update, where an epoch has many.

    What is shown of an epoch is of one moment, before its step (:func:`moments`). ``tries`` are
    so already: each has its loss, and is no step from the last.
    """
    surface = LossSurface.of(x, y)
    runs = {name: columns, **(beside or {})}
    tracks = {name: track for name, track in (tracks or {}).items() if track.columns}
    view = view or surface.view(_path(start, runs, tracks))
    return {
        "epochs": epochs,
        "ahead": 0 if tries else 1,
        "runs": [
            _run(name, run, start, tracks.get(name), None if tries else moments(run, start, x, y))
            for name, run in runs.items()
        ],
        "data": {"x": rough(x), "y": rough(y)},
        "surface": _drawn(surface, view),
    }


def _path(
    start: Point,
    runs: Mapping[str, Mapping[str, Sequence[float]]],
    tracks: Mapping[str, UpdateLog],
) -> list[Point]:
    """Every (w, b) that any of the runs comes to."""
    walked = [tracks[name].columns if name in tracks else run for name, run in runs.items()]
    return [start, *(place for way in walked for place in zip(way["w"], way["b"], strict=True))]


def _drawn(surface: LossSurface, view: PlaneView) -> dict[str, Any]:
    rings = surface.contours(view)
    return {
        "view": rough([view.low_w, view.high_w, view.low_b, view.high_b]),
        "optimum": rough(surface.optimum, 6),
        "rings": [rough([*ring.centre, *ring.u, *ring.v], 5) for ring in rings],
    }


def _run(
    name: str,
    columns: Mapping[str, Sequence[float]],
    start: Point,
    track: UpdateLog | None,
    at: Moments | None,
) -> dict[str, Any]:
    run = {"name": name, "start": list(start), "loss": packed(columns["loss"]), **_walk(columns)}
    if at is not None:
        measured = {"loss": at.loss, "gw": at.w_grad, "gb": at.b_grad}
        run |= {key: packed(values) for key, values in measured.items()}
    if track is None:
        return run
    # Between kept updates lie others, so a gradient belongs to no place that is drawn.
    gradients = {} if track.stride == 1 else {"gw": "", "gb": ""}
    # In the first epoch it is not known how many make one; nothing can be played there yet.
    every = track.every if math.isfinite(track.every) else 1.0
    walk = {"every": every, "stride": track.stride, **_walk(track.columns), **gradients}
    return {**run, "track": walk}


def _walk(columns: Mapping[str, Sequence[float]]) -> dict[str, str]:
    names = {"w": "w", "b": "b", "gw": "w.grad", "gb": "b.grad"}
    return {short: packed(columns[name]) for short, name in names.items()}


def diverged(losses: Sequence[float]) -> int | None:
    """The place at which the loss stopped being finite, if it did."""
    return next((epoch for epoch, loss in enumerate(losses) if not math.isfinite(loss)), None)
