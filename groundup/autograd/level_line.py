"""The gradient of a function of two variables, and the level line that it crosses."""

from __future__ import annotations

import math
from dataclasses import dataclass

from groundup.autograd import walk
from groundup.engine.observe import run
from groundup.engine.snapshot import number


@dataclass(frozen=True)
class LevelLine:
    """What the lesson ``level_line`` found, in float64.

    ``gradient`` is (∂f/∂w, ∂f/∂b); ``angle``, in degrees, is between it and the level line, None
    where no single level line passes (a top, a bottom, a saddle's middle); ``heights[i][j]`` is f
    at w = ``line[j]``, b = ``line[i]``; ``trail`` is where the walk downhill has been, its start
    included, and ``end`` is f at its end.
    """

    w: float
    b: float
    height: float
    gradient: tuple[float, float]
    angle: float | None
    line: tuple[float, ...]
    heights: tuple[tuple[float, ...], ...]
    trail: tuple[tuple[float, float], ...] = ()
    end: float = math.nan


def look(text: str) -> LevelLine:
    """Run ``text``, a form of the lesson ``level_line``, and read what it found."""
    variables = run(text).variables
    return LevelLine(
        w=variables["at_w"],
        b=variables["at_b"],
        height=variables["height"].item(),
        gradient=variables["gradient"],
        angle=variables.get("angle"),
        line=tuple(variables["line"].tolist()),
        heights=tuple(map(tuple, variables["surface"].tolist())),
        trail=tuple(variables["trail"]),
        end=variables["end"],
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


def about_walk(level_line: LevelLine) -> str:
    """Where the walk downhill went; empty if there was none."""
    if not level_line.trail:
        return ""
    low, high = level_line.line[0], level_line.line[-1]
    w, b = level_line.trail[-1]
    inside = low <= w <= high and low <= b <= high
    place, heights = f"w = {number(w)}, b = {number(b)}", (level_line.height, level_line.end)
    return walk.in_words(len(level_line.trail) - 1, place, heights, inside=inside)
