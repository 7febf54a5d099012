"""Small drawings of boxes, arrows and words, as SVG in the colours of a theme."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

from groundup.figures.theme import Palette

WIDTH, HEIGHT = 420, 210
"""The size of every drawing, in its own pixels."""

Point = tuple[float, float]


class Sketch:
    """A drawing that grows by a call; ``str`` gives the SVG."""

    def __init__(self, colours: Palette) -> None:
        self.colours = colours
        self._parts: list[str] = []

    def word(self, at: Point, text: str, colour: str = "", *, code: bool = False) -> None:
        """``text`` with its middle ``at`` this place."""
        x, y = at
        family = "monospace" if code else "sans-serif"
        self._parts.append(
            f'<text x="{x:g}" y="{y:g}" fill="{colour or self.colours.text}" font-size="15" '
            f'font-family="{family}" text-anchor="middle" dominant-baseline="middle">'
            f"{html.escape(text)}</text>"
        )

    def box(self, centre: Point, size: Point, text: str = "", *, lit: bool = False) -> None:
        """A rounded box around ``text``; a ``lit`` one is filled."""
        (x, y), (w, h) = centre, size
        fill = self.colours.blue if lit else self.colours.surface
        self._parts.append(
            f'<rect x="{x - w / 2:g}" y="{y - h / 2:g}" width="{w:g}" height="{h:g}" rx="7" '
            f'fill="{fill}" stroke="{self.colours.muted}"/>'
        )
        if text:
            self.word(centre, text, self.colours.ground if lit else "")

    def line(self, points: Sequence[Point], colour: str = "", width: float = 2) -> None:
        """A line through ``points``."""
        places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._parts.append(
            f'<polyline points="{places}" fill="none" stroke="{colour or self.colours.muted}" '
            f'stroke-width="{width:g}"/>'
        )

    def arrow(self, start: Point, end: Point, colour: str = "") -> None:
        """From ``start`` to ``end``, with a head."""
        self.line([start, end], colour)
        turn = math.atan2(end[1] - start[1], end[0] - start[0])
        for side in (turn + 2.6, turn - 2.6):
            tip = (end[0] + 9 * math.cos(side), end[1] + 9 * math.sin(side))
            self.line([end, tip], colour)

    def dot(self, at: Point, colour: str) -> None:
        """A filled dot."""
        self._parts.append(f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="5" fill="{colour}"/>')

    def __str__(self) -> str:
        body = "".join(self._parts)
        size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'
