"""What a call touches and keeps, told from the shapes of its arguments before it is made.

The size of a result says little: a loss broadcasts its two arguments inside and returns one number,
and a batched product keeps both of its arguments spread out over the batch for the way back.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import torch
from torch.nn import functional

Shape = tuple[int, ...]

MAX_TOUCHED = 3 * 2**19
"""How many numbers all calls of a program may touch together: 6 MB of float32.

A page does more with a program than run it: the graph keeps what each node saves, each gradient is
as large as what it belongs to, and the central differences are taken in float64. All together, a
process grew by at most 27 MB in the programs that the tests measure, where 40 are allowed.
"""

MULTIPLICATIONS = 8
"""So many multiplications of a matrix product take about as long as one other number touched."""

_PRODUCTS = {"matmul", "imatmul", "dot"}


def touched(function: Callable[..., Any], args: Sequence[Any]) -> int:
    """How many numbers ``function`` touches when it is called with ``args``, at the most.

    What is larger than any of the arguments counts three times: on the way back it is made anew
    for each of two arguments.
    """
    shapes = [tuple(a.shape) for a in args if isinstance(a, torch.Tensor)]
    spread = _spread(function, shapes)
    return spread if spread <= max(map(math.prod, shapes), default=1) else 3 * spread


def _spread(function: Callable[..., Any], shapes: list[Shape]) -> int:
    """How many numbers there are when the arguments are spread out over each other."""
    if function is functional.linear and len(shapes) > 1:
        return _product(shapes[0], shapes[1][::-1])
    if getattr(function, "__name__", "") in _PRODUCTS and len(shapes) == 2:
        return _product(*shapes)
    return max(_broadcast(shapes), *map(math.prod, shapes), 1) if shapes else 1


def _product(left: Shape, right: Shape) -> int:
    """Both sides are spread out over the batch, and so is what comes out."""
    left = left if len(left) > 1 else (1, *left)
    right = right if len(right) > 1 else (*right, 1)
    if min(len(left), len(right)) < 2:
        return max(math.prod(left), math.prod(right))
    batch = _broadcast([left[:-2], right[:-2]])
    rows, inner, columns = left[-2], left[-1], right[-1]
    numbers = rows * inner + inner * columns + rows * columns
    return batch * max(numbers, rows * inner * columns // MULTIPLICATIONS)


def _broadcast(shapes: Iterable[Shape]) -> int:
    """How many numbers ``shapes`` have when they are spread out over each other.

    Sizes that do not fit count as the larger one: torch will say that they do not.
    """
    sides = list(shapes)
    longest = max(map(len, sides), default=0)
    padded = [(1,) * (longest - len(side)) + side for side in sides]
    return math.prod(0 if 0 in sizes else max(sizes) for sizes in zip(*padded, strict=True))
