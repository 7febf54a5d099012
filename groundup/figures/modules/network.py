"""What the network player draws, as JSON-ready payloads: the still part, and the chunks.

Numbers of each epoch are float32 bytes in base64; pictures are bytes in base64.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any, TypeVar

from groundup.figures.training.player import packed
from groundup.modules.network_training import NetworkTraining

T = TypeVar("T")

CHUNK = 5
"""Frames in a chunk. One that is full never changes again, so that the browser can keep it."""


def network(training: NetworkTraining) -> dict[str, Any]:
    """The part of ``training`` that does not grow: its examples, and what its pictures show."""
    assert training.view
    view, variables = training.view, training.run.variables
    curve = view.kind == "curve"
    test = set(variables["test"].tolist())
    return {
        "kind": view.kind,
        "epochs": training.total,
        "score": "explained" if view.kind in {"surface", "curve"} else "accuracy",
        "view": [view.low, view.high, view.lowest_answer, view.highest_answer],
        "side": view.shape[-1],
        "map": [view.map_shape[-1], 1 if curve else view.map_shape[0]],
        "hidden": training.hidden,
        "points": {
            "x": packed(variables["X"][:, 0].tolist()),
            "x2": "" if curve else packed(variables["X"][:, 1].tolist()),
            "y": packed(variables["y"].flatten().tolist()),
            "test": base64.b64encode(bytes(n in test for n in range(len(variables["X"])))).decode(),
        },
    }


def chunks(training: NetworkTraining, every: int = 1) -> list[dict[str, Any]]:
    """The pictures and numbers of ``training`` so far, in pieces of :data:`CHUNK` frames.

    Of the pictures one in ``every`` is there, and the last. A chunk's ``columns`` run from the
    epoch of its first frame up to that of the next chunk's.
    """
    frames = kept(training.frames, every)
    firsts = [frame.epoch for frame in frames[::CHUNK]]
    lasts = [*firsts[1:], training.run.epochs]
    return [
        {
            "first": first,
            "columns": {
                name: packed(column[first:last]) for name, column in training.run.columns.items()
            },
            "frames": {
                "epochs": [frame.epoch for frame in part],
                "field": [_text(frame.field) for frame in part],
                "maps": [_text(frame.maps) for frame in part],
                "gradients": [packed(frame.gradients) for frame in part],
                "idle": [_text(frame.idle) for frame in part],
            },
        }
        for first, last, part in zip(
            firsts,
            lasts,
            (frames[n : n + CHUNK] for n in range(0, len(frames), CHUNK)),
            strict=True,
        )
    ]


def kept(pictures: Sequence[T], every: int) -> list[T]:
    """One in ``every`` of ``pictures``, and the last."""
    last = len(pictures) - 1
    return [one for n, one in enumerate(pictures) if n % every == 0 or n == last]


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
