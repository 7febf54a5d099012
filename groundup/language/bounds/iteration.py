"""Going through things: whatever may have no end is counted and looked at on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from operator import length_hint
from types import FunctionType
from typing import Any

import torch

from groundup.language.bounds.limits import ENTRIES, PASSED, passed
from groundup.language.bounds.measures import CONTAINERS, KEPT, Measures

MODULE = "__main__"
"""The name of the module that a text is; its classes bear it."""
_NO_MORE = object()


class Iteration:
    """Iterates for the text, and calls ``look`` for each thing that passes."""

    def __init__(
        self, measures: Measures, look: Callable[[], None], namespace: dict[str, Any]
    ) -> None:
        self._measures, self._look, self._namespace = measures, look, namespace

    def guards(self) -> dict[str, Callable[..., Any]]:
        """Each guard by its name."""
        names = ("iterated", "spread", "listed", "collected", "mapped", "ticked")
        return {name: getattr(self, name) for name in names}

    def is_own(self, made: type | FunctionType) -> bool:
        """Whether a class or a function was made by the text."""
        if isinstance(made, FunctionType):
            return made.__globals__ is self._namespace
        return made.__module__ == MODULE

    def iterated(self, values: Any) -> Any:
        """``values``, to go through: as they are if they are few and all there."""
        if isinstance(values, CONTAINERS) or (isinstance(values, range) and len(values) < 1_000):
            return values
        return self._passing(iter(values))

    def _passing(self, values: Iterator[Any]) -> Iterator[Any]:
        for value in islice(values, PASSED):
            self._look()
            yield value
        if next(values, _NO_MORE) is not _NO_MORE:
            self._measures.stop(passed())

    def limited(self, values: Any) -> Any:
        """``values`` for a function that may keep them all; others than generators stay."""
        if isinstance(values, range):
            self._measures.length(len(values))
        elif hasattr(type(values), "__next__") and not isinstance(values, KEPT):
            return values if _is_short(values) else self._few(values)
        return values

    def _few(self, values: Iterable[Any]) -> Iterator[Any]:
        """So many of ``values`` as a list may hold; the text is ended where there are more."""
        for count, value in enumerate(self.iterated(values)):
            self._measures.length(count + 1)
            yield value

    def all_of(self, values: Iterable[Any], kind: str = "list") -> list[Any]:
        """All of ``values``, which are looked at one by one."""
        found = list(islice(self.iterated(values), ENTRIES + 1))
        self._measures.length(len(found), kind)
        return found

    def spread(self, values: Any, kind: str = "list") -> Any:
        """``values`` where they all are wanted at once: ``*values``."""
        if isinstance(values, CONTAINERS):
            self._measures.length(len(values))
            return values
        if not is_iterable(values):  # Python says so in its own words
            return values
        return self.all_of(values, kind)

    # Comprehensions: what they go through was looked at already

    def listed(self, values: Iterator[Any]) -> list[Any]:
        """What a list comprehension makes."""
        return self._taken(values, "list")

    def collected(self, values: Iterator[Any]) -> set[Any]:
        """What a set comprehension makes."""
        return set(self._taken(values, "set"))

    def mapped(self, values: Iterator[Any]) -> dict[Any, Any]:
        """What a dict comprehension makes."""
        return dict(self._taken(values, "dict"))

    def _taken(self, values: Iterator[Any], kind: str) -> list[Any]:
        found = list(islice(values, ENTRIES + 1))
        self._measures.length(len(found), kind)
        return found

    def ticked(self, value: Any) -> Any:
        """The value of a lambda: it is no statement, and may be called for ever."""
        self._look()
        return value


def _is_short(values: Any) -> bool:
    """Whether Python itself knows that an iterator of its own, of a list say, ends soon."""
    own = type(values).__module__ == "builtins"
    return own and 0 <= length_hint(values, ENTRIES + 1) <= ENTRIES


def is_iterable(values: Any) -> bool:
    """Whether Python would go through ``values``."""
    if isinstance(values, torch.Tensor):
        return values.dim() > 0
    return hasattr(type(values), "__iter__") or hasattr(type(values), "__getitem__")
