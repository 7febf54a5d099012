"""The gradient of a function of two variables, and the level line that it crosses."""

from __future__ import annotations

import math
from dataclasses import dataclass

from groundup.engine.observe import run
from groundup.engine.snapshot import number


@dataclass(frozen=True)
class LevelLine:
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


def look(text: str) -> LevelLine:
    """Run ``text``, a form of the lesson ``level_line``, and read what it found."""
    variables = run(text).variables
    w, b = variables["w"], variables["b"]
    return LevelLine(
        w=w.item(),
        b=b.item(),
        height=variables["height"].item(),
        gradient=(w.grad.item(), b.grad.item()),
        angle=variables.get("angle"),
        line=tuple(variables["line"].tolist()),
        heights=tuple(map(tuple, variables["surface"].tolist())),
    )


def in_words(level_line: LevelLine) -> str:
    """What the arrow means, in numbers."""
    to_w, to_b = (number(slope) for slope in level_line.gradient)
    length = number(math.hypot(*level_line.gradient))
    if not any(level_line.gradient):
        return "The gradient is **(0, 0)**: flat in every direction, so there is no arrow to draw."
    said = f"The gradient **({to_w}, {to_b})** points straight uphill; its length {length} is the "
    said += "slope in that direction."
    if level_line.angle is None:
        return said
    return f"{said} Measured against the level line it crosses: **{level_line.angle:.1f}°**."
