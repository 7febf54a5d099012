"""The index of a file of ``torch.save``: a pickle, read without running any of it.

A pickle may run code, and may ask for more memory than there is. So nothing is made of it but
dictionaries, lists, numbers and descriptions of tensors, within an allowlist of instructions; what
is said to be an object of a class stays unknown.
"""

from __future__ import annotations

import io
import pickle
import pickletools
import struct
from typing import Any, NamedTuple

import torch

NO_FILE = (
    "It is no file that torch.save wrote, or it was cut short, or it holds what cannot be read "
    "here. Choose one that was made with torch.save(model.state_dict(), …)."
)
"""What is said of whatever is none, or is damaged."""

_DTYPES = {
    **{"DoubleStorage": torch.float64, "FloatStorage": torch.float32, "HalfStorage": torch.float16},
    **{"BFloat16Storage": torch.bfloat16, "LongStorage": torch.int64, "IntStorage": torch.int32},
    **{"ShortStorage": torch.int16, "CharStorage": torch.int8, "ByteStorage": torch.uint8},
    "BoolStorage": torch.bool,
}

_INSTRUCTIONS = {
    *("PROTO", "FRAME", "STOP", "MARK", "POP", "POP_MARK", "DUP", "NONE", "NEWTRUE", "NEWFALSE"),
    *("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT"),
    *("STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "BINUNICODE8"),
    *("SHORT_BINUNICODE", "BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "EMPTY_LIST", "APPEND"),
    *("APPENDS", "LIST", "EMPTY_TUPLE", "TUPLE", "TUPLE1", "TUPLE2", "TUPLE3", "EMPTY_DICT"),
    *("DICT", "SETITEM", "SETITEMS", "GLOBAL", "STACK_GLOBAL", "REDUCE", "BUILD", "NEWOBJ"),
    *("NEWOBJ_EX", "BINPERSID", "PUT", "BINPUT", "LONG_BINPUT", "GET", "BINGET", "LONG_BINGET"),
    "MEMOIZE",
}
"""What an index may consist of: nothing that reserves more than it holds, or calls by name."""

_BROKEN = (
    *(pickle.UnpicklingError, EOFError, TypeError, AttributeError, LookupError, ValueError),
    *(OverflowError, struct.error, RecursionError, MemoryError),
)
"""What a damaged index raises."""


# Tuples, which have no attributes: the index cannot change what was checked when it was made.


class Storage(NamedTuple):
    """Numbers in one row that tensors look at: where they are in the file, and on what device."""

    key: str
    dtype: torch.dtype
    device: str
    length: int


class Kept(NamedTuple):
    """A tensor in the file: which numbers of which storage it looks at."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    stride: tuple[int, ...]

    @property
    def end(self) -> int:
        """One past the last number that it looks at."""
        if 0 in self.shape:
            return 0
        pairs = zip(self.shape, self.stride, strict=True)
        return self.offset + sum((size - 1) * step for size, step in pairs) + 1


class Names(dict[Any, Any]):
    """A dictionary from names to tensors; what else the file says of it is not kept."""

    __slots__ = ()

    def __setstate__(self, state: object) -> None:
        pass


class Unknown:
    """What the file says is an object of a class; nothing of that class is made or run."""

    of = ""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def __call__(self, *_: object) -> Unknown:
        """What it would give is as unknown."""
        return self

    def __setstate__(self, state: object) -> None:
        pass

    def append(self, item: object) -> None:
        """What a list would keep."""

    def extend(self, items: object) -> None:
        """What a list would keep."""

    def __setitem__(self, key: object, value: object) -> None:
        pass


class _Index(pickle.Unpickler):
    """Makes dictionaries, numbers and descriptions; every class and function is looked up here."""

    def find_class(self, module: str, name: str) -> Any:
        """What stands for ``module.name``."""
        known: dict[tuple[str, str], object] = {
            ("collections", "OrderedDict"): Names,
            ("torch._utils", "_rebuild_tensor"): _Rebuilt(),
            ("torch._utils", "_rebuild_tensor_v2"): _Rebuilt(),
            ("torch._utils", "_rebuild_parameter"): _Parameter(),
        }
        if module == "torch" and name in _DTYPES:
            return _DTYPES[name]
        of = name[:40] if name.isidentifier() else "?"
        return known.get((module, name)) or type("Unknown", (Unknown,), {"of": of})

    def persistent_load(self, pid: Any) -> Storage:
        """The storage that ``pid`` describes; none of its bytes are read."""
        kind, dtype, key, device, count = pid[:5]
        if kind != "storage" or not isinstance(dtype, torch.dtype) or not _counts(count):
            raise pickle.UnpicklingError("no storage")
        return Storage(str(key), dtype, str(device)[:20], count)


def _counts(*numbers: object) -> bool:
    return all(type(n) is int and 0 <= n < 2**40 for n in numbers)


class _Rebuilt:
    __slots__ = ()

    def __call__(self, storage: Any, offset: int, shape: Any, stride: Any, *_: object) -> Kept:
        fits = isinstance(storage, Storage) and len(shape) == len(stride) <= 8
        if not fits or not _counts(offset, *shape, *stride):
            raise pickle.UnpicklingError("no tensor")
        return Kept(storage, offset, tuple(shape), tuple(stride))


class _Parameter:
    __slots__ = ()

    def __call__(self, data: object, *_: object) -> object:
        return data


def unpickled(content: bytes, at: int) -> tuple[Any, int]:
    """The pickle in ``content`` that begins at ``at``, and where it ends.

    Raises:
        ValueError: in a sentence, where it is damaged or is more than descriptions.
    """
    try:
        end = at
        for instruction, argument, place in pickletools.genops(content[at:]):
            if instruction.name not in _INSTRUCTIONS:
                raise ValueError(instruction.name)
            # The memo grows to whatever place is named.
            if instruction.name.endswith("PUT") and int(argument or 0) > len(content):
                raise ValueError(instruction.name)
            end = at + (place or 0) + 1
        return _Index(io.BytesIO(content[at:end])).load(), end
    except _BROKEN:
        raise ValueError(NO_FILE) from None
