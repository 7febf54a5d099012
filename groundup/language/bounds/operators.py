"""The guards of a rewritten text's operators, comparisons, containers and assignments."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from functools import partial
from types import FunctionType, ModuleType
from typing import Any

import torch

from groundup.language.bounds.iteration import Iteration, is_iterable
from groundup.language.bounds.limits import (
    BITS,
    ENTRIES,
    PASSED,
    STRING,
    bits,
    characters,
    entries,
    passed,
)
from groundup.language.bounds.measures import CONTAINERS, TEXTS, Measures, kind_of
from groundup.language.bounds.rendering import Rendering

_FREE = frozenset({float, torch.Tensor, torch.nn.Parameter, bool, complex, type(None)})
"""Results of these types need no look: what they may be is looked at elsewhere."""

_IN_PLACE: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.iadd,
    "minus": operator.isub,
    "mult": operator.imul,
    "power": operator.ipow,
    "shift": operator.ilshift,
    "modulo": operator.imod,
    "union": operator.ior,
    "exclusive": operator.ixor,
}
_PLAIN: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "minus": operator.sub,
    "mult": operator.mul,
    "power": operator.pow,
    "shift": operator.lshift,
    "modulo": operator.mod,
    "union": operator.or_,
    "exclusive": operator.xor,
}


class Operators:
    """What the guards of operators do."""

    def __init__(self, measures: Measures, rendering: Rendering, iteration: Iteration) -> None:
        self._measures, self._rendering, self._iteration = measures, rendering, iteration
        self._before: dict[str, Callable[[Any, Any], None]] = {
            "mult": self._times,
            "power": self._power,
            "shift": self._shift,
            "modulo": self._modulo,
        }

    def guards(self) -> dict[str, Callable[..., Any]]:
        """Each guard by its name."""
        found: dict[str, Callable[..., Any]] = {}
        for name, compute in _PLAIN.items():
            found[name] = self._guard(compute, self._before.get(name))
            found["i" + name] = self._guard(_IN_PLACE[name], self._before_in_place(name))
        names = ("contains", "container", "comparable", "settable", "growable", "update")
        return {
            **found,
            **{name: getattr(self, name) for name in names},
            "tupled": self._measures.tupled,
            "shown": self._rendering.format,
            "slice": slice,
            "attribute": _Attribute,
            "item": _Item,
        }

    def _guard(
        self, compute: Callable[[Any, Any], Any], before: Callable[[Any, Any], None] | None
    ) -> Callable[[Any, Any], Any]:
        sized = self._measures.sized

        def guarded(left: Any, right: Any) -> Any:
            if before is not None:
                before(left, right)
            result = compute(left, right)
            return result if type(result) in _FREE else sized(result)

        return guarded

    def _before_in_place(self, name: str) -> Callable[[Any, Any], None] | None:
        return self._extended if name == "add" else self._before.get(name)

    # What is looked at before it is computed

    def _extended(self, left: Any, right: Any) -> None:
        """``list += anything`` goes through anything to its end."""
        if isinstance(left, list) and not isinstance(right, CONTAINERS):
            if isinstance(right, range):
                self._measures.length(len(right))
            elif is_iterable(right) and not isinstance(right, (*TEXTS, torch.Tensor)):
                self._measures.stop(_ENDLESS)

    def _times(self, left: Any, right: Any) -> None:
        for one, times in ((left, right), (right, left)):
            if not isinstance(times, int) or isinstance(one, int | float):
                continue
            if isinstance(one, TEXTS):
                self._fits(one, times, characters, STRING)
            elif isinstance(one, CONTAINERS):
                self._fits(one, times, partial(entries, kind=kind_of(one)), ENTRIES)
                self._measures.walked(one if isinstance(one, tuple) else (), times)

    def _fits(self, one: Any, times: int, said: Callable[[float], str], most: int) -> None:
        if len(one) * times > most:
            self._measures.stop(said(float(min(len(one) * times, 10**300))))

    def _power(self, base: Any, exponent: Any) -> None:
        if isinstance(base, int) and isinstance(exponent, int) and exponent > 0:
            size = abs(base).bit_length()
            if size > 1 and (size - 1) * exponent > BITS:
                self._measures.stop(bits())

    def _shift(self, left: Any, right: Any) -> None:
        whole = isinstance(left, int) and isinstance(right, int)
        if whole and left and left.bit_length() + right > BITS:
            self._measures.stop(bits())

    def _modulo(self, left: Any, right: Any) -> None:
        """``text % values`` formats; so many characters at the most."""
        if isinstance(left, TEXTS):
            text = left if isinstance(left, str) else left.decode("latin-1")
            if re.search(r"%[^a-zA-Z%]*\*", text):
                self._measures.stop(_STARRED)
            # What stands between % and its letter; the other digits are the text's own.
            self._measures.spec(" ".join(re.findall(r"%[^a-zA-Z%]*", text)))
            for one in right if isinstance(right, tuple) else (right,):
                self._rendering.text(one)

    # Comparisons

    def comparable(self, value: Any) -> Any:
        """One side of a comparison."""
        return self._measures.walked(value) if isinstance(value, CONTAINERS) else value

    def contains(self, value: Any, container: Any) -> bool:
        """``value in container``."""
        if isinstance(container, range):
            if type(value) not in {int, bool} and len(container) > PASSED:
                self._measures.stop(passed())
            return value in container
        self.comparable(value)
        return value in self.container(container)

    def container(self, value: Any) -> Any:
        """What is on the right of an ``in``; a range is asked one by one for what is no integer."""
        if isinstance(value, CONTAINERS):
            return self._measures.walked(value)
        plain = isinstance(value, (*TEXTS, torch.Tensor, range))
        if plain or hasattr(type(value), "__contains__") or not is_iterable(value):
            return value
        return self._iteration.iterated(value)

    # Assignments

    def settable(self, owner: Any) -> Any:
        """What an attribute is assigned to: something of the text's own, nothing that all share."""
        cls = type(owner)
        shared = isinstance(owner, ModuleType) or (
            isinstance(owner, type | FunctionType) and not self._is_own(owner)
        )
        own = self._is_own(cls) or isinstance(owner, _OWN)
        if shared or not (own or self._is_own(owner)):
            name = getattr(owner, "__name__", cls.__name__)
            self._measures.stop(f"changes {name}, which all who learn here share: make your own")
        return owner

    def _is_own(self, one: Any) -> bool:
        """Whether a class or a function was made by the text."""
        return isinstance(one, type | FunctionType) and self._iteration.is_own(one)

    def growable(self, owner: Any) -> Any:
        """What an item is assigned to."""
        if isinstance(owner, CONTAINERS):
            self._measures.length(len(owner), kind_of(owner))
        elif isinstance(owner, ModuleType | type):
            self.settable(owner)
        return owner

    def update(self, place: _Attribute | _Item, name: str, value: Any) -> None:
        """``owner.attribute += value``, ``owner[index] += value``."""
        check = self.settable if isinstance(place, _Attribute) else self.growable
        check(place.owner)
        before = self._before_in_place(name[1:])
        if before is not None:
            before(place.value, value)
        place.store(self._measures.sized(_IN_PLACE[name[1:]](place.value, value)))


_OWN = (
    *(torch.Tensor, torch.nn.Module, torch.optim.Optimizer, torch.Generator),
    *(torch.optim.lr_scheduler.LRScheduler, torch.autograd.function.FunctionCtx),
)
"""Objects that a text makes for itself; their classes are shared."""
_ENDLESS = "adds what may have no end to a list: write list(...) around it"
_STARRED = "gives a width as * in a text that is formatted: write the width as a number"


class _Attribute:
    """An attribute that is updated: read before the new value is computed, as Python does."""

    def __init__(self, owner: Any, name: str) -> None:
        self.owner, self._name = owner, name
        self.value = getattr(owner, name)

    def store(self, value: Any) -> None:
        setattr(self.owner, self._name, value)


class _Item:
    """An item that is updated."""

    def __init__(self, owner: Any, index: Any) -> None:
        self.owner, self._index = owner, index
        self.value = owner[index]

    def store(self, value: Any) -> None:
        self.owner[self._index] = value
