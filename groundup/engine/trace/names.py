"""The names of one frame: which of them hold something else than a moment before."""

from __future__ import annotations

from itertools import islice
from types import FrameType
from typing import Any
from weakref import ReferenceType, ref

from groundup.engine.trace.entries import Held
from groundup.engine.trace.kinds import VALUES
from groundup.engine.trace.moments import GONE, Binding, Call
from groundup.engine.trace.objects import Objects, Seen

_HIDDEN = object()


class Names:
    """The names of a frame, as they were when it was last looked at.

    Attributes:
        more: whether it had more names than are looked at.
    """

    def __init__(self, objects: Objects, function: bool, most: int) -> None:
        self.more = False
        self._objects, self._function, self._most = objects, function, most
        self._held: dict[str, Held] = {}
        # What a name held, in the form that is quickest to compare: of what never changes the value
        # itself, of an object what is known of it, of a function a weak reference.
        self._known: dict[Any, Any] = {}
        # What was passed to the frame was seen where it was called.
        self._looked = objects.since

    def read(self, where: FrameType | dict[str, Any], call: Call, bindings: list[Binding]) -> None:
        """Add to ``bindings`` the names that changed since the last call of this method."""
        items = self._items(where)
        objects, known = self._objects, self._known
        objects.since = self._looked
        tick = objects.tick
        for name, value in items:
            was = known.get(name)
            if was is value is not None or was is _HIDDEN:
                continue
            if was.__class__ is Seen and was.ref is not None and was.ref() is value:
                if was.tick != tick:
                    objects.look(was, value)
            elif not (was.__class__ is ReferenceType and was() is value):
                self._bind(name, value, call, bindings)
        if len(items) < len(known):
            self._find_gone(items, call, bindings)
        self._looked = objects.since = tick

    def _bind(self, name: str, value: Any, call: Call, bindings: list[Binding]) -> None:
        if name not in self._held and self._is_hidden(name, value):
            return
        kind = self._objects.kind(type(value))
        if kind == "library":
            self._known[name] = value
            if self._held.pop(name, None) is not None:
                bindings.append((call.number, name, GONE))
            return
        held = self._objects.held(value)
        self._known[name] = self._to_compare(value, held)
        if self._held.get(name) != held:
            self._held[name] = held
            bindings.append((call.number, name, held))

    def _is_hidden(self, name: str, value: Any) -> bool:
        special = type(name) is not str or (name.startswith("__") and name.endswith("__"))
        if special or len(self._held) >= self._most:
            self._known[name] = _HIDDEN
            self.more = self.more or not special
            return True
        return False

    def _to_compare(self, value: Any, held: Held) -> Any:
        if isinstance(held, int):
            return self._objects.seen(held)
        if type(value) in VALUES:
            return value
        try:
            return ref(value)
        except TypeError:
            return None

    def _find_gone(self, items: list[tuple[str, Any]], call: Call, bindings: list[Binding]) -> None:
        there = {name for name, _ in items}
        for name in [name for name in self._known if name not in there]:
            del self._known[name]
            if self._held.pop(name, None) is not None:
                bindings.append((call.number, name, GONE))

    def _items(self, where: FrameType | dict[str, Any]) -> list[tuple[str, Any]]:
        if isinstance(where, dict):
            # Of very many the oldest: no more are shown, and each moment looks at all of these.
            self.more = self.more or len(where) > 2 * self._most
            return list(islice(where.items(), 2 * self._most))
        names: Any = where.f_locals
        if not self._function:
            # Of a class whose metaclass prepared something else than a dict nothing is read.
            return list(dict.items(names)) if isinstance(names, dict) else []
        items = list(names.items())
        if type(names) is dict:
            # Before Python 3.13 a frame keeps this dictionary, and with it what its names held.
            names.clear()
        return items
