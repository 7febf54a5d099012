"""Which sizes of two shapes do not fit, by the operator that was given them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

Shape = tuple[int, ...]
Clash = tuple[tuple[int, int], ...]
"""Pairs of an operand and one of its dimensions, both from 0."""

_PRODUCTS = {"@", "@=", "matmul", "mm", "bmm", "mv", "dot"}
_PAIRED = {"cross_entropy", "nll_loss"}
_EACH = {
    *("+", "-", "*", "/", "//", "%", "**", "&", "|", "^", "<", ">", "<=", ">=", "==", "!="),
    *("add", "sub", "mul", "div", "pow", "maximum", "minimum"),
}


def clash(operator: str, shapes: Sequence[Shape]) -> Clash:
    """The sizes among ``shapes`` that do not fit; none where the operator has no such rule."""
    if len(shapes) != 2:
        return ()
    one, other = shapes
    name = operator.rpartition(".")[2]
    if name in _PRODUCTS:
        return _of_product(one, other)
    if name in _PAIRED:
        return ((0, 0), (1, 0)) if one and other and one[0] != other[0] else ()
    if name in _EACH:
        return _of_each(one, other)
    if name.removesuffix("=") in _EACH:
        return _in_place(one, other)
    return ()


def _of_product(one: Shape, other: Shape) -> Clash:
    """A row of the first meets a column of the second; what stands before them is broadcast."""
    if not one or not other:
        return ()
    left, right = len(one) - 1, max(len(other) - 2, 0)
    if one[left] != other[right]:
        return (0, left), (1, right)
    return _of_each(one[:-2], other[:-2])


def _of_each(one: Shape, other: Shape) -> Clash:
    """Sizes meet from the right: equal ones fit, and 1 fits any."""
    pairs = zip(reversed(range(len(one))), reversed(range(len(other))), strict=False)
    unfit = [(i, j) for i, j in pairs if one[i] != other[j] and 1 not in {one[i], other[j]}]
    return tuple(pair for i, j in unfit for pair in ((0, i), (1, j)))


def _in_place(one: Shape, other: Shape) -> Clash:
    """What is changed in place keeps its shape: no size may be larger than its own."""
    if unfit := _of_each(one, other):
        return unfit
    pairs = zip_longest(reversed(range(len(one))), reversed(range(len(other))))
    larger = [(i, j) for i, j in pairs if j is not None and (i is None or other[j] > one[i] == 1)]
    return tuple(
        pair for i, j in larger for pair in (((0, i),) if i is not None else ()) + ((1, j),)
    )
