"""What the network player draws, as one JSON-ready payload."""

from __future__ import annotations

import base64
from typing import Any

from groundup.figures.training import packed
from groundup.film import CURVE, MAP_SIDE, SIDE, UNITS, Film


def network(film: Film) -> dict[str, Any]:
    """The payload for ``film`` as far as it is.

    Numbers of each epoch are float32 bytes in base64; pictures are bytes in base64, in the order
    of ``frames.epochs``.
    """
    assert film.view
    view, found, columns = film.view, film.run.variables, film.run.columns
    curve = view.kind == "curve"
    test = set(found["test"].tolist())
    return {
        "kind": view.kind,
        "epochs": film.total,
        "runs": [
            {"name": name, "loss": packed(columns[f"{name}_loss"]), "score": _score(film, name)}
            for name in ("train", "test")
        ],
        "score": "explained" if view.kind in {"surface", "curve"} else "accuracy",
        "view": [view.low, view.high, view.least, view.most],
        "side": CURVE if curve else SIDE,
        "map": [CURVE // 4, 1] if curve else [MAP_SIDE, MAP_SIDE],
        "hidden": film.hidden,
        "drawn": [min(units, UNITS) for units in film.hidden],
        "points": {
            "x": packed(found["X"][:, 0].tolist()),
            "x2": "" if curve else packed(found["X"][:, 1].tolist()),
            "y": packed(found["y"].flatten().tolist()),
            "test": base64.b64encode(bytes(n in test for n in range(len(found["X"])))).decode(),
        },
        "frames": {
            "epochs": [one.epoch for one in film.frames],
            "field": [base64.b64encode(one.field).decode() for one in film.frames],
            "maps": [base64.b64encode(one.maps).decode() for one in film.frames],
            "gradients": [packed(one.gradients) for one in film.frames],
            "idle": [list(one.idle) for one in film.frames],
        },
    }


def _score(film: Film, name: str) -> str:
    return packed(film.run.columns[f"{name}_score"])
