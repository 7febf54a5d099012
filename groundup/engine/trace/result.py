"""A trace as it is handed on: plain data, and what stands at each of its moments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from groundup.engine.failures import Failure, Notice
from groundup.engine.trace.entries import Entry, GroupEntry, Held
from groundup.engine.trace.moments import GONE, Binding, Call, Change, Moment
from groundup.engine.trace.sites import Loop


@dataclass(frozen=True)
class End:
    """How a text ended: ``state`` is ``"finished"``, ``"failed"`` or ``"stopped"`` (at a limit).

    ``words`` is a sentence that says so; ``failure`` is what it raised.
    """

    state: str
    words: str
    failure: Failure | None = None


@dataclass
class View:
    """What stands at a moment: each frame's names, and the objects that they lead to.

    ``names`` goes from a call's number to its names, in the order in which they first appeared;
    ``objects`` from an object's number to its entry.
    """

    names: dict[int, dict[str, Held]] = field(default_factory=dict)
    objects: dict[int, Entry] = field(default_factory=dict)

    def held(self, name: str, call: int = 0) -> Held | None:
        """What ``name`` holds in the frame of ``call``; None if there is no such name."""
        return self.names.get(call, {}).get(name)

    def find(self, name: str, *labels: str, call: int = 0) -> Held | None:
        """What is found from ``name`` on through the items of ``labels``, or None.

        ``find("optimizer", "param_groups", "0", "params", "0")``; ``"grad"`` leads from a tensor to
        its gradient.
        """
        found = self.held(name, call)
        for label in labels:
            entry = self.entry(found)
            if isinstance(entry, GroupEntry):
                found = dict(entry.items).get(label)
            else:
                found = entry.grad if entry is not None and label == "grad" else None
        return found

    def entry(self, held: Held | None) -> Entry | None:
        """The entry of the object that ``held`` is; None for a plain value."""
        return self.objects.get(held) if isinstance(held, int) else None

    def apply(self, bindings: tuple[Binding, ...], changes: tuple[Change, ...]) -> None:
        """Go on by one moment, or by a gap."""
        for call, name, held in bindings:
            names = self.names.setdefault(call, {})
            if held == GONE:
                names.pop(name, None)
            else:
                names[name] = held
        self.objects.update(changes)

    def copy(self) -> View:
        """A copy that later changes leave as it is."""
        return View({call: dict(names) for call, names in self.names.items()}, dict(self.objects))


@dataclass(frozen=True)
class Trace:
    """A recorded execution of ``text``. The trace itself holds no object of the text's.

    Attributes:
        moments: those that are kept, in their order.
        count: how many statements were executed.
        loops: the loops of the text, as the passes of the moments count them.
        storages: the bytes of each block of memory, by its number.
        output: what was printed; a moment's ``printed`` says how much of it by then.
        notices: the warnings; a moment's ``warned`` says how many by then.
        end: how it ended.
        said: sentences that say what is not in it.
    """

    text: str
    moments: tuple[Moment, ...]
    count: int
    loops: tuple[Loop, ...]
    storages: tuple[int, ...]
    output: str
    notices: tuple[Notice, ...]
    end: End
    said: tuple[str, ...] = ()

    def calls(self) -> list[Call]:
        """The calls that the moments lie in, and those that called them, by their number."""
        found: dict[int, Call] = {}
        for moment in self.moments:
            call: Call | None = moment.call
            while call is not None and call.number not in found:
                found[call.number] = call
                call = call.caller
        return [found[number] for number in sorted(found)]

    def views(self) -> Iterator[tuple[Moment, View]]:
        """Each moment with what stands at it; the view goes on with the next one (see ``copy``)."""
        view = View()
        for moment in self.moments:
            if moment.gap:
                view.apply(moment.gap.bindings, moment.gap.changes)
            view.apply(moment.bindings, moment.changes)
            yield moment, view

    def at(self, place: int) -> View:
        """What stands at the moment ``moments[place]``.

        Raises:
            IndexError: if there is no such moment.
        """
        wanted = self.moments[place]
        return next(view for moment, view in self.views() if moment is wanted)

    def wire(self) -> dict[str, Any]:
        """The trace as a browser gets it: see :mod:`groundup.engine.trace.wire`."""
        from groundup.engine.trace.wire import encoded  # noqa: PLC0415  # it imports this module

        return encoded(self)
