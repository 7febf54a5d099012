"""How large a value is, told without making anything of that size."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

import torch

from groundup.language.bounds.limits import (
    BITS,
    DEEP,
    ENTRIES,
    NESTED,
    STRING,
    WIDTH,
    Stop,
    bits,
    characters,
    entries,
    nested,
    widths,
)

CONTAINERS = (list, tuple, dict, set, frozenset)
TEXTS = (str, bytes, bytearray)
KEPT = (*CONTAINERS, *TEXTS, range, torch.Tensor)
"""What is as long as it is: going through it makes nothing."""

_INSIDE = (list, tuple, frozenset)


def kind_of(value: Any) -> str:
    """What a container is called in a sentence."""
    return next(one.__name__ for one in CONTAINERS if isinstance(value, one))


class Measures:
    """Ends the text (``stop``) where a value is larger than it may be."""

    def __init__(self, stop: Stop) -> None:
        self.stop = stop

    def sized(self, value: Any) -> Any:
        """``value``, whose own size is within the bounds."""
        if isinstance(value, int):
            if value.bit_length() > BITS:
                self.stop(bits())
        elif isinstance(value, CONTAINERS):
            self.length(len(value), kind_of(value))
            if isinstance(value, tuple):
                self.tupled(value)
        elif isinstance(value, TEXTS) and len(value) > STRING:
            self.stop(characters(len(value)))
        return value

    def length(self, count: int, kind: str = "list") -> None:
        """A container of ``count`` entries is wanted."""
        if count > ENTRIES:
            self.stop(entries(count, kind))

    def tupled(self, value: tuple[Any, ...]) -> tuple[Any, ...]:
        """A tuple is never changed: what is within it is counted when it is made."""
        if len(value) > ENTRIES:
            self.stop(entries(len(value), "tuple"))
        if any(isinstance(one, _INSIDE) for one in value):
            self.walked(value)
        return value

    def walked(self, value: Any, times: int = 1) -> Any:
        """``value``, whose parts and their parts are few enough to go through ``times``."""
        if not isinstance(value, CONTAINERS):
            return value
        left, level = NESTED // max(times, 1), [value]
        for _ in range(DEEP):
            inside: list[Any] = []
            for one in level:
                left -= len(one) + 1
                if left < 0:
                    self.stop(nested())
                inside.extend(part for part in parts(one) if isinstance(part, CONTAINERS))
            if not inside:
                return value
            level = inside
        self.stop(nested())

    def spec(self, text: str) -> str:
        """A format's description, whose width and precision are within the bounds."""
        for digits in re.findall(r"\d+", text):
            if len(digits) > 4 or int(digits) > WIDTH:
                self.stop(widths(float(digits[:300])))
        return text


def parts(value: Any) -> Iterable[Any]:
    """What a container holds, keys of a dictionary too; its own methods are not called."""
    if isinstance(value, dict):
        return [part for pair in dict.items(value) for part in pair]
    base: Any = next(one for one in CONTAINERS if isinstance(value, one))
    first: Iterable[Any] = islice(base.__iter__(value), ENTRIES * 3)
    return first
