"""The torch mode that hears every call of torch that a text makes, and tells those who listen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from groundup.diagnosis.lines import NOWHERE, Place, place, text_frame

QUIET = frozenset(
    (
        "size",
        "dim",
        "numel",
        "stride",
        "is_contiguous",
        "storage_offset",
        "element_size",
        "__len__",
        "__hash__",
        "__format__",
        "__repr__",
        "__bool__",
        "__dir__",
        "is_floating_point",
        "is_complex",
        "is_nonzero",
        "ndimension",
        "untyped_storage",
        "data_ptr",
        "_RecordFunction",
        "is_signed",
        "get_device",
        "type",
        "__contains__",
        "__iter__",
        "register_hook",
        "retain_grad",
        "result_type",
        "can_cast",
        "get_default_dtype",
        "is_tensor",
        "is_storage",
        "iinfo",
        "finfo",
    )
)
"""Calls that compute nothing and change nothing."""

LOUD = (
    "grad_fn.get",
    "grad.get",
    "grad.set",
    "data.get",
    "data.set",
    "is_leaf.get",
    "requires_grad.set",
    "T.get",
)
"""Of the attributes of tensors, those that somebody listens to."""


PLAIN = {torch.Tensor, torch.nn.Parameter, torch.nn.Buffer}
"""The classes of tensors that are torch's own."""


class Call:
    """A call of torch as it is about to happen, or has."""

    __slots__ = ("args", "kwargs", "name", "place")

    def __init__(self, name: str, args: Any, kwargs: Any, where: Place) -> None:
        self.name, self.args, self.kwargs, self.place = name, args, kwargs, where

    @property
    def line(self) -> int:
        """The innermost line of the text."""
        return self.place.line

    @property
    def first(self) -> Any:
        """The first operand; None where there is none, or only named ones."""
        return self.args[0] if self.args else None

    def get(self, index: int, name: str, default: Any = None) -> Any:
        """The operand at ``index``, or that of this name."""
        return self.args[index] if len(self.args) > index else self.kwargs.get(name, default)


Before = Callable[[Call], None]
After = Callable[[Call, Any], None]


class Listeners:
    """Who is told of which call: before it, after it, after any, and when it raised."""

    def __init__(self) -> None:
        self.before: dict[str, list[Before]] = {}
        self.after: dict[str, list[After]] = {}
        self.always: list[After] = []
        self.raised: list[Callable[[Call, BaseException], None]] = []

    def add(self, *names: str, before: Before | None = None, after: After | None = None) -> None:
        """Tell of the calls of these ``names``."""
        for name in names:
            if before:
                self.before.setdefault(name, []).append(before)
            if after:
                self.after.setdefault(name, []).append(after)


class Mode(TorchFunctionMode):
    """Hears the calls of ``file``. It hands on what they give, whatever the listeners do.

    Attributes:
        resting: True while an optimizer steps: its own calls are nobody's business.
        names: the text's variables.
        faults: what went wrong in listeners, and at which call; a test sees that it stays empty.
    """

    def __init__(self, file: str, listeners: Listeners) -> None:
        super().__init__()
        self.resting = False
        self._file, self._to = file, listeners
        self.names: dict[str, Any] = {}
        self.faults: dict[str, str] = {}
        self._called: dict[Any, str] = {}
        self._around: int | None = None

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Call ``func``, and tell of it."""
        kwargs = kwargs or {}
        name = self._called.get(func)
        if name is None:
            name = self._called.setdefault(func, name_of(func))
            self._find_names()
        resting = self.resting and name != "backward"
        if not name or resting or not self._plain() or not PLAIN.issuperset(types):
            return func(*args, **kwargs)
        return self._told(Call(name, args, kwargs, place(self._file, 2)), func)

    def _plain(self) -> bool:
        """Whether nothing of the text's own would see what the listeners compute."""
        deep = torch._C._len_torch_dispatch_stack()
        # A text may run within bounds, which are a mode of their own: as its first call is made.
        self._around = deep if self._around is None else self._around
        return deep == self._around and torch._C._functorch.maybe_current_level() is None

    def _find_names(self) -> None:
        if not self.names:
            frame = text_frame(self._file, sys._getframe(2))
            self.names = frame.f_globals if frame is not None else {}

    def _told(self, call: Call, func: Any) -> Any:
        if call.place is NOWHERE:
            return func(*call.args, **call.kwargs)
        self._tell(self._to.before.get(call.name, ()), call)
        try:
            result = func(*call.args, **call.kwargs)
        except Exception as error:
            self._tell(self._to.raised, call, error)
            raise
        if isinstance(result, torch.Tensor) and type(result) not in PLAIN:
            return result  # Of a class of the text's own nothing is asked: it may answer.
        self._tell(self._to.always, call, result)
        self._tell(self._to.after.get(call.name, ()), call, result)
        return result

    def _tell(self, listeners: Iterable[Callable[..., None]], *what: Any) -> None:
        """What the text computes goes on, even where a listener is at fault."""
        for listener in listeners:
            try:
                listener(*what)
            except Exception as fault:
                self.faults.setdefault(f"{type(fault).__name__}: {fault}", what[0].name)


def name_of(func: Any) -> str:
    """What ``func`` is called here: ``"sub"``, ``"grad.get"``; nothing for what is not heard."""
    name = str(getattr(func, "__name__", ""))
    if name in {"__get__", "__set__", "__delete__"}:
        owner = getattr(getattr(func, "__self__", None), "__name__", "")
        name = f"{owner}.{name.strip('_')}"
        return name if name in LOUD else ""
    if name == "_set_grad_enabled" or "profiler" in str(getattr(func, "__module__", "")):
        return ""
    return "" if name in QUIET or name.startswith("_record_function") else name


def tensors(values: Any) -> list[torch.Tensor]:
    """The tensors among ``values``, and in the lists among them."""
    found = []
    for value in values:
        cls = type(value)
        if cls is torch.Tensor or cls is torch.nn.Parameter:
            found.append(value)
        elif cls is list or cls is tuple:
            found += [one for one in value[:64] if isinstance(one, torch.Tensor)]
    return found
