"""The gradient of a function of two variables, and the level line that it crosses."""

from __future__ import annotations

from dataclasses import dataclass

from groundup.observe import run


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
