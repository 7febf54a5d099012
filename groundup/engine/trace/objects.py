"""The objects that a text holds: which are the same as before, and what changed in them.

An object is known again by its address while it is alive. Weak references tell whether it is: a
trace keeps nothing alive, so objects end when they end in the plain text. Lists and dictionaries
bear no such reference; one is known again where it was seen when its frame was last looked at.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from typing import Any

from groundup.engine.trace import arrays, kinds
from groundup.engine.trace.entries import Entry, GroupEntry, Held, TensorEntry, Value
from groundup.engine.trace.storages import Storages
from groundup.engine.trace.tensors import Forms, Reading

MAX_NESTED = 6
"""So deep things are followed that hold one another."""
MAX_VISITED = 1_500
"""So many objects are looked at in one moment."""


class Seen:
    """An object that was met: its number, how to know it again, and its latest entry."""

    __slots__ = (
        *("cls", "entry", "grad", "items", "kind", "length", "number", "reading", "ref", "tick"),
    )

    def __init__(self, number: int, value: Any, cls: type, kind: str) -> None:
        self.number, self.cls, self.kind = number, cls, kind
        self.tick = -1
        self.entry: Entry | None = None
        self.grad: Any = None
        # Of a group: how much it holds, and the first of that as it is quickest to compare.
        self.length = -1
        self.items: list[tuple[Any, Any]] = []
        self.reading: Any = None
        try:
            self.ref: weakref.ref[Any] | None = weakref.ref(value)
        except TypeError:
            self.ref = None

    def is_of(self, value: Any, cls: type, since: int) -> bool:
        """Whether ``value`` is this object; without a reference, seen no earlier than ``since``."""
        if self.ref is not None:
            return self.ref() is value
        return self.cls is cls and self.tick >= since

    def alive(self, since: int) -> bool:
        """Whether it may be met again."""
        return self.ref() is not None if self.ref is not None else self.tick >= since


class Objects:
    """All objects met so far. :attr:`changes` are those that are new or changed since it was set.

    Attributes:
        count: how many there were.
        tick: counts the moments, so that none looks at an object twice.
        unread: what could not be read, and what Python said to that.
        since: the moment at which the frame that is being looked at was looked at before.
    """

    def __init__(self) -> None:
        self.count = 0
        self.tick = 0
        self.since = 0
        self.changes: list[tuple[int, Entry]] = []
        self.unread: list[str] = []
        self.storages = Storages()
        self._forms: Forms = {}
        self._seen: dict[int, Seen] = {}
        self._by_number: dict[int, Seen] = {}
        self._kinds: dict[type, str] = {}
        self._holders: dict[type, Any] = {}
        self._visited = 0
        self._most_seen = 4_096

    def next_moment(self) -> None:
        """What is looked at from now on belongs to a new moment."""
        self.tick += 1
        self.changes = []
        self._visited = 0
        if len(self._seen) > self._most_seen:
            self._forget()

    def let_go(self) -> None:
        """The text is over: keep nothing that leads to its objects or its classes."""
        for table in (self._seen, self._by_number, self._kinds, self._holders):
            table.clear()

    def kind(self, cls: type) -> str:
        """What kind of thing a value of the class ``cls`` is."""
        found = self._kinds.get(cls)
        if found is None:
            found = self._kinds[cls] = kinds.kind_of(cls)
        return found

    def held(self, value: Any, depth: int = 0) -> Held:
        """What a name that is bound to ``value`` holds; what changed in it goes to ``changes``."""
        cls = type(value)
        kind = self.kind(cls)
        if kind == "value":
            return kinds.value_of(value)
        if kind == "library":
            return Value("library", "")
        seen = self._known(value, cls, kind)
        if seen.tick != self.tick:
            self.look(seen, value, depth)
        return seen.number

    def look(self, seen: Seen, value: Any, depth: int = 0) -> None:
        """Look whether ``value``, the object ``seen``, is as it was at the last moment."""
        seen.tick = self.tick
        self._visited += 1
        if self._visited <= MAX_VISITED and not (seen.kind == "opaque" and seen.entry):
            try:
                if seen.kind == "tensor":
                    self._look_at_tensor(seen, value)
                else:
                    self._look(seen, value, depth)
            except Exception as error:  # what cannot be read must not end the text that holds it
                self.unread.append(
                    f"{kinds.name_of(seen.cls)}: {kinds.name_of(type(error))} {error}"
                )
                seen.kind = "opaque"
        if seen.entry is None:
            self._changed(seen, GroupEntry("opaque", kinds.name_of(seen.cls), 0, ()))

    def seen(self, number: int) -> Seen | None:
        """What is known of the object ``number``."""
        return self._by_number.get(number)

    def alive(self, number: int) -> bool:
        """Whether the object ``number`` may be met again."""
        seen = self._by_number.get(number)
        return seen is not None and seen.alive(self.tick - 1)

    def _known(self, value: Any, cls: type, kind: str) -> Seen:
        seen = self._seen.get(id(value))
        if seen is not None and seen.is_of(value, cls, self.since):
            return seen
        if seen is not None:
            del self._by_number[seen.number]
        made = Seen(self.count, value, cls, kind)
        self.count += 1
        self._seen[id(value)] = self._by_number[made.number] = made
        return made

    def _look(self, seen: Seen, value: Any, depth: int) -> None:
        if seen.kind == "array":
            self._look_at_array(seen, value)
            return
        if seen.kind == "opaque":
            self._changed(seen, GroupEntry("opaque", kinds.name_of(seen.cls), 0, ()))
            return
        length, items = self._items(seen, value, depth)
        if length == seen.length and self._as_they_were(seen, items, depth):
            return
        entry = self._group(seen, length, items, depth)
        if entry != seen.entry:
            self._changed(seen, entry)

    def _items(self, seen: Seen, value: Any, depth: int) -> tuple[int, list[tuple[Any, Any]]]:
        if depth >= MAX_NESTED:
            return 0, []
        if seen.kind in {"module", "optimizer", "object"}:
            return kinds.inside(value, seen.kind, self._holders)
        return kinds.members(value, seen.kind)

    def _as_they_were(self, seen: Seen, items: list[tuple[Any, Any]], depth: int) -> bool:
        """Whether a group holds what it held; what it holds is looked at in any case."""
        if len(items) != len(seen.items):
            return False
        old: Any
        for (key, value), (old_key, old) in zip(items, seen.items, strict=True):
            if key is not old_key or (value is not old and old.__class__ is not Seen):
                return False
            if value is old:
                continue
            known = self._seen.get(id(value)) is old
            if not known or not old.is_of(value, old.cls, self.since):
                return False
            if old.tick != self.tick:
                self.look(old, value, depth + 1)
        return True

    def _group(
        self, seen: Seen, length: int, items: list[tuple[Any, Any]], depth: int
    ) -> GroupEntry:
        held = tuple((self._label(key), self.held(item, depth + 1)) for key, item in items)
        seen.length = length
        seen.items = [
            (key, item if type(item) in kinds.VALUES else self._seen.get(id(item)))
            for key, item in items
        ]
        return GroupEntry(seen.kind, kinds.name_of(seen.cls), length, held)

    def _look_at_tensor(self, seen: Seen, tensor: Any) -> None:
        reading, number = seen.reading, None
        if reading is None:
            reading = seen.reading = Reading(tensor, self._forms)
        grad = reading.gradient(tensor)
        if grad is not None:
            known = seen.grad
            if known is None or known.ref() is not grad:
                self.held(grad, 1)
                known = seen.grad = self._seen[id(grad)]
            elif known.tick != self.tick:
                self.look(known, grad)
            number = known.number
        if reading.changed(tensor, number):
            storage = self._storage(reading, tensor)
            self._changed(seen, reading.entry(tensor, storage, number))

    def _storage(self, reading: Reading, tensor: Any) -> int | None:
        if not reading.address:
            return None
        start, size = reading.block(tensor)
        return self.storages.number(start, size, tensor, reading)

    def _look_at_array(self, seen: Seen, array: Any) -> None:
        if not arrays.is_plain_array(array):
            seen.kind = "opaque"
            return
        if seen.reading is None:
            seen.reading = arrays.ArrayReading(array)
        if seen.reading.changed(array):
            start, size = arrays.block(array)
            found = self.storages.holding(seen.reading.address)
            start, size = found[1:] if found else (start, size)
            storage = self.storages.number(start, size, array, seen.reading)
            offset = (seen.reading.address - start) // array.itemsize
            self._changed(seen, seen.reading.entry(array, storage, offset))

    def _label(self, key: Any) -> str:
        cls = type(key)
        if cls is str or cls is int:
            return str(key)[: kinds.MAX_TEXT]
        held = self.held(key, MAX_NESTED)
        return held.text if isinstance(held, Value) else f"#{held}"

    def _changed(self, seen: Seen, entry: Entry) -> None:
        seen.entry = entry
        self.changes.append((seen.number, entry))

    def _forget(self) -> None:
        """Forget those that have ended."""
        since = self.tick - 1_000
        alive = {key: one for key, one in self._seen.items() if one.alive(since)}
        self._seen, self._by_number = alive, {one.number: one for one in alive.values()}
        self._most_seen = max(4_096, 2 * len(alive))


def parts(entry: Entry) -> Iterable[int]:
    """The numbers of the objects that ``entry`` refers to."""
    if isinstance(entry, TensorEntry):
        return () if entry.grad is None else (entry.grad,)
    return [held for _, held in entry.items if isinstance(held, int)]
