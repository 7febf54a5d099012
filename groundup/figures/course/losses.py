"""A run's loss as a small drawing, for whoever is shown why an answer is right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import takewhile

from groundup.figures.course.cards import Picture
from groundup.figures.course.sketch import HEIGHT, WIDTH, Sketch
from groundup.figures.theme import Palette

ABOVE = 8
"""Of a loss that grows, what is drawn ends at so many times its first value."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, WIDTH - 20, 30, HEIGHT - 30


def losses(run: Sequence[float], colours: Palette) -> Picture:
    """The losses of ``run``, one an epoch, as far as they stay finite and near the first."""
    shown = list(takewhile(lambda one: math.isfinite(one) and one <= ABOVE * run[0], run))
    last, most = max(len(shown) - 1, 1), max(shown, default=1.0) or 1.0
    sketch = Sketch(colours)
    sketch.line([(_LEFT, _TOP), (_LEFT, _BOTTOM), (_RIGHT, _BOTTOM)])
    places = [
        (_LEFT + (_RIGHT - _LEFT) * n / last, _BOTTOM - (_BOTTOM - _TOP) * one / most)
        for n, one in enumerate(shown)
    ]
    sketch.line(places, colours.orange, 3)
    sketch.word((_LEFT - 35, _TOP), f"{most:.4g}")
    sketch.word((_LEFT - 35, _BOTTOM), "0")
    sketch.word((_LEFT, _BOTTOM + 18), "0")
    sketch.word((_RIGHT - 10, _BOTTOM + 18), f"{last}")
    sketch.word(((_LEFT + _RIGHT) / 2, _BOTTOM + 18), "epoch")
    sketch.word(((_LEFT + _RIGHT) / 2, _TOP - 16), "the loss")
    rest = "" if len(shown) == len(run) else f"; epoch {len(shown)} lies above the drawing"
    said = f"The loss in epochs 0 to {last}, from {run[0]:.4g} to {shown[-1]:.4g}{rest}."
    return Picture(str(sketch), said)
