"""A file of ``torch.save``, read without running any of it: its dictionaries, and its tensors.

The file comes from strangers. A pickle may run code, and what torch loads with ``weights_only``
may still claim more memory than the file has. So the index is unpickled with nothing in it but
dictionaries, lists, numbers and descriptions of tensors, within an allowlist of instructions; a
tensor is made only from bytes that the file really holds.
"""

from __future__ import annotations

import io
import pickle
import pickletools
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch

MAX_FILE_BYTES = 1_000_000
"""Bytes that an uploaded file may have, and may unpack to."""

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

_UNREADABLE = (
    *(zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError),
    *(OverflowError, ValueError, LookupError, struct.error),
)
"""What zipfile raises for a file that is none, cut short, encrypted, or packed in its own way."""

_NO_FILE = (
    "It is no file that torch.save wrote, or it was cut short. Choose one that was made with "
    "torch.save(model.state_dict(), …)."
)


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


@dataclass(frozen=True)
class SavedFile:
    """What a file holds: ``top`` is what was saved, ``records`` the bytes of each storage."""

    top: object
    records: Mapping[str, bytes]

    def tensor(self, kept: Kept) -> torch.Tensor:
        """The tensor ``kept``, as it was saved, on the CPU.

        Raises:
            ValueError: where the file does not hold all of its numbers.
        """
        record = self.records.get(kept.storage.key, b"")
        held = len(record) // kept.storage.dtype.itemsize
        if kept.end > min(held, kept.storage.length):
            raise ValueError(_NO_FILE)
        if not kept.end:
            return torch.empty(kept.shape, dtype=kept.storage.dtype)
        row = torch.frombuffer(bytearray(record), dtype=kept.storage.dtype)
        return row.as_strided(kept.shape, kept.stride, kept.offset).clone()


def read(content: bytes) -> SavedFile:
    """The file ``content``, in torch's format of today or in the one before it.

    Raises:
        ValueError: in a sentence, if it is none, or holds more than :data:`MAX_FILE_BYTES`.
    """
    if len(content) > MAX_FILE_BYTES:
        raise ValueError(f"It has {len(content):,} bytes; {MAX_FILE_BYTES:,} is the most.")
    return _zipped(content) if content[:2] == b"PK" else _legacy(content)


def _zipped(content: bytes) -> SavedFile:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            stored = all(entry.compress_type == zipfile.ZIP_STORED for entry in entries)
            fits = stored and sum(entry.file_size for entry in entries) <= MAX_FILE_BYTES
            inside = {e.filename.partition("/")[2]: archive.read(e) for e in entries if fits}
    except _UNREADABLE:
        raise ValueError(_NO_FILE) from None
    if not fits:
        raise ValueError("It is packed, or larger inside than out. torch.save does not so.")
    if inside.get("byteorder", b"little") != b"little" or "data.pkl" not in inside:
        raise ValueError(_NO_FILE)
    records = {k.removeprefix("data/"): r for k, r in inside.items() if k.startswith("data/")}
    return SavedFile(_unpickled(inside["data.pkl"], 0)[0], records)


def _legacy(content: bytes) -> SavedFile:
    """Five pickles (two numbers, the system, the index, the order of storages), then the bytes."""
    at, found = 0, []
    for _ in range(5):
        value, at = _unpickled(content, at)
        found.append(value)
    magic, _, _, top, order = found
    if magic != 0x1950A86A20F9469CFC6C or not isinstance(order, list):
        raise ValueError(_NO_FILE)
    sizes = {kept.storage.key: kept.storage.dtype.itemsize for kept in tensors(top)}
    records = {}
    for key in order:
        if key not in sizes or at + 8 > len(content):
            raise ValueError(_NO_FILE)
        (count,) = struct.unpack_from("<q", content, at)
        size = max(count, 0) * sizes[key]
        records[key] = content[at + 8 : at + 8 + size]
        at += 8 + size
    return SavedFile(top, records)


def tensors(value: object, depth: int = 6) -> list[Kept]:
    """Every tensor in ``value``, in dictionaries and lists within one another."""
    if isinstance(value, Kept):
        return [value]
    inside: list[object] = list(value) if isinstance(value, list | tuple) else []
    if isinstance(value, dict):
        inside = list(value.values())
    return [kept for item in inside if depth for kept in tensors(item, depth - 1)]


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


def _unpickled(content: bytes, at: int) -> tuple[Any, int]:
    """The pickle that begins at ``at``, and where it ends."""
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
        raise ValueError(_NO_FILE) from None
