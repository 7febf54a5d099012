"""Which two sizes of a failing operation do not fit each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_PRODUCTS = {"@", "matmul", "mm", "torch.matmul", "torch.mm"}
_ELEMENTWISE = {"+", "-", "*", "/", "**", "%", "<", ">", "<=", ">=", "==", "!=", "&", "|"}


@dataclass(frozen=True)
class Operand:
    """What the failing part was given: how it is written, and its shape or value in words.

    ``sizes`` are a tensor's; None for anything else.
    """

    written: str
    worth: str
    sizes: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Clash:
    """``left`` and ``right`` are as they meet: a layer's weight is turned over.

    ``left_dim`` and ``right_dim`` say which of their sizes clash, as indices from 0.
    """

    left: Operand
    sign: str
    right: Operand
    left_dim: int
    right_dim: int
    said: str


def clash(operator: str, operands: Sequence[Operand]) -> Clash | None:
    """The sizes that clash where ``operator`` was given ``operands``; None where none is known."""
    tensors = [one for one in operands if one.sizes]
    if len(tensors) < 2:
        return None
    left, right = tensors[:2]
    if right.written == f"{operator}.weight" and len(right.sizes or ()) == 2:
        return _of_layer(left, right)
    if operator.rpartition(".")[2] in _PRODUCTS or operator in _PRODUCTS:
        return _of_product(left, right)
    return _elementwise(left, operator, right) if operator in _ELEMENTWISE else None


def _of_layer(x: Operand, weight: Operand) -> Clash | None:
    """A linear layer takes rows as wide as its weight's."""
    (wide, tall), given = (weight.sizes or ())[::-1], (x.sizes or ())[-1]
    if given == wide:
        return None
    turned = Operand(f"{weight.written}.T", weight.worth, (wide, tall))
    layer = weight.written.removesuffix(".weight")
    said = f"Each row of {x.written} has {given} numbers; {layer} was built for rows of {wide}."
    return Clash(x, "@", turned, len(x.sizes or ()) - 1, 0, said)


def _of_product(left: Operand, right: Operand) -> Clash | None:
    a, b = left.sizes or (), right.sizes or ()
    inner = max(len(b) - 2, 0)
    if a[-1] == b[inner]:
        return None
    rows = "numbers" if len(b) == 1 else "rows"
    has = f"{right.written} has {b[inner]} {rows}"
    said = f"A row of {left.written} has {a[-1]} numbers, and {has}."
    return Clash(left, "@", right, len(a) - 1, inner, said)


def _elementwise(left: Operand, sign: str, right: Operand) -> Clash | None:
    """From the right, sizes must be equal, or one of them 1."""
    a, b = left.sizes or (), right.sizes or ()
    for back in range(1, min(len(a), len(b)) + 1):
        if a[-back] != b[-back] and 1 not in {a[-back], b[-back]}:
            said = f"Compared from the right, {a[-back]} meets {b[-back]}, and neither is 1."
            return Clash(left, sign, right, len(a) - back, len(b) - back, said)
    return None
