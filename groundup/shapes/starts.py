"""What stands in the boxes when a learner picks another operation."""

from __future__ import annotations

from groundup.shapes.chain import CHAIN
from groundup.shapes.numbers import NUMBERS

SHAPES = {
    "@": ("2, 3", "3, 4"),
    "einsum": ("2, 3", "3, 4"),
    "nn.Conv2d": ("1, 2, 4, 4", "()"),
    "nn.MaxPool2d": ("1, 2, 4, 4", "()"),
    "expand": ("2, 3", "()"),
    "cross_entropy": ("4, 3", "4"),
    CHAIN: ("8, 6, 14, 14", "()"),
}
"""Shapes of a and b to begin with, for operations that want certain ones."""
PARTICULAR = ("nn.Conv2d", "nn.MaxPool2d", "cross_entropy", "einsum", CHAIN)
"""Operations for which the shapes of another are seldom right."""
_THEIRS = {SHAPES[op][0] for op in PARTICULAR} - {"2, 3"}


def start(op: str, a: str) -> dict[str, str]:
    """The boxes' new texts for ``op``, when ``a`` was there: only those that change."""
    boxes = {"numbers": NUMBERS.get(op, ("", ""))[1], "first_do": ""}
    if op in PARTICULAR or a in _THEIRS:
        first, second = SHAPES.get(op, ("2, 3", "2, 3"))
        boxes |= {"a": first, "b": second}
    return boxes
