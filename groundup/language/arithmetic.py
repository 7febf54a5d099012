"""Arithmetic of plain numbers within bounds, so that ``9**9**9`` is refused and not computed."""

from __future__ import annotations

import ast
import math

MAX_NUMBER = 2**53
"""The largest whole number: beyond it a float cannot hold every one."""


class ArithmeticLimitError(ValueError):
    """A number that is not allowed, or that arithmetic cannot give."""


def literal(node: ast.expr) -> int | float:
    """The number that ``node`` writes, with or without a sign.

    Raises:
        ArithmeticLimitError: if it is no number, too large or not finite.
    """
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as inner):
            return -literal(inner)
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return _bounded(value)
        case ast.Constant(value=str() | bytes()):
            raise ArithmeticLimitError("a text in quotes is not in this language. Write a number.")
        case _:
            raise ArithmeticLimitError("only a number, such as 2 or -0.5, can stand here.")


def calculate(op: ast.operator, left: int | float, right: int | float) -> int | float:
    """``left op right``, in bounded time and space.

    Raises:
        ArithmeticLimitError: if the result is too large, not finite or not real.
    """
    match op:
        case ast.Add():
            return _bounded(left + right)
        case ast.Sub():
            return _bounded(left - right)
        case ast.Mult():
            return _bounded(left * right)
        case ast.Div():
            if right == 0:
                raise ArithmeticLimitError(_BY_ZERO)
            return _bounded(left / right)
        case ast.Pow():
            return _power(left, right)
        case _:
            raise ArithmeticLimitError("@ multiplies matrices, and these are plain numbers: use *.")


def _power(base: int | float, exponent: int | float) -> int | float:
    try:
        # In floats first: whole numbers would grow without bound.
        rough = float(base) ** float(exponent)
    except ZeroDivisionError:
        raise ArithmeticLimitError(_BY_ZERO) from None
    except OverflowError:
        raise ArithmeticLimitError(_TOO_LARGE) from None
    if isinstance(rough, complex):
        raise ArithmeticLimitError("this is the root of a negative number. Use another number.")
    _bounded(rough)
    if isinstance(base, int) and isinstance(exponent, int) and exponent >= 0:
        # Exact, and short: what comes out was just found to be small.
        return _bounded(int(pow(base, exponent)))
    return _bounded(rough)


_BY_ZERO = "this divides by zero. Use another number."
_TOO_LARGE = "this number is too large. Use a smaller one."


def _bounded(value: int | float) -> int | float:
    if isinstance(value, int) and abs(value) > MAX_NUMBER:
        raise ArithmeticLimitError(_TOO_LARGE)
    if not math.isfinite(value):
        raise ArithmeticLimitError(_TOO_LARGE)
    return value
