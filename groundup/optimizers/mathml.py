"""Formulas written once, as Python expressions: computed, and set as MathML.

An expression knows ``+ − * / **``, comparisons, names, numbers, and ``sqrt``, ``abs``, ``sign``,
``min`` and ``max``. Set with symbols it is the formula; set with slots, the same formula waits for
its numbers. MathML is what browsers draw by themselves (MathML Core, W3C).
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import cache
from html import escape

import torch

from groundup.parsing import expression_tree

Column = torch.Tensor
"""One number for each step, float64, (steps,)."""

_OPERATORS: dict[type, Callable[[Column, Column], Column]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.Gt: operator.gt,
    ast.Lt: operator.lt,
    ast.Eq: operator.eq,
}
_FUNCTIONS: dict[str, Callable[..., Column]] = {
    "sqrt": torch.sqrt,
    "abs": torch.abs,
    "sign": torch.sign,
    "min": torch.minimum,
    "max": torch.maximum,
}
_SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "·", ast.Gt: ">", ast.Lt: "<", ast.Eq: "="}
_BINDING = {ast.Gt: 0, ast.Lt: 0, ast.Eq: 0, ast.Add: 1, ast.Sub: 1, ast.Mult: 2}

Leaf = Callable[[str, bool], str]
"""Sets a name; the flag says whether a negative number there needs brackets."""


@cache
def _tree(expression: str) -> ast.expr:
    return expression_tree(expression)


def compute(expression: str, names: Mapping[str, Column]) -> Column:
    """The value of ``expression`` at every step.

    Raises:
        KeyError: if it holds a name that ``names`` does not.
    """
    return _compute(_tree(expression), names)


def _compute(node: ast.expr, names: Mapping[str, Column]) -> Column:
    match node:
        case ast.Constant(value=int() | float() as number):
            return torch.tensor(float(number), dtype=torch.float64)
        case ast.Name(id=name):
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_compute(inner, names)
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](_compute(left, names), _compute(right, names))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _OPERATORS[type(op)](_compute(left, names), _compute(right, names))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _FUNCTIONS[name](*(_compute(argument, names) for argument in arguments))
    raise ValueError(f"{ast.unparse(node)} is no formula")


def set_in_type(expression: str, leaf: Leaf) -> str:
    """``expression`` as MathML, each name set by ``leaf``."""
    return f"<mrow>{_set(_tree(expression), leaf, 0, True)}</mrow>"


def _set(node: ast.expr, leaf: Leaf, binding: int, first: bool) -> str:
    """``binding`` is how tightly what stands around binds; ``first``, whether nothing precedes."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return f"<mn>{number:g}</mn>"
        case ast.Name(id=name):
            return leaf(name, not first)
        case ast.UnaryOp(operand=inner):
            inside = f"<mo>−</mo>{_set(inner, leaf, 2, False)}"
            return inside if first else _bracketed(inside)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _call(name, [_alone(argument, leaf) for argument in arguments])
        case ast.BinOp(op=ast.Div() | ast.Pow()):
            return _stacked(node, leaf)
        case ast.BinOp() | ast.Compare():
            return _infix(node, leaf, binding, first)
    raise ValueError(f"{ast.unparse(node)} is no formula")


def _alone(node: ast.expr, leaf: Leaf) -> str:
    """What has a place of its own, where nothing else binds."""
    return f"<mrow>{_set(node, leaf, 0, True)}</mrow>"


def _stacked(node: ast.BinOp, leaf: Leaf) -> str:
    """A fraction, or a power."""
    right = _alone(node.right, leaf)
    if isinstance(node.op, ast.Div):
        return f"<mfrac>{_alone(node.left, leaf)}{right}</mfrac>"
    return f"<msup><mrow>{_set(node.left, leaf, 3, False)}</mrow>{right}</msup>"


def _call(name: str, arguments: list[str]) -> str:
    inside = "<mo>,</mo>".join(arguments)
    if name == "sqrt":
        return f"<msqrt>{inside}</msqrt>"
    if name == "abs":
        return f'<mo form="prefix">|</mo>{inside}<mo form="postfix">|</mo>'
    return f"<mi>{name}</mi>{_bracketed(inside)}"


def _infix(node: ast.BinOp | ast.Compare, leaf: Leaf, binding: int, first: bool) -> str:
    op = node.op if isinstance(node, ast.BinOp) else node.ops[0]
    right = node.right if isinstance(node, ast.BinOp) else node.comparators[0]
    strength = _BINDING[type(op)]
    bracketed = strength < binding
    left = _set(node.left, leaf, strength, first or bracketed)
    # What is subtracted must hold together more tightly than a sum.
    other = _set(right, leaf, strength + isinstance(op, ast.Sub), False)
    inside = f"{left}<mo>{escape(_SIGNS[type(op)])}</mo>{other}"
    return _bracketed(inside) if bracketed else inside


def _bracketed(inside: str) -> str:
    return f"<mrow><mo>(</mo>{inside}<mo>)</mo></mrow>"
