"""Which tensors and arrays read one block of memory."""

from __future__ import annotations

import weakref
from typing import Any


class Storages:
    """Which tensors and arrays read one block of memory: its number, found from its address.

    An address is given again after its block was freed. So a block is the one that was seen there
    before only while something that was seen to read it is alive and still reads it.
    """

    def __init__(self) -> None:
        self.bytes: list[int] = []
        self._readers: dict[int, tuple[int, list[tuple[weakref.ref[Any], Any]]]] = {}

    def number(self, start: int, size: int, reader: Any, reading: Any) -> int:
        """The number of the block of ``size`` bytes at ``start``, which ``reader`` reads."""
        found = self._readers.get(start)
        entry = (weakref.ref(reader), reading)
        if found and any(_still(ref, read, start, size) for ref, read in found[1]):
            if not any(read is reading for _, read in found[1]):
                found[1].append(entry)
            self.bytes[found[0]] = max(size, self.bytes[found[0]])
            return found[0]
        if len(self._readers) > 4096:
            self._forget()
        self.bytes.append(size)
        self._readers[start] = (len(self.bytes) - 1, [entry])
        return len(self.bytes) - 1

    def holding(self, address: int) -> tuple[int, int, int] | None:
        """Number, start and size of the block that ``address`` lies in, if one is known."""
        for start, (number, readers) in self._readers.items():
            size = self.bytes[number]
            if start <= address < start + size and any(_still(*r, start, size) for r in readers):
                return number, start, size
        return None

    def _forget(self) -> None:
        alive = {
            start: found
            for start, found in self._readers.items()
            if any(ref() is not None for ref, _ in found[1])
        }
        self._readers = alive


def _still(ref: weakref.ref[Any], reading: Any, start: int, size: int) -> bool:
    return ref() is not None and start <= reading.address < start + max(size, 1)
