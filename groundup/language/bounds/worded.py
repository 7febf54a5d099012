"""Guards that refuse what does not fit them in Python's own words."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType, MethodType
from typing import Any

Call = Callable[..., Any]


def worded(function: Call, guard: Call) -> Call:
    """``guard``, which stands for ``function``; how often and by which names it is called with
    values that it has no place for, Python says of ``function``, and of no guard."""
    if guard is function or not isinstance(guard, FunctionType | MethodType):
        return guard

    def called(*given: Any, **named: Any) -> Any:
        try:
            return guard(*given, **named)
        except TypeError as error:
            # With nothing beneath this frame the guard was not entered: the call itself failed.
            if error.__traceback__ is None or error.__traceback__.tb_next is not None:
                raise
        return function(*given, **named)

    return named_as(function, called)


def named_as(function: Any, guard: Call) -> Call:
    """``guard`` under the name of ``function``, which Python says where ``f(*x)`` cannot be."""
    guard.__module__ = getattr(function, "__module__", None) or "builtins"
    guard.__qualname__ = getattr(function, "__qualname__", type(function).__qualname__)
    return guard
