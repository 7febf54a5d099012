"""The values of a tensor, read from its memory: no operation of torch is called on it.

So a profiler, a mode or a hook of the text sees nothing, and neither versions nor the grad mode
nor random numbers are touched. Where memory cannot be read (another device, an unusual dtype, very
many values), torch is asked, with all modes switched off.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import torch
from torch.utils import _python_dispatch

from groundup.engine.trace.entries import Number

FEW = 16
"""Up to so many values are kept; of more, the first :data:`FIRST`, the extremes, and whether all
are finite."""
FIRST = 6
MAX_READ = 1024
"""Up to so many elements of memory are read at once; torch finds the extremes of more."""
MAX_SCANNED = 2_000_000
"""Beyond so many values nobody looks for the extremes."""

Summary = tuple[tuple[Number, ...], Number | None, Number | None, bool | None]
"""The values kept, the least, the most, and whether all are finite."""

_CODES = {
    torch.float32: "f",
    torch.float64: "d",
    torch.float16: "e",
    torch.int64: "q",
    torch.int32: "i",
    torch.int16: "h",
    torch.int8: "b",
    torch.uint8: "B",
    torch.bool: "?",
}
_BASE: Any = torch._C.TensorBase


@lru_cache(maxsize=256)
def places(shape: tuple[int, ...], strides: tuple[int, ...], most: int) -> tuple[int, ...]:
    """Where in memory, counted in elements, the first ``most`` values lie, in reading order."""
    # Of a dimension no more than ``most`` can be among them: one may have a billion.
    sizes = [min(size, most) for size in shape]
    steps = (
        [stride * place for place in range(n)] for n, stride in zip(sizes, strides, strict=True)
    )
    return tuple(sum(where) for where in itertools.islice(itertools.product(*steps), most))


def span(shape: tuple[int, ...], strides: tuple[int, ...]) -> int:
    """How many elements of memory lie between the first value and the last, both counted."""
    if 0 in shape:
        return 0
    return 1 + sum((n - 1) * s for n, s in zip(shape, strides, strict=True))


@lru_cache(maxsize=256)
def _bytes_type(count: int) -> Any:
    return ctypes.c_char * count


def window(address: int, count: int) -> Any:
    """The ``count`` bytes of memory at ``address``: ``.raw`` are the bytes as they are then."""
    return _bytes_type(count).from_address(address)


def from_memory(raw: bytes, code: str, where: Sequence[int] | None) -> Summary:
    """The summary of the values in ``raw``, at the places ``where`` (None: one after the other)."""
    memory: Any = memoryview(raw)
    cells = memory.cast(code).tolist() if code != "e" else _halves(raw)
    values = cells if where is None else [cells[place] for place in where]
    if len(values) <= FEW:
        return tuple(values), None, None, all(map(math.isfinite, values))
    return (tuple(values[:FIRST]), *_extremes(values))


def _halves(raw: bytes) -> list[float]:
    return [value for (value,) in struct.iter_unpack("e", raw)]


def _extremes(values: list[Any]) -> tuple[Number, Number, bool]:
    if any(map(math.isnan, values)):
        return math.nan, math.nan, False
    least, most = min(values), max(values)
    return least, most, math.isfinite(least) and math.isfinite(most)


def asked(tensor: torch.Tensor, shape: tuple[int, ...]) -> Summary:
    """The summary of ``tensor`` where its memory is not read: torch is asked, modes apart.

    Raises:
        RuntimeError: if torch has no values to give.
    """
    count = math.prod(shape)
    with _apart(), torch.no_grad():
        plain = _BASE.detach(tensor)
        few = count if count <= FEW else FIRST
        indices = itertools.product(*(range(min(size, few)) for size in shape))
        kept = itertools.islice(indices, few)
        values = tuple(_number(_BASE.item(_BASE.__getitem__(plain, index))) for index in kept)
        if count <= FEW:
            return values, None, None, _all_finite(values)
        if count > MAX_SCANNED or plain.dtype.is_complex:
            return values, None, None, None
        least, most = (_number(one.item()) for one in torch.aminmax(plain))
    return values, least, most, _all_finite((least, most))


def _all_finite(values: Sequence[Number]) -> bool:
    return all(math.isfinite(v) for v in values if not isinstance(v, str))


def _number(value: Any) -> Number:
    return str(value).strip("()") if isinstance(value, complex) else value


@contextmanager
def _apart() -> Iterator[None]:
    """No mode of the text sees what is asked within."""
    if torch._C._len_torch_dispatch_stack():
        with _python_dispatch._disable_current_modes():
            yield
    else:
        yield


def code_of(dtype: torch.dtype) -> str:
    """How :mod:`struct` reads a value of ``dtype``; empty if it cannot."""
    return _CODES.get(dtype, "")
