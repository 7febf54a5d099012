"""The numbers that a text assigned in its loops, pass by pass, read from its trace."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from groundup.engine.trace import Trace, View
from groundup.engine.trace.entries import Entry, GroupEntry, Held, TensorEntry, Value
from groundup.engine.trace.moments import Moment, Pass

MAX_SERIES = 40
"""So many names of a loop are followed."""


@dataclass(frozen=True)
class LoopNumbers:
    """The numbers of one loop.

    Attributes:
        line: where the loop stands.
        target: what its passes assign to; empty for ``while``.
        passes: the kept passes, each by the indices that lead to it (``(3, 1)``: epoch 3, batch 1).
        columns: name to the number at the end of each of ``passes``, NaN where there was none yet.
        count: how many passes there were, kept or not.
    """

    line: int
    target: str
    passes: tuple[tuple[int, ...], ...]
    columns: dict[str, list[float]]
    count: int


@dataclass
class _Loop:
    """What is gathered of a loop: the place of each pass's last moment, and the names changed."""

    passes: dict[Pass, int] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)


@dataclass
class _History:
    """What a name was worth: the places at which that changed, and the numbers."""

    places: list[int] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)

    def at(self, place: int) -> float:
        """The number at ``place``; NaN before the first."""
        found = bisect_right(self.places, place)
        return self.numbers[found - 1] if found else math.nan


def numbers_of(trace: Trace) -> tuple[LoopNumbers, ...]:
    """Every loop of ``trace`` in which a name was given a number, in the order of the text."""
    loops: dict[int, _Loop] = {}
    histories: dict[str, _History] = {}
    for place, (moment, view) in enumerate(trace.views()):
        around = list(_around(moment.within))
        for one in around:
            loops.setdefault(one.loop, _Loop()).passes[one] = place
        for name, number in _given(moment, view):
            history = histories.setdefault(name, _History())
            history.places.append(place)
            history.numbers.append(number)
            for one in around:
                loops[one.loop].names[name] = None
    told = (_told(trace, loop, loops[loop], histories) for loop in sorted(loops))
    return tuple(one for one in told if one.columns)


def _told(trace: Trace, loop: int, seen: _Loop, histories: Mapping[str, _History]) -> LoopNumbers:
    target = trace.loops[loop].target
    names = [name for name in seen.names if name != target][:MAX_SERIES]
    columns = {
        name: [histories[name].at(place) for place in seen.passes.values()] for name in names
    }
    paths = tuple(one.path for one in seen.passes)
    count = max((path[-1] for path in paths), default=-1) + 1
    return LoopNumbers(trace.loops[loop].line, target, paths, columns, count)


def _around(one: Pass | None) -> Iterator[Pass]:
    """A pass and those around it."""
    while one is not None:
        yield one
        one = one.around


def _given(moment: Moment, view: View) -> Iterator[tuple[str, float]]:
    """The names that hold another number since this moment, and the number."""
    scope = f"{moment.call.scope.name}: " if moment.call.depth else ""
    changed = {number for number, _ in moment.changes}
    bound = {name for call, name, _ in moment.bindings if call == moment.call.number}
    for name, held in view.names.get(moment.call.number, {}).items():
        entry = view.entry(held)
        if name in bound or held in changed:
            yield from _named(scope + name, _number(held, entry))
        if isinstance(entry, TensorEntry) and entry.grad in changed:
            yield from _named(f"{scope}{name}.grad", _number(0, view.entry(entry.grad)))


def _named(name: str, number: float | None) -> Iterator[tuple[str, float]]:
    if number is not None:
        yield name, number


def _number(held: Held, entry: Entry | None) -> float | None:
    """The one number that something is; None where it is none, or more than one."""
    if isinstance(held, Value):
        return _float(held.text) if held.kind in {"int", "float", "number"} else None
    if entry is None or isinstance(entry, GroupEntry) or len(entry.values) != 1:
        return None
    (value,) = entry.values
    return None if isinstance(value, bool) else _float(value)


def _float(written: float | str) -> float | None:
    try:
        return float(written)
    except (ValueError, OverflowError):
        return None
