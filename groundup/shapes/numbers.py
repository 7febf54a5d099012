"""The numbers that an operation is told: what they mean, and how they are read and bounded."""

from __future__ import annotations

import math

from groundup.engine.literals import ELEMENTS, SIZE, Shape, read_whole_numbers
from groundup.shapes.calls import SIGNATURES, bind, read_call
from groundup.shapes.einsum import read_equation
from groundup.shapes.indexing import read_index, written

NUMBERS = {
    "cat": ("dim: join along", "0"),
    "stack": ("dim: the new one's place", "0"),
    "reshape": ("new sizes, one may be −1", "3, 2"),
    "view": ("new sizes, one may be −1", "3, 2"),
    "flatten": ("start_dim (1 keeps the batch), end_dim, or nothing for all", "1"),
    "permute": ("order of the dimensions", "1, 0"),
    "transpose": ("the two dimensions that change places", "0, 1"),
    "squeeze": ("dim, or nothing for all", ""),
    "unsqueeze": ("dim: the new one's place", "0"),
    "expand": ("sizes, −1 keeps one", "4, -1, -1"),
    "index": ("what stands between the brackets", ":, None"),
    "sum": ("dim, or nothing for all", "1"),
    "mean": ("dim, or nothing for all", "1"),
    "einsum": ("an equation, a letter for each dimension", "ij,jk->ik"),
    "nn.Linear": ("in_features, out_features", "3, 2"),
    "nn.Conv2d": ("in_channels, out_channels, kernel_size, stride, padding", "2, 3, 3"),
    "nn.MaxPool2d": ("kernel_size, stride, padding", "2"),
    "nn.Embedding": ("num_embeddings, embedding_dim", "10, 3"),
}
"""What the operation's own numbers mean, and an example of them."""

MAY_BE_EMPTY = {"flatten", "squeeze", "sum", "mean"}
_MAX_NUMBERS = {"flatten": 2, "squeeze": 1}
MAX_WINDOW = 1_000_000


def read_numbers(op: str, typed: str) -> tuple[Shape, str]:
    """The whole numbers of ``op`` as typed, and its spec (an equation, an index).

    Raises:
        ValueError: with a sentence for the learner.
    """
    if op == "einsum":
        return (), read_equation(typed).text
    if op == "index":
        return (), written(read_index(typed))
    if op not in NUMBERS or (not typed.strip() and op in MAY_BE_EMPTY):
        return (), ""
    what, example = NUMBERS[op]
    if "=" in typed and op in SIGNATURES:
        call = read_call(f"{op}({typed})")
        return checked(op, bind(op, call.numbers, call.named)), ""
    numbers = read_whole_numbers(typed, f"{op}'s {what}", example or "0")
    if op in {"cat", "stack", "unsqueeze", "transpose"} and len(numbers) != len(SIGNATURES[op]):
        raise ValueError(f"{op} takes {what}, such as {example}; you gave {len(numbers)}.")
    return checked(op, bind(op, numbers, {}) if op in SIGNATURES else numbers), ""


def checked(op: str, numbers: Shape) -> Shape:
    """``numbers`` within the bounds of this page; a pool's stride is its kernel unless given.

    Raises:
        ValueError: with a sentence for the learner.
    """
    if any(abs(n) > ELEMENTS for n in numbers):
        raise ValueError("One of these numbers is too large. Sizes go up to 10¹⁵ here.")
    if op in _MAX_NUMBERS and len(numbers) > _MAX_NUMBERS[op]:
        what = NUMBERS[op][0]
        raise ValueError(f"{op} takes {what}; you gave {len(numbers)}.")
    if op == "nn.MaxPool2d":
        kernel, stride, padding = numbers
        numbers = (kernel, stride or kernel, padding)
    if op in {"nn.Linear", "nn.Embedding", "nn.Conv2d"}:
        _check_layer(op, numbers)
    if op in {"nn.Conv2d", "nn.MaxPool2d"}:
        _check_window(numbers[-3:])
    return numbers


def _check_layer(op: str, numbers: Shape) -> None:
    if not all(1 <= n <= SIZE for n in numbers[:2]):
        raise ValueError(f"{op} has 1 to {SIZE:,} on each side here.")
    weights = math.prod(numbers[:2]) * (numbers[2] ** 2 if op == "nn.Conv2d" else 1)
    if abs(weights) > ELEMENTS:
        raise ValueError(f"This layer has {weights:,} weights; this page goes up to 10¹⁵.")


def _check_window(window: Shape) -> None:
    kernel, stride, padding = window
    if not (1 <= kernel <= MAX_WINDOW and 1 <= stride <= MAX_WINDOW):
        raise ValueError(f"Kernel and stride go from 1 to {MAX_WINDOW:,} here.")
    if not 0 <= padding <= MAX_WINDOW:
        raise ValueError(f"Padding goes from 0 to {MAX_WINDOW:,} here.")
