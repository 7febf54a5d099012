"""Read a tensor or a NumPy array into an entry, and notice cheaply that nothing of it changed."""

from __future__ import annotations

import math
from typing import Any

import torch

from groundup.engine.trace import numbers
from groundup.engine.trace.entries import Form, TensorEntry
from groundup.engine.trace.kinds import name_of

# Getters of the built-in class: a subclass may define its own attributes of these names. Those of
# an object's state are called often, and so each is looked up once.
_BASE: Any = torch._C.TensorBase
VERSION = _BASE._version.__get__
ADDRESS = _BASE.data_ptr
GRAD = _BASE.grad.__get__
IS_LEAF = _BASE.is_leaf.__get__
IS_LEAF = _BASE.is_leaf.__get__
REQUIRES_GRAD = _BASE.requires_grad.__get__
RETAINS_GRAD = _BASE.retains_grad.__get__
OFFSET = _BASE.storage_offset
STORAGE = _BASE.untyped_storage
TRANSFORMED = torch._C._functorch.is_functorch_wrapped_tensor


class Reading:
    """What is known of one tensor: enough to see that it is as it was.

    Attributes:
        form: its :class:`Form`.
        address: where its first value lies; 0 if it has no memory that can be read.
    """

    __slots__ = (
        *("_code", "_forms", "_grad", "_raw", "_required", "_version", "_where", "_window"),
        *("address", "form"),
    )

    def __init__(self, tensor: torch.Tensor, forms: Forms) -> None:
        self._forms = forms
        self._raw: bytes | None = None  # nothing was read yet
        self._version: int | None = -1
        self._required = REQUIRES_GRAD(tensor)
        self._grad: int | None = None
        self._look_up(tensor)

    def _look_up(self, tensor: torch.Tensor) -> None:
        """Read all but the values, and where those lie."""
        self.form = form_of(tensor, self._forms)
        self.address, self._window, self._code = 0, None, ""
        shape, strides = self.form.shape, self.form.strides
        if self.form.values or self.form.device != "cpu" or 0 in shape:
            return
        length, count = numbers.span(shape, strides), math.prod(shape)
        dtype = _BASE.dtype.__get__(tensor)
        self.address = ADDRESS(tensor)
        if STORAGE(tensor).nbytes() < (OFFSET(tensor) + length) * dtype.itemsize:
            self.form = self.form._replace(values="freed")
            self.address = 0
            return
        self._window = numbers.window(self.address, min(length, numbers.MAX_READ) * dtype.itemsize)
        if max(length, count) <= numbers.MAX_READ and not _flipped(tensor):
            self._code = numbers.code_of(dtype)
            in_order = length == count and _BASE.is_contiguous(tensor)
            self._where = None if in_order else numbers.places(shape, strides, count)

    def gradient(self, tensor: torch.Tensor) -> Any:
        """``tensor.grad``, not asked of a result that keeps none: torch would warn."""
        # What an autograd function made is a leaf inside it, and none once it has returned.
        return GRAD(tensor) if RETAINS_GRAD(tensor) or IS_LEAF(tensor) else None

    def changed(self, tensor: torch.Tensor, grad: int | None) -> bool:
        """Whether ``tensor``, whose gradient is the object ``grad``, is not as it was.

        What torch's versions do not count (a change through ``.data``, or through a NumPy array) is
        seen in the first 1,024 elements.
        """
        window = self._window
        if (
            window is not None
            and self._version is not None
            and self.address == ADDRESS(tensor)
            and self._raw == window.raw
            and self._version == VERSION(tensor)
            and self._required is REQUIRES_GRAD(tensor)
            and self._grad == grad
            and (self.form.is_leaf or self.form.retains_grad is RETAINS_GRAD(tensor))
        ):
            return False
        return self._compare(tensor, grad)

    def _compare(self, tensor: torch.Tensor, grad: int | None) -> bool:
        before = self._version, self._raw, self._grad, self.form, self.address
        if self._window is not None and self.address != ADDRESS(tensor):
            self._look_up(tensor)
        # Inference tensors do not track their version, and raise when asked for it.
        version = None if _BASE.is_inference(tensor) else VERSION(tensor)
        required = REQUIRES_GRAD(tensor)
        if required is not self._required or not self._same_form(tensor):
            self._look_up(tensor)
        self._raw = self._window.raw if self._window is not None else b""
        self._version, self._required, self._grad = version, required, grad
        return before != (version, self._raw, grad, self.form, self.address)

    def _same_form(self, tensor: torch.Tensor) -> bool:
        """Whether a change in place left all but the values; that of a result makes a new node."""
        return (
            self.form.is_leaf
            and _BASE.shape.__get__(tensor) == self.form.shape
            and (not self.form.strides or _BASE.stride(tensor) == self.form.strides)
        )

    def block(self, tensor: torch.Tensor) -> tuple[int, int]:
        """Where the memory that ``tensor`` is a part of begins, and its bytes."""
        size = _BASE.dtype.__get__(tensor).itemsize
        return self.address - OFFSET(tensor) * size, STORAGE(tensor).nbytes()

    def entry(self, tensor: torch.Tensor, storage: int | None, grad: int | None) -> TensorEntry:
        """The entry of ``tensor`` as it is."""
        offset = OFFSET(tensor) if storage is not None else 0
        values: numbers.Summary = ((), None, None, None)
        form = self.form
        try:
            if self._window is not None and self._code:
                values = numbers.from_memory(self._raw or b"", self._code, self._where)
            elif not form.values and 0 not in form.shape:
                values = numbers.asked(tensor, form.shape)
        except Exception:  # whatever a subclass or a device has against being read
            form = form._replace(values="unreadable")
        return TensorEntry(form, self._version, storage, offset, grad, *values)


def _flipped(tensor: torch.Tensor) -> bool:
    """Whether its memory holds the negatives or the conjugates of its values."""
    return bool(_BASE.is_neg(tensor) or _BASE.is_conj(tensor))


Forms = dict[tuple[Any, ...], Form]


def form_of(tensor: torch.Tensor, forms: Forms) -> Form:
    """The :class:`Form` of ``tensor``; equal ones are one object, kept in ``forms``."""
    try:
        strided = _BASE.layout.__get__(tensor) is torch.strided
        strides = tuple(_BASE.stride(tensor)) if strided else ()
    except RuntimeError:
        strides, strided = (), False
    leaf, node = IS_LEAF(tensor), _BASE.grad_fn.__get__(tensor)
    key = (
        *(type(tensor), _BASE.dtype.__get__(tensor), _BASE.device.__get__(tensor)),
        *(_BASE.shape.__get__(tensor), strides, strided, REQUIRES_GRAD(tensor), leaf),
        # A leaf cannot be asked to retain its gradient: it does.
        *(not leaf and RETAINS_GRAD(tensor), type(node), TRANSFORMED(tensor)),
    )
    if key not in forms:
        forms[key] = _form(tensor, key)
    return forms[key]


def _form(tensor: torch.Tensor, key: tuple[Any, ...]) -> Form:
    cls, dtype, device, shape, strides, strided, requires_grad, leaf, retains, node, wrapped = key
    return Form(
        type=name_of(cls),
        dtype=str(dtype).removeprefix("torch."),
        device=str(device),
        shape=tuple(shape),
        strides=strides,
        requires_grad=requires_grad,
        is_leaf=leaf,
        retains_grad=retains,
        grad_fn="" if node is type(None) else name_of(node).removesuffix("0"),
        values=_without_values(tensor, strided, wrapped),
    )


def _without_values(tensor: torch.Tensor, strided: bool, wrapped: bool) -> str:
    """Why ``tensor`` has no values to read; empty if it has some."""
    if _BASE.is_meta.__get__(tensor):
        return "meta"
    if not strided:
        return "sparse"
    # torch.func hands its functions tensors that stand for others and have no memory.
    return "transformed" if wrapped else ""
