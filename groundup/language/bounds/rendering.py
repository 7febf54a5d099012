"""``repr``, ``str`` and ``format`` that stop before what they write is too long."""

from __future__ import annotations

import math
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch._tensor_str import PRINT_OPTS

from groundup.language.bounds.limits import OUTPUT, written
from groundup.language.bounds.measures import Measures

PRINTED = 4_000
"""How many numbers of one tensor are written, at the most: torch leaves out more by itself, but
not in every shape."""

_REPRS: dict[Any, type] = {
    list.__repr__: list,
    tuple.__repr__: tuple,
    dict.__repr__: dict,
    set.__repr__: set,
    frozenset.__repr__: frozenset,
    OrderedDict.__repr__: OrderedDict,
}


class Rendering:
    """Writes values as Python does, and ends the text where it would not end itself."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures
        self._left = 0
        self._inside: list[int] = []
        self._depth = 0

    def repr(self, value: Any) -> str:
        """As Python's ``repr``."""
        return self._bounded(lambda: self._repr(value))

    def text(self, value: Any) -> str:
        """As Python's ``str``."""
        text: Any = type(value).__str__
        plain = text is object.__str__
        return self.repr(value) if plain else self._bounded(lambda: str(self.leaf(value)))

    def format(self, value: Any, conversion: int, spec: str) -> str:
        """As an f-string formats ``value``."""
        if conversion == -1:
            if not spec and _inherits_format(type(value)):
                return self.text(value)
            return self._short(format(self.leaf(value), self._measures.spec(spec)))
        text = self.text(value) if conversion == ord("s") else self.repr(value)
        made = ascii(value) if conversion == ord("a") and isinstance(value, str) else text
        return self._short(format(made, self._measures.spec(spec)))

    def leaf(self, value: Any) -> Any:
        """``value``, which is written in its own way."""
        if isinstance(value, torch.Tensor):
            self._tensor(value)
        elif isinstance(value, BaseException):
            for one in value.args:
                self._measures.walked(one)
        elif isinstance(value, torch.nn.Module):
            self._left -= 80 * sum(1 for _ in value.modules())
        elif isinstance(value, deque):
            self._measures.walked(list(value))
        return value

    def _tensor(self, value: torch.Tensor) -> None:
        """Torch writes all of a dimension that is short, or the first and last of a long one."""
        if value.numel() > min(PRINT_OPTS.threshold, PRINTED):
            shown = [min(size, 2 * PRINT_OPTS.edgeitems) for size in value.shape]
            if PRINT_OPTS.threshold > PRINTED or math.prod(shown) > PRINTED:
                self._measures.stop(_numbers(value.numel()))

    def _bounded(self, write: Callable[[], str]) -> str:
        outer = self._depth == 0
        if outer:
            self._left, self._inside = 2 * OUTPUT, []
        self._depth += 1
        try:
            return self._spent(write())
        finally:
            self._depth -= 1

    def _short(self, text: str) -> str:
        measured: str = self._measures.sized(text)
        return measured

    def _spent(self, text: str) -> str:
        if len(text) > 2 * OUTPUT:
            self._measures.stop(written())
        return text

    def _repr(self, value: Any) -> str:
        kind = _REPRS.get(type(value).__repr__)
        if kind is None:
            return self._paid(repr(self.leaf(value)))
        if id(value) in self._inside:
            return _again(kind)
        self._inside.append(id(value))
        try:
            return self._container(value, kind)
        finally:
            self._inside.pop()

    def _paid(self, text: str) -> str:
        self._left -= len(text) + 2
        if self._left < 0:
            self._measures.stop(written())
        return text

    def _container(self, value: Any, kind: type) -> str:
        self._paid("")
        if kind is dict:
            pairs = (f"{self._repr(k)}: {self._repr(v)}" for k, v in dict.items(value))
            return f"{{{', '.join(pairs)}}}"
        if kind is OrderedDict:
            return self._ordered(value)
        inside = ", ".join(self._each(kind.__iter__(value)))  # type: ignore[attr-defined]  # every kind that comes here is iterable
        if kind is list:
            return f"[{inside}]"
        if kind is tuple:
            return f"({inside},)" if len(value) == 1 else f"({inside})"
        name = type(value).__name__
        if not inside:
            return f"{name}()"
        return f"{{{inside}}}" if type(value) is set else f"{name}({{{inside}}})"

    def _ordered(self, value: Any) -> str:
        pairs = [f"({self._repr(k)}, {self._repr(v)})" for k, v in value.items()]
        name = type(value).__name__
        return f"{name}([{', '.join(pairs)}])" if pairs else f"{name}()"

    def _each(self, values: Iterable[Any]) -> list[str]:
        return [self._repr(value) for value in values]


def _inherits_format(cls: Any) -> bool:
    return bool(cls.__format__ is object.__format__)


def _again(kind: type) -> str:
    """How Python writes what holds itself."""
    marks: dict[type, str] = {list: "[...]", tuple: "(...)", dict: "{...}"}
    return marks.get(kind, "...")


def _numbers(count: int) -> str:
    return (
        f"writes {count:,} numbers of a tensor; {PRINTED:,} are the most: print its shape, or a few"
    )
