"""What the network player draws, as JSON-ready payloads: the still part, and the film's reels.

Numbers of each epoch are float32 bytes in base64; pictures are bytes in base64.
"""

from __future__ import annotations

import base64
from typing import Any

from groundup.figures.training.player import packed
from groundup.modules.network_training import Film

REEL = 5
"""Frames in a reel. One that is full never changes again, so that the browser can keep it."""


def network(film: Film) -> dict[str, Any]:
    """The part of ``film`` that does not grow: its examples, and what its pictures show."""
    assert film.view
    view, found = film.view, film.run.variables
    curve = view.kind == "curve"
    test = set(found["test"].tolist())
    return {
        "kind": view.kind,
        "epochs": film.total,
        "score": "explained" if view.kind in {"surface", "curve"} else "accuracy",
        "view": [view.low, view.high, view.least, view.most],
        "side": view.shape[-1],
        "map": [view.map_shape[-1], 1 if curve else view.map_shape[0]],
        "hidden": film.hidden,
        "points": {
            "x": packed(found["X"][:, 0].tolist()),
            "x2": "" if curve else packed(found["X"][:, 1].tolist()),
            "y": packed(found["y"].flatten().tolist()),
            "test": base64.b64encode(bytes(n in test for n in range(len(found["X"])))).decode(),
        },
    }


def reels(film: Film) -> list[dict[str, Any]]:
    """The pictures and numbers of ``film`` so far, in pieces of :data:`REEL` frames.

    A reel's ``columns`` run from the epoch of its first frame up to that of the next reel's.
    """
    frames = film.frames
    firsts = [one.epoch for one in frames[::REEL]]
    lasts = [*firsts[1:], film.run.epochs]
    return [
        {
            "first": first,
            "columns": {name: packed(kept[first:last]) for name, kept in film.run.columns.items()},
            "frames": {
                "epochs": [one.epoch for one in part],
                "field": [_text(one.field) for one in part],
                "maps": [_text(one.maps) for one in part],
                "gradients": [packed(one.gradients) for one in part],
                "idle": [_text(one.idle) for one in part],
            },
        }
        for first, last, part in zip(
            firsts, lasts, (frames[n : n + REEL] for n in range(0, len(frames), REEL)), strict=True
        )
    ]


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
