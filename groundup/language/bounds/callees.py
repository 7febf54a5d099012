"""What a text calls: its own code as it is, and all else through a guard that knows it."""

from __future__ import annotations

import math
import random
from collections import deque
from collections.abc import Callable
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

import torch
from torch.utils.data import DataLoader

from groundup.language.bounds import denied
from groundup.language.bounds.builtin import Builtins
from groundup.language.bounds.containers import Methods
from groundup.language.bounds.iteration import Iteration
from groundup.language.bounds.limits import ENTRIES, NESTED
from groundup.language.bounds.measures import CONTAINERS, TEXTS, Measures
from groundup.language.bounds.worded import named_as

Call = Callable[..., Any]

_HARMLESS = frozenset({float, int, bool, str, torch.Tensor, torch.nn.Parameter, type(None)})
_DESCRIPTORS = (type(str.join), type(list.__init__), type([].__len__))
_LISTED = frozenset({"tolist", "apply_", "map_", "map2_"})
"""Methods of tensors that go through all numbers one by one, in Python."""


class Callees:
    """Finds what stands for each thing that is called."""

    def __init__(
        self, measures: Measures, iteration: Iteration, builtins: Builtins, methods: Methods
    ) -> None:
        self._measures, self._iteration = measures, iteration
        self._table, self._methods = builtins.table(), methods
        self._special: dict[Any, Call] = {
            DataLoader.__init__: self._loader,
            torch.set_printoptions: lambda _: printed_options(measures),
        }

    def callee(self, function: Any) -> Any:  # noqa: PLR0911  # one answer a kind
        """What is called instead of ``function``: itself, or a guard that calls it."""
        cls = type(function)
        if cls is FunctionType:
            return function if self._iteration.is_own(function) else self._function(function)
        if cls is MethodType:
            return self._method(function)
        if cls is BuiltinFunctionType:
            return self._builtin(function)
        if isinstance(function, type):
            return self._class(function)
        if isinstance(function, torch.nn.Module) or self._iteration.is_own(cls):
            return function
        if cls in _DESCRIPTORS:
            return self._descriptor(function)
        return self._foreign(function)

    def _function(self, function: Any) -> Any:
        special = self._special.get(function)
        if special:
            return special(function)
        return self._table.get(function) or self._foreign(function)

    def _method(self, function: MethodType) -> Any:
        inner = function.__func__
        if type(inner) is FunctionType and self._iteration.is_own(inner):
            return function
        if isinstance(function.__self__, random.Random):  # what ``random`` calls its functions
            return self._table.get(function) or self._foreign(function)
        special = self._special.get(inner)
        return special(function) if special else self._foreign(function)

    def _class(self, cls: type) -> Any:
        if cls in self._table:
            return self._table[cls]
        if issubclass(cls, DataLoader):
            return self._loader(cls)
        if self._iteration.is_own(cls):
            plain = not issubclass(cls, (*CONTAINERS, *TEXTS, int))
            return cls if plain else self._limited(cls)
        return self._foreign(cls)

    def _builtin(self, function: Any) -> Any:
        owner = function.__self__
        if owner is None or isinstance(owner, ModuleType):
            found = self._table.get(function)
            return found if found is not None else self._foreign(function)
        if isinstance(owner, torch.Tensor):
            return self._of_tensor(function, owner)
        if isinstance(owner, (*CONTAINERS, *TEXTS, int, range, deque)):
            return self._methods.bound(function, owner)
        if isinstance(owner, type):
            return self._methods.of_class(function, owner) or self._foreign(function)
        return self._foreign(function)

    def _of_tensor(self, function: Any, owner: torch.Tensor) -> Any:
        name = function.__name__
        if name in _LISTED and owner.numel() > NESTED:
            self._measures.stop(
                f"goes through {owner.numel():,} numbers one by one; {NESTED:,} are the most: "
                "let torch compute with all at once"
            )
        return self._foreign(function)

    def _descriptor(self, function: Any) -> Any:
        """A method without its object, such as ``str.upper``, or one of Python's own."""
        name = function.__name__
        if hasattr(function, "__self__"):  # super().__init__ and its like
            return self._limited(function)
        if issubclass(function.__objclass__, torch._C.TensorBase):
            return self._foreign(function)
        return lambda owner, *given, **named: self.callee(
            getattr(super(type(owner), owner) if name[:1] == "_" else owner, name)
        )(*given, **named)

    def _foreign(self, function: Any) -> Any:
        """A guard for what others wrote: it may be called, and gets nothing that has no end."""
        reason = denied.reason(function)
        if reason:
            self._measures.stop(reason)
        return self._limited(function)

    def _limited(self, function: Any) -> Call:
        def limited(*given: Any, **named: Any) -> Any:
            given = tuple([v if type(v) in _HARMLESS else self._argument(v) for v in given])
            named = {k: v if type(v) in _HARMLESS else self._argument(v) for k, v in named.items()}
            return function(*given, **named)

        return named_as(function, limited)

    def _argument(self, value: Any) -> Any:
        if isinstance(value, CONTAINERS):
            return self._measures.walked(value)
        return self._iteration.limited(value)

    def _loader(self, function: Any) -> Call:
        """A DataLoader without workers: they would be processes of their own."""

        def made(*given: Any, **named: Any) -> Any:
            at = 6 if isinstance(function, MethodType | type) else 7
            workers = given[at - 1] if len(given) >= at else named.get("num_workers", 0)
            if workers:
                self._measures.stop("asks for worker processes: write num_workers=0 here")
            if named.get("pin_memory") or named.get("multiprocessing_context"):
                self._measures.stop("asks for what a GPU needs: leave pin_memory out here")
            return self._limited(function)(*given, **named)

        return made


def printed_options(measures: Measures) -> Call:
    """``torch.set_printoptions`` that keeps what is printed short."""

    def options(*given: Any, **named: Any) -> None:
        most = [v for v in (*given, *named.values()) if isinstance(v, int | float) and v > ENTRIES]
        if most and most != [math.inf]:
            measures.stop(f"asks for more than {ENTRIES:,} numbers in print: ask for fewer")
        # Torch gives it no types.
        torch.set_printoptions(*given, **named)  # type: ignore[no-untyped-call]  # torch gives it no types

    return options
