"""The parameter block at the head of a lesson's text, and what each parameter allows."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from groundup.engine.text import parsed

Literal = bool | int | float | str | list[Any] | tuple[Any, ...]
"""What may stand on the right of a parameter."""

_NUMBER = r"[+-]?[\d.]+(?:e[+-]?\d+)?"
_RANGE = re.compile(rf"(?:^|\s)({_NUMBER}) to ({_NUMBER})$")
_CHOICES = re.compile(r"(?:^|: )([\w ]+(?:, [\w ]+)*) or ([\w ]+)$")
_KINDS = {bool: "True or False", int: "a whole number", float: "a number", str: "a text"}


@dataclass(frozen=True)
class Parameter:
    """One setting of a lesson, as its text declares it.

    ``low``/``high`` come from a comment that ends in ``LOW to HIGH``, ``options`` from one that
    ends in ``: A, B or C``; the comment is thus both the learner's note and the core's check.
    """

    name: str
    default: Literal
    help: str = ""
    low: float | None = None
    high: float | None = None
    options: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What may be given, in words: ``a number from 0.0001 to 10``."""
        if self.options:
            return "one of " + ", ".join(self.options)
        kind = _KINDS.get(type(self.default), f"a {type(self.default).__name__}")
        return kind if self.low is None else f"{kind} from {self.low:g} to {self.high:.10g}"

    def check(self, value: object) -> Literal:
        """Return ``value`` in the parameter's own type.

        Raises:
            ValueError: naming the parameter, the value and what is allowed.
        """
        kind = type(self.default)
        if kind is float and type(value) is int and abs(value) < 2**53:
            value = float(value)
        good = type(value) is kind
        if good and isinstance(value, int | float):
            good = math.isfinite(value) and (
                self.low is None or self.high is None or self.low <= value <= self.high
            )
        if good and self.options:
            good = value in self.options
        if not good:
            shown = repr(value) if len(repr(value)) <= 40 else repr(value)[:37] + "..."
            raise ValueError(f"{self.name} = {shown} is not allowed: it must be {self.allowed}.")
        return value  # type: ignore[return-value]  # its type was compared above


def parameters(text: str) -> dict[str, Parameter]:
    """Those that ``text`` declares in its first block, by name."""
    return {parameter.name: parameter for parameter, _ in parameter_nodes(text)}


@lru_cache(maxsize=64)
def parameter_nodes(text: str) -> tuple[tuple[Parameter, ast.expr], ...]:
    """The parameters at the head of ``text``, each with the node of its literal."""
    return tuple(_declared(text))


def _declared(text: str) -> Iterator[tuple[Parameter, ast.expr]]:
    lines = text.splitlines()
    for statement in parsed(text).body:
        match statement:
            case ast.Expr(value=ast.Constant(value=str())) | ast.Import() | ast.ImportFrom():
                continue
            case ast.Assign(targets=[ast.Name(id=name)], value=node):
                try:
                    default = ast.literal_eval(node)
                except ValueError:
                    return
                yield _parameter(name, default, _comment_after(node, lines)), node
            case _:
                return


def _comment_after(node: ast.expr, lines: list[str]) -> str:
    tail = lines[node.end_lineno - 1 if node.end_lineno else 0].encode()
    return tail[node.end_col_offset or 0 :].decode().strip().removeprefix("#").strip()


def _parameter(name: str, default: Literal, comment: str) -> Parameter:
    if limits := _RANGE.search(comment):
        low, high = float(limits[1]), float(limits[2])
        return Parameter(name, default, comment, low, high)
    if isinstance(default, str) and (listed := _CHOICES.search(comment)):
        return Parameter(name, default, comment, options=(*listed[1].split(", "), listed[2]))
    return Parameter(name, default, comment)
