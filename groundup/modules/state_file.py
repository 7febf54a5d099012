"""A file of ``torch.save``, read without running any of it: its dictionaries, and its tensors.

The file comes from strangers, and what torch loads with ``weights_only`` may still claim more
memory than the file has. So its index is read as :mod:`groundup.modules.file_index` says, and a
tensor is made only from bytes that the file really holds.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

import torch

from groundup.modules.file_index import NO_FILE, Kept, unpickled

MAX_FILE_BYTES = 1_000_000
"""Bytes that an uploaded file may have, and may unpack to."""

_UNREADABLE = (
    *(zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError),
    *(OverflowError, ValueError, LookupError, struct.error),
)
"""What zipfile raises for a file that is none, cut short, encrypted, or packed in its own way."""


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
            raise ValueError(NO_FILE)
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
        raise ValueError(NO_FILE) from None
    if not fits:
        raise ValueError(
            "It is compressed, or holds more than its size says. torch.save writes no such files."
        )
    if inside.get("byteorder", b"little") != b"little" or "data.pkl" not in inside:
        raise ValueError(NO_FILE)
    records = {k.removeprefix("data/"): r for k, r in inside.items() if k.startswith("data/")}
    return SavedFile(unpickled(inside["data.pkl"], 0)[0], records)


def _legacy(content: bytes) -> SavedFile:
    """Five pickles (two numbers, the system, the index, the order of storages), then the bytes."""
    at, found = 0, []
    for _ in range(5):
        value, at = unpickled(content, at)
        found.append(value)
    magic, _, _, top, order = found
    if magic != 0x1950A86A20F9469CFC6C or not isinstance(order, list):
        raise ValueError(NO_FILE)
    sizes = {kept.storage.key: kept.storage.dtype.itemsize for kept in tensors(top)}
    records = {}
    for key in order:
        if key not in sizes or at + 8 > len(content):
            raise ValueError(NO_FILE)
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
