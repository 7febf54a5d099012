"""The names of one frame: which of them hold something else than a moment before."""

from __future__ import annotations

from types import FrameType
from typing import Any

from groundup.engine.trace.entries import Held
from groundup.engine.trace.kinds import VALUES
from groundup.engine.trace.moments import GONE, Binding, Call
from groundup.engine.trace.objects import Objects

_UNSEEN = object()


class Names:
    """The names of a frame, as they were when it was last looked at.

    Attributes:
        more: whether it had more names than are looked at.
    """

    def __init__(self, objects: Objects, function: bool, most: int) -> None:
        self.more = False
        self._objects, self._function, self._most = objects, function, most
        self._held: dict[str, Held] = {}
        # Of what never changes, the value itself: the same object needs no second look.
        self._plain: dict[str, Any] = {}
        self._hidden: set[str] = set()
        # What was passed to the frame was seen where it was called.
        self._looked = objects.since

    def read(
        self, where: FrameType | dict[str, Any], call: Call, bindings: list[Binding]
    ) -> None:
        """Add to ``bindings`` the names that changed since the last call of this method."""
        items = self._items(where)
        objects, held, plain = self._objects, self._held, self._plain
        objects.since = self._looked
        met = 0
        for name, value in items:
            if name in self._hidden:
                continue
            if plain.get(name, _UNSEEN) is value:
                met += 1
                continue
            now = self._new(name, value)
            if now is None:
                continue
            met += 1
            if held.get(name) != now:
                held[name] = now
                bindings.append((call.number, name, now))
        if met < len(held):
            self._find_gone(items, call, bindings)
        self._looked = objects.since = objects.tick

    def _new(self, name: str, value: Any) -> Held | None:
        """What ``name`` holds; None if it is not shown."""
        cls = type(value)
        if cls in VALUES:
            self._plain[name] = value
        else:
            self._plain.pop(name, None)
        if name not in self._held:
            hidden = type(name) is not str or (name.startswith("__") and name.endswith("__"))
            if hidden or len(self._held) >= self._most:
                self._hidden.add(name)
                self.more = self.more or not hidden
                return None
        if self._objects.kind(cls) == "library":
            return None
        return self._objects.held(value)

    def _find_gone(
        self, items: list[tuple[str, Any]], call: Call, bindings: list[Binding]
    ) -> None:
        there = {name for name, value in items if self._objects.kind(type(value)) != "library"}
        for name in [name for name in self._held if name not in there]:
            del self._held[name]
            self._plain.pop(name, None)
            bindings.append((call.number, name, GONE))

    def _items(self, where: FrameType | dict[str, Any]) -> list[tuple[str, Any]]:
        if isinstance(where, dict):
            return list(where.items())
        names: Any = where.f_locals
        if not self._function:
            # Of a class whose metaclass prepared something else than a dict nothing is read.
            return list(dict.items(names)) if isinstance(names, dict) else []
        items = list(names.items())
        if type(names) is dict:
            # Before Python 3.13 a frame keeps this dictionary, and with it what its names held.
            names.clear()
        return items
