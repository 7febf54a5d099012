"""The gradient of a function of two variables, and the level line that it crosses."""

from __future__ import annotations

import math
from dataclasses import dataclass

from groundup.engine.observe import run
from groundup.engine.snapshot import number


@dataclass(frozen=True)
class Surface:
    """What the lesson ``level_line`` found, in float64.

    ``gradient`` is (∂f/∂w, ∂f/∂b); ``angle``, in degrees, is between it and the level line, None
    where no single level line passes (a top, a bottom, a saddle's middle); ``heights[i][j]`` is f
    at w = ``line[j]``, b = ``line[i]``.
    """

    w: float
    b: float
    height: float
    gradient: tuple[float, float]
    angle: float | None
    line: tuple[float, ...]
    heights: tuple[tuple[float, ...], ...]


def look(text: str) -> Surface:
    """Run ``text``, a form of the lesson ``level_line``, and read what it found."""
    found = run(text).variables
    w, b = found["w"], found["b"]
    return Surface(
        w=w.item(),
        b=b.item(),
        height=found["height"].item(),
        gradient=(w.grad.item(), b.grad.item()),
        angle=found.get("angle"),
        line=tuple(found["line"].tolist()),
        heights=tuple(map(tuple, found["surface"].tolist())),
    )


def in_words(found: Surface) -> str:
    """What the arrow means, in numbers."""
    to_w, to_b = (number(slope) for slope in found.gradient)
    length = number(math.hypot(*found.gradient))
    if not any(found.gradient):
        return "The gradient is **(0, 0)**: flat in every direction, so there is no arrow to draw."
    said = f"The gradient **({to_w}, {to_b})** points straight uphill; its length {length} is the "
    said += "slope in that direction."
    if found.angle is None:
        return said
    return f"{said} Measured against the level line it crosses: **{found.angle:.1f}°**."
