"""Compute a checked program, in tensors of the caller's own or on the meta device for its sizes.

Nothing is compiled: the walk below calls the functions that :mod:`groundup.language.vocabulary`
lists.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

import torch

from groundup.language import vocabulary
from groundup.language.cost import MAX_TOUCHED, touched
from groundup.language.grammar import error_at
from groundup.language.vocabulary import FUNCTIONAL, METHODS, OPERATORS

MAX_ELEMENTS = 4_096
"""How many numbers a tensor may hold."""

MAX_DIMENSIONS = 16
"""How many dimensions a tensor may have: torch itself compares none that have more than 64."""

TOO_MANY = f"Tensors here may hold up to {MAX_ELEMENTS:,} numbers: use smaller shapes."

Node = ast.expr | ast.stmt
Apply = Callable[[Node, Callable[..., Any], list[Any], dict[str, Any]], Any]


def plain(node: Node, function: Callable[..., Any], args: list[Any], named: dict[str, Any]) -> Any:
    """Call ``function`` as Python would; ``node`` is where in the program it stands."""
    return function(*args, **named)


class Sizing:
    """Calls on the meta device, where tensors have a shape and no numbers.

    ``touched`` counts the numbers that all calls touch (:mod:`groundup.language.cost`); a call that
    would be too much is refused before it is made.
    """

    def __init__(self, text: str) -> None:
        self.touched = 0
        self._text = text

    def __call__(
        self, node: Node, function: Callable[..., Any], args: list[Any], named: dict[str, Any]
    ) -> Any:
        """The call's result: a tensor on the meta device, or a plain number.

        Raises:
            ProgramError: where it is too large, touches too much, or PyTorch refuses.
        """
        numbers = touched(function, args)
        try:
            result = function(*args, **named)
        except Exception:  # torch raises what it likes; none of it is lost:
            # asked again with real numbers, of bounded sizes, torch explains itself better.
            self._count(node, numbers)
            result, numbers = self._on_cpu(node, function, args, named), 0
        if isinstance(result, torch.Tensor) and result.numel() > MAX_ELEMENTS:
            reason = f"this makes a tensor of {result.numel():,} numbers. {TOO_MANY}"
            raise error_at(self._text, node, reason)
        if isinstance(result, torch.Tensor) and result.dim() > MAX_DIMENSIONS:
            reason = f"{result.dim()} dimensions are too many: {MAX_DIMENSIONS} are the most."
            raise error_at(self._text, node, reason)
        self._count(node, numbers)
        if isinstance(result, torch.Tensor):
            return result.to("meta")
        if isinstance(result, int | float):
            return result
        raise error_at(self._text, node, "this makes several results at once.")

    def _count(self, node: Node, numbers: int) -> None:
        self.touched += numbers
        if self.touched > MAX_TOUCHED:
            more = "That is more than any of its tensors holds. " if numbers > MAX_ELEMENTS else ""
            reason = (
                f"this counts as {numbers:,} numbers to work through, and the program so far as "
                f"{self.touched:,}; {MAX_TOUCHED:,} are the most. {more}Use smaller shapes, or "
                "fewer lines with such large ones."
            )
            raise error_at(self._text, node, reason)

    def _on_cpu(
        self, node: Node, function: Callable[..., Any], args: list[Any], named: dict[str, Any]
    ) -> Any:
        real = [
            torch.zeros(a.shape, dtype=a.dtype) if isinstance(a, torch.Tensor) else a for a in args
        ]
        try:
            return function(*real, **named)
        except Exception as error:
            words = str(error).strip().split("\n")[0]
            raise error_at(self._text, node, f"PyTorch says: {words}") from None


class Evaluator:
    """Computes a checked program's statements in ``values``."""

    def __init__(self, values: dict[str, Any], apply: Apply) -> None:
        self.values = values
        self.apply = apply

    def statement(self, node: ast.stmt) -> None:
        """Compute one assignment of a checked program.

        Raises:
            ProgramError: where ``apply`` refuses a call.
        """
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.values[name] = self._value(value)
            case ast.AugAssign(target=ast.Name(id=name), op=op, value=value):
                in_place = OPERATORS[type(op)][2]
                args = [self.values[name], self._value(value)]
                self.values[name] = self.apply(node, in_place, args, {})

    def _value(self, node: ast.expr) -> Any:
        match node:
            case ast.Name(id=name):
                return self.values[name]
            case ast.Constant(value=value):
                return value
            case ast.UnaryOp(op=op, operand=operand):
                sign = operator.neg if isinstance(op, ast.USub) else operator.pos
                return self.apply(node, sign, [self._value(operand)], {})
            case ast.BinOp(left=left, op=op, right=right):
                args = [self._value(left), self._value(right)]
                return self.apply(node, OPERATORS[type(op)][1], args, {})
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                return [self._value(element) for element in elements]
            case ast.Call(func=function, args=args, keywords=keywords):
                named = {str(k.arg): self._value(k.value) for k in keywords}
                return self._call(node, function, [self._value(a) for a in args], named)
        raise AssertionError("checked programs hold nothing else")

    def _call(
        self, node: ast.expr, function: ast.expr, args: list[Any], named: dict[str, Any]
    ) -> Any:
        match function:
            case ast.Name(id=name):
                called = vocabulary.function(name)
            case ast.Attribute(value=ast.Name(id="torch"), attr=name):
                called = vocabulary.TORCH[name]
            case ast.Attribute(value=ast.Name(id="F"), attr=name):
                called = FUNCTIONAL[name]
            case ast.Attribute(value=owner, attr=name):
                called, args = METHODS[name], [self._value(owner), *args]
        # None only for a name that is no word, which the grammar refuses.
        return self.apply(node, called, args, named)  # type: ignore[arg-type]
