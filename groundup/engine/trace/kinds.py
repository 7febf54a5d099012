"""What kind of thing a value is, and its attributes, found without running any code of the text.

A class may define ``__getattr__``, ``__repr__``, ``__len__`` or a property of any name, and its
metaclass too. So nothing here asks an object: what is asked are the built-in descriptors.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import torch

from groundup.engine.snapshot import number
from groundup.engine.trace.entries import Value

MAX_TEXT = 60
"""Characters of a text, or of a number, that are kept."""
MAX_ITEMS = 16
"""Things of a list, a dict or an object that are looked at."""

_NAME = type.__dict__["__name__"].__get__
_MRO = type.__dict__["__mro__"].__get__
_TYPE_DICT = type.__dict__["__dict__"].__get__

_WRITTEN = (range, slice, torch.dtype, torch.device, type(Ellipsis), type(NotImplemented))
_CALLED = (
    *(types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.GeneratorType),
    *(types.MethodWrapperType, types.WrapperDescriptorType, types.MethodDescriptorType),
)


def name_of(cls: type) -> str:
    """The name of ``cls``, whatever its metaclass says."""
    return str(_NAME(cls))


def kind_of(cls: type) -> str:
    """What a value of exactly this class is read as: ``"value"``, ``"tensor"``, ``"list"``, …."""
    above: tuple[type, ...] = _MRO(cls)
    if cls in _VALUES or cls in _WRITTEN or cls in _CALLED or type in above:
        return "value"
    if cls is types.ModuleType:
        return "library"
    numpy = sys.modules.get("numpy")
    kinds: tuple[tuple[Any, str], ...] = (
        (torch.Tensor, "tensor"),
        (torch.nn.Module, "module"),
        (torch.optim.Optimizer, "optimizer"),
        (getattr(numpy, "ndarray", None), "array"),
        *((one, one.__name__) for one in (list, tuple, dict, set, frozenset)),
    )
    found = next((kind for base, kind in kinds if base in above), "")
    return found or ("object" if dict_of(cls) else "opaque")


def value_of(value: Any) -> Value:
    """``value``, of a class of kind ``"value"``, as it is written."""
    cls = type(value)
    writes = _VALUES.get(cls)
    if writes:
        return Value(name_of(cls), writes(value))
    if cls in _WRITTEN:
        return Value(name_of(cls), _short(repr(value)))
    if type in _MRO(cls):
        return Value("class", name_of(value))
    # A function's name may be anything that a text assigned to it.
    code = value.__code__.co_name if cls is types.FunctionType else name_of(cls)
    return Value("function", code)


def _short(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def _integer(value: int) -> str:
    # Python refuses to write very long ones, and takes its time for long ones.
    return str(value) if value.bit_length() < 190 else f"a number of {value.bit_length()} bits"


def _text(value: str | bytes) -> str:
    shown = repr(value[: MAX_TEXT + 1])
    return shown if len(value) <= MAX_TEXT else f"{shown[:MAX_TEXT]}… ({len(value):,})"


_VALUES: dict[type, Callable[[Any], str]] = {
    int: _integer,
    float: repr,
    bool: repr,
    complex: repr,
    str: _text,
    bytes: _text,
    type(None): repr,
}
VALUES = frozenset(_VALUES)
"""The classes whose values never change and hold nothing: the same object is the same value."""


def dict_of(cls: type) -> Any:
    """What gives the dictionary of an object of this class; None if it has none to give.

    A text may define a property of the name ``__dict__``: that is not asked.
    """
    holders = (_TYPE_DICT(base).get("__dict__") for base in _MRO(cls))
    found = next((one for one in holders if one is not None), None)
    return found if type(found) is types.GetSetDescriptorType else None


def attributes(value: Any, found: dict[type, Any]) -> dict[str, Any]:
    """The own attributes of ``value``; empty if it keeps them elsewhere than in a dictionary.

    ``found`` is where :func:`dict_of` each class is kept from call to call.
    """
    cls = type(value)
    if cls not in found:
        found[cls] = dict_of(cls)
    own = found[cls].__get__(value) if found[cls] else None
    return own if type(own) is dict else {}


def members(value: Any, kind: str) -> tuple[int, list[tuple[Any, Any]]]:
    """How many things a list, a tuple, a set or a dict holds, and the first with their keys."""
    if kind == "dict":
        return dict.__len__(value), list(islice(dict.items(value), MAX_ITEMS))
    base: Any = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[kind]
    first: Iterable[Any] = islice(base.__iter__(value), MAX_ITEMS)
    return base.__len__(value), list(enumerate(first))


def inside(value: Any, kind: str, found: dict[type, Any]) -> tuple[int, list[tuple[Any, Any]]]:
    """How many attributes a module, an optimizer or another object has, and the first of them.

    A module's are its parameters, its buffers, its parts, and whatever else was assigned to it.
    """
    own = attributes(value, found)
    items = [(k, v) for k, v in list(own.items()) if type(k) is str and k[:1] != "_"]
    if kind == "module":
        kept = (own.get(name) for name in ("_parameters", "_buffers", "_modules"))
        parts = [item for one in kept if type(one) is dict for item in one.items()]
        items = parts + items
    elif kind == "optimizer":
        items = [item for item in items if item[0] != "defaults"]
    return len(items), items[:MAX_ITEMS]


def shown(value: Value) -> str:
    """``value`` as a page writes it: numbers with four digits."""
    return number(float(value.text)) if value.kind == "float" else value.text
