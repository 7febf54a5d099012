"""Read a NumPy array into an entry. NumPy is not imported: a text that uses it has done so."""

from __future__ import annotations

import math
import sys
from typing import Any

from groundup.engine.trace import numbers
from groundup.engine.trace.entries import Form, TensorEntry


class ArrayReading:
    """What is known of one NumPy array, read as a tensor's ``Reading`` is."""

    __slots__ = ("_raw", "address", "form")

    def __init__(self, array: Any) -> None:
        self._raw: tuple[Any, ...] = ()
        self._look_up(array)

    def _look_up(self, array: Any) -> None:
        self.address = int(array.ctypes.data) if array.size else 0
        self.form = Form(
            type="ndarray",
            dtype=str(array.dtype),
            device="cpu",
            shape=array.shape,
            strides=tuple(step // array.itemsize for step in array.strides),
            requires_grad=False,
            is_leaf=True,
            retains_grad=False,
            grad_fn="",
            values="" if array.dtype.kind in "fiub" else "unreadable",
        )

    def changed(self, array: Any) -> bool:
        """Whether ``array`` (of its values, the first 1,024) is not as it was."""
        first = array.flat[: numbers.MAX_READ].tobytes() if not self.form.values else b""
        raw = (first, array.shape, array.dtype)
        if raw == self._raw:
            return False
        if self._raw and raw[1:] != self._raw[1:]:
            self._look_up(array)
        self._raw = raw
        return True

    def entry(self, array: Any, storage: int | None, offset: int) -> TensorEntry:
        """The entry of ``array`` as it is, reading the block ``storage`` from ``offset`` on."""
        values: numbers.Summary = ((), None, None, None)
        if not self.form.values:
            values = _summary(array)
        return TensorEntry(self.form, None, storage, offset, None, *values)


def block(array: Any) -> tuple[int, int]:
    """Where the memory that ``array`` looks at begins, and its bytes, as far as arrays tell."""
    owner = array
    while is_plain_array(owner.base):
        owner = owner.base
    return int(owner.ctypes.data), int(owner.nbytes)


def _summary(array: Any) -> numbers.Summary:
    size = array.size
    values = tuple(array.flat[: size if size <= numbers.FEW else numbers.FIRST].tolist())
    if size <= numbers.FEW:
        return values, None, None, all(map(math.isfinite, values))
    if size > numbers.MAX_SCANNED:
        return values, None, None, None
    least, most = array.min().item(), array.max().item()
    return values, least, most, math.isfinite(least) and math.isfinite(most)


def is_plain_array(value: Any) -> bool:
    """Whether ``value`` is NumPy's own array, and of no subclass."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and type(value) is numpy.ndarray
