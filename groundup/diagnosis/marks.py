"""What is remembered of a tensor: where its numbers came from, as far as a rule asks for it.

A mark dies with its tensor, and goes on to what is computed from it as far as its kind says.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from typing import Any, NamedTuple

import torch

MOST_EACH = 12
MOST = 2_000
"""So many tensors are remembered at a time."""


class Mark(NamedTuple):
    """``kind`` says what is remembered, ``line`` where it came about, ``what`` the rest.

    ``goes`` says to which results it is handed on: ``""`` to none, ``"shape"`` to those of the
    same shape, ``"all"`` to all.
    """

    kind: str
    line: int
    what: Any = None
    goes: str = ""


class Marks:
    """The marks of tensors, by their identity; a tensor has at most a few of each kind."""

    def __init__(self) -> None:
        self._of: dict[int, tuple[weakref.ref[torch.Tensor], tuple[Mark, ...]]] = {}

    def __bool__(self) -> bool:
        return bool(self._of)

    def of(self, tensor: Any, kind: str = "") -> tuple[Mark, ...]:
        """The marks of ``tensor``, of one kind or of all."""
        held = self._of.get(id(tensor))
        if held is None:
            return ()
        return held[1] if not kind else tuple(one for one in held[1] if one.kind == kind)

    def one(self, tensor: Any, kind: str) -> Mark | None:
        """The latest mark of ``kind``, if ``tensor`` has one."""
        found = self.of(tensor, kind)
        return found[-1] if found else None

    def put(self, tensor: torch.Tensor, marks: Iterable[Mark]) -> None:
        """Add ``marks`` to those of ``tensor``; of one kind and line it keeps the latest."""
        place = id(tensor)
        held = self._of.get(place)
        if held is None and len(self._of) >= MOST:
            return
        before = held[1] if held else ()
        latest: dict[tuple[str, int], Mark] = {}
        for one in (*before, *marks):
            other = latest.get((one.kind, one.line))
            if other is None or not _older(one, other):
                latest[one.kind, one.line] = one
        new = tuple(latest.values())[-MOST_EACH:]
        reference = held[0] if held else weakref.ref(tensor, lambda _: self._of.pop(place, None))
        self._of[place] = (reference, new)

    def handed_on(self, operands: Iterable[Any], result: torch.Tensor) -> list[Mark]:
        """The marks of ``operands`` that go on to ``result``."""
        return [
            mark
            for operand in operands
            for mark in self.of(operand)
            if mark.goes == "all" or (mark.goes == "shape" and operand.shape == result.shape)
        ]


def _older(one: Mark, other: Mark) -> bool:
    """Whether ``one`` is of something that was counted before ``other``."""
    return isinstance(one.what, int) and isinstance(other.what, int) and one.what < other.what
