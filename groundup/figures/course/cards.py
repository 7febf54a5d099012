"""The one picture of each chapter's card."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from groundup.figures.course.sketch import HEIGHT, WIDTH, Point, Sketch
from groundup.figures.theme import Palette


class Picture(NamedTuple):
    """A drawing, and what it shows in words."""

    svg: str
    alt: str


def picture(chapter: int, colours: Palette) -> Picture | None:
    """The picture of the chapter with that number; nothing where there is none."""
    if chapter not in _PICTURES:
        return None
    draw, alt = _PICTURES[chapter]
    sketch = Sketch(colours)
    draw(sketch)
    return Picture(str(sketch), alt)


def _product(sketch: Sketch) -> None:
    blue, middle = sketch.colours.blue, 100
    for x, size, word in ((70, (80, 110), "(n, k)"), (190, (110, 80), "(k, m)")):
        sketch.box((x, middle), size, word)
    sketch.box((345, middle), (110, 110), "(n, m)", lit=True)
    sketch.word((122, middle), "@")
    sketch.word((276, middle), "=")
    # The sizes that must be equal: the width of the left one, the height of the right one.
    sketch.line([(30, 35), (110, 35)], blue, 4)
    sketch.line([(257, 60), (257, 140)], blue, 4)
    sketch.word((70, 20), "k", blue)
    sketch.word((252, 45), "k", blue)
    sketch.word((210, 190), "the inner sizes are equal, and vanish", blue)


def _downhill(sketch: Sketch) -> None:
    def place(w: float) -> Point:
        return 210 + 100 * w, 180 - 60 * w * w

    sketch.line([place(n / 20) for n in range(-32, 33)])
    w = 1.5
    for _ in range(3):
        following = w - 0.2 * (2 * w)
        sketch.arrow(place(w), place(following), sketch.colours.blue)
        sketch.dot(place(w), sketch.colours.blue)
        w = following
    sketch.dot(place(w), sketch.colours.blue)
    sketch.word((210, 30), "against the slope, times the rate")


def _both_ways(sketch: Sketch) -> None:
    a, b, x, plus, times, z = (30, 40), (30, 110), (30, 180), (160, 75), (280, 110), (385, 110)
    for start, end in ((a, plus), (b, plus), (plus, times), (x, times), (times, z)):
        _both(sketch, start, end)
    for at, name in ((a, "a"), (b, "b"), (x, "x"), (plus, "+"), (times, "×"), (z, "z")):
        sketch.box(at, (38, 32), name)
    sketch.word((300, 190), "forward: compute", sketch.colours.muted)
    sketch.word((310, 25), "back: incoming × local", sketch.colours.blue)


def _both(sketch: Sketch, start: Point, end: Point) -> None:
    """An arrow forward and one back, side by side."""
    turn = math.atan2(end[1] - start[1], end[0] - start[0])
    dx, dy = 26 * math.cos(turn), 26 * math.sin(turn)
    aside = (-5 * math.sin(turn), 5 * math.cos(turn))
    for sign, colour in ((1, sketch.colours.muted), (-1, sketch.colours.blue)):
        ends = (
            (start[0] + dx + sign * aside[0], start[1] + dy + sign * aside[1]),
            (end[0] - dx + sign * aside[0], end[1] - dy + sign * aside[1]),
        )
        sketch.arrow(*(ends if sign > 0 else ends[::-1]), colour)


def _five(sketch: Sketch) -> None:
    names = ("Guess", "Score", "Blame", "Nudge", "Reset")
    places = [_on_ring(n / len(names)) for n in range(len(names))]
    for n in range(len(names)):
        sketch.arrow(_on_ring((n + 0.32) / 5), _on_ring((n + 0.66) / 5), sketch.colours.blue)
    for name, at in zip(names, places, strict=True):
        sketch.box(at, (76, 32), name)
    sketch.word((WIDTH / 2, HEIGHT / 2), "again and again")


def _on_ring(share: float) -> Point:
    turn = 2 * math.pi * share - math.pi / 2
    return WIDTH / 2 + 150 * math.cos(turn), HEIGHT / 2 + 84 * math.sin(turn)


def _folded(sketch: Sketch) -> None:
    rows = (
        (40, "w.grad.zero_()", "optimizer.zero_grad()"),
        (105, "loss.backward()", "loss.backward()"),
        (170, "w -= rate * w.grad", "optimizer.step()"),
    )
    for y, by_hand, tool in rows:
        sketch.word((92, y), by_hand, sketch.colours.muted, code=True)
        sketch.arrow((184, y), (212, y))
        sketch.word((318, y), tool, code=True)


def _block(sketch: Sketch) -> None:
    middle = 105
    sketch.arrow((8, middle), (40, middle))
    for x, name in ((90, "attention"), (270, "two layers")):
        sketch.box((x, middle), (100, 60), name, lit=name != "attention")
        sketch.arrow((x + 50, middle), (x + 76, middle))
        sketch.word((x + 88, middle), "+")
        # What goes in is added to what comes out.
        sketch.line([(x - 68, middle), (x - 68, 45), (x + 88, 45)], width=1.5)
        sketch.arrow((x + 88, 45), (x + 88, middle - 12))
    sketch.arrow((190, middle), (220, middle))
    sketch.arrow((370, middle), (412, middle))
    sketch.word((90, 165), "between tokens", sketch.colours.muted)
    sketch.word((285, 165), "each token alone", sketch.colours.muted)


_PICTURES: dict[int, tuple[Callable[[Sketch], None], str]] = {
    1: (_product, "(n, k) @ (k, m) gives (n, m): the inner sizes are equal, the outer ones stay."),
    2: (_downhill, "A curve, and three steps down it, each shorter than the one before."),
    3: (
        _both_ways,
        "z = x × (a + b): arrows from a, b and x to z, and arrows back along each of them.",
    ),
    4: (_five, "Guess, Score, Blame, Nudge, Reset, in a ring."),
    5: (_folded, "Three lines by hand, and what stands for each: zero_grad, backward, step."),
    6: (
        _block,
        "A block: attention, then the two layers; around each, what goes in is added to what "
        "comes out.",
    ),
}
