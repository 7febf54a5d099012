"""How much memory something holds, as far as it can be told without asking every object."""

from __future__ import annotations

import sys
import threading
import types
from array import array
from collections.abc import Iterable
from typing import Any

import torch

MOST_OBJECTS = 100_000
"""So many are looked at; what is bigger than that counts as what was found so far."""

# What belongs to the program, or to everybody.
_SHARED = (
    *(type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType),
    *(types.CodeType, types.GeneratorType, threading.Thread, torch.dtype, torch.device),
)
_PLAIN = (str, bytes, bytearray, array, int, float, complex, bool, type(None))


def bytes_of(thing: object) -> int:
    """About how many bytes ``thing`` and all that it refers to hold, each object counted once."""
    seen: set[int] = set()
    todo: list[object] = [thing]
    total = 0
    while todo and len(seen) < MOST_OBJECTS:
        one = todo.pop()
        if id(one) in seen or isinstance(one, _SHARED):
            continue
        seen.add(id(one))
        total += _own(one, seen)
        todo += _parts(one)
    return total


def _own(one: Any, seen: set[int]) -> int:
    if isinstance(one, torch.Tensor):
        return _storage(one, seen)
    if _numbers(one):
        return sys.getsizeof(one) + len(one) * sys.getsizeof(one[0])
    return sys.getsizeof(one)


def _storage(tensor: torch.Tensor, seen: set[int]) -> int:
    """The numbers of ``tensor``; views share them."""
    if tensor.device.type == "meta" or tensor.untyped_storage().data_ptr() in seen:
        return 0
    seen.add(tensor.untyped_storage().data_ptr())
    return tensor.untyped_storage().nbytes()


def _numbers(one: Any) -> bool:
    """Whether it is a row of numbers, which need not be looked at one by one."""
    ends = (one[0], one[-1]) if isinstance(one, list | tuple) and one else ()
    return bool(ends) and all(type(end) in (int, float) for end in ends)


def _parts(one: Any) -> Iterable[object]:
    if isinstance(one, torch.Tensor):
        return [one.grad] if one.is_leaf and one.grad is not None else []
    if isinstance(one, _PLAIN) or _numbers(one):
        return []
    if isinstance(one, dict):
        return [*one.keys(), *one.values()]
    if isinstance(one, list | tuple | set | frozenset):
        return one
    return list(getattr(one, "__dict__", {}).values())
