"""A trace as a browser gets it: columns of small whole numbers, and tables that they point into.

Every table's entries are named once; a moment says only what changed. A decoder walks the moments
and keeps, for each frame, what its names hold, and for each object its entry (the tests have one in
twenty lines). All lists of one group have one length.

``end``, ``said``, ``output``, ``warnings`` (line, kind, message), ``count``, ``storages`` (bytes)
    as in :class:`~groundup.engine.trace.result.Trace`. The text is not sent: the page has it.
``loops``: ``[line, target, index of the loop around it or -1]``.
``passes``: columns ``loop``, ``index``, ``around`` (a pass, or -1).
``calls``: ``[number, name, kind, depth, line, caller or -1, pass or -1]``.
``names``: the names, ``values``: ``[kind, text]``, ``forms``: what versions of tensors share.
``entries``: an object's states. A tensor's is ``[form, version or -1, storage or -1, offset,
    gradient or -1, values, least, most, finite]``, its end left out where it says nothing new
    (``null, null, 1``); another's is ``[kind, type, length, label, held, label, held, …]``.
``moments``: columns ``line``, ``call``, ``pass`` (or -1), ``bindings`` and ``changes`` (how many).
    ``kinds`` is what the moments are other than ``after``: ``{"loop": [places], …}``.
    ``numbers`` is ``[place, number]`` wherever the number is not the one after the last;
    ``printed`` and ``warned`` are ``[place, count]`` wherever the count grew;
    ``returned`` is ``[place, held]``, ``raised`` is ``[place, kind, message]``;
    ``gaps`` is ``[place, count, bindings, changes]``.
``bindings``: columns ``call``, ``name``, ``held``; ``changes``: columns ``object``, ``entry``. A
    gap's come before its moment's own.

What is *held* is ``2 * object``, ``2 * value + 1``, or -1 for a name that is gone. Values of a
tensor are numbers of as many digits as its dtype needs, and texts where JSON has no number
(``"NaN"``, ``"inf"``, ``"-inf"``, complex ones) or a browser would round it (whole ones from 2**53
on).
"""

from __future__ import annotations

import base64
import json
import math
import struct
import zlib
from collections.abc import Hashable, Iterable
from typing import Any

from groundup.engine.trace.entries import Entry, GroupEntry, Held, Number, TensorEntry, Value
from groundup.engine.trace.moments import GONE, Pass
from groundup.engine.trace.result import Trace

EXACT = 2**53
"""A browser's numbers tell whole ones below this apart."""


class _Table:
    """Things named once, each by its place."""

    def __init__(self) -> None:
        self.places: dict[Hashable, int] = {}

    def place(self, one: Hashable) -> int:
        return self.places.setdefault(one, len(self.places))

    def __iter__(self) -> Any:
        return iter(self.places)


def encoded(trace: Trace) -> dict[str, Any]:
    """``trace`` as data for JSON; the module says what is where."""
    return _Encoder(trace).data()


def packed(trace: Trace) -> str:
    """``trace`` as it is sent: its JSON compressed (zlib's format, as a browser's
    ``DecompressionStream("deflate")`` reads it), in base64."""
    text = json.dumps(encoded(trace), separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return base64.b64encode(zlib.compress(text.encode(), 6)).decode()


class _Encoder:
    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.names, self.values, self.forms, self.passes = _Table(), _Table(), _Table(), _Table()
        self.entries: dict[Entry, int] = {}
        self.entry_data: list[Any] = []

    def data(self) -> dict[str, Any]:
        trace = self.trace
        calls = trace.calls()
        there = {call.number for call in calls}
        moments = self._moments()
        bindings, changes = self._changes(there, moments)
        told = [
            [
                *(c.number, c.scope.name, c.scope.kind, c.depth, c.line),
                *(c.caller.number if c.caller else -1, self._pass(c.base)),
            ]
            for c in calls
        ]
        return {
            "end": [trace.end.state, trace.end.words],
            "said": list(trace.said),
            "output": trace.output,
            "warnings": [[n.line, n.kind, n.message] for n in trace.notices],
            "count": trace.count,
            "storages": list(trace.storages),
            "loops": [
                [loop.line, loop.target, -1 if loop.outer is None else loop.outer]
                for loop in trace.loops
            ],
            "passes": self._passes(),
            "calls": told,
            "names": list(self.names),
            "values": [list(value) for value in self.values],
            "forms": [list(form) for form in self.forms],
            "entries": self.entry_data,
            "moments": moments,
            "bindings": bindings,
            "changes": changes,
        }

    def _moments(self) -> dict[str, Any]:
        moments = self.trace.moments
        kinds: dict[str, list[int]] = {}
        for place, moment in enumerate(moments):
            if moment.kind != "after":
                kinds.setdefault(moment.kind, []).append(place)
        return {
            "line": [moment.line for moment in moments],
            "call": [moment.call.number for moment in moments],
            "pass": [self._pass(moment.within) for moment in moments],
            "kinds": kinds,
            "numbers": _jumps([moment.number for moment in moments]),
            "printed": _growth(moment.printed for moment in moments),
            "warned": _growth(moment.warned for moment in moments),
            "returned": [
                [place, self._held(moment.returned)]
                for place, moment in enumerate(moments)
                if moment.returned is not None
            ],
            "raised": [
                [place, *moment.raised]
                for place, moment in enumerate(moments)
                if moment.raised is not None
            ],
        }

    def _changes(
        self, there: set[int], moments: dict[str, Any]
    ) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        bound: list[tuple[int, int, int]] = []
        changed: list[tuple[int, int]] = []
        counts: list[tuple[int, int]] = []
        gaps: list[list[int]] = []

        def add(part: Any) -> tuple[int, int]:
            new = [
                (c, self.names.place(n), self._held(h)) for c, n, h in part.bindings if c in there
            ]
            bound.extend(new)
            changed.extend((number, self._entry(entry)) for number, entry in part.changes)
            return len(new), len(part.changes)

        for place, moment in enumerate(self.trace.moments):
            if moment.gap:
                gaps.append([place, moment.gap.count, *add(moment.gap)])
            counts.append(add(moment))
        moments["bindings"], moments["changes"] = (
            map(list, zip(*counts, strict=True)) if counts else ([], [])
        )
        moments["gaps"] = gaps
        return _columns(bound, "call", "name", "held"), _columns(changed, "object", "entry")

    def _held(self, held: Held) -> int:
        if isinstance(held, Value):
            return 2 * self.values.place(held) + 1
        return -1 if held == GONE else 2 * held

    def _pass(self, one: Pass | None) -> int:
        if one is None:
            return -1
        self._pass(one.around)  # what is around comes first
        return self.passes.place(one)

    def _passes(self) -> dict[str, list[int]]:
        rows = [(one.loop, one.index, self._pass(one.around)) for one in list(self.passes)]
        return _columns(rows, "loop", "index", "around")

    def _entry(self, entry: Entry) -> int:
        # Of NaN no two are equal, so such an entry is told each time anew.
        if entry not in self.entries:
            self.entries[entry] = len(self.entry_data)
            told = self._tensor(entry) if isinstance(entry, TensorEntry) else self._group(entry)
            self.entry_data.append(told)
        return self.entries[entry]

    def _tensor(self, entry: TensorEntry) -> list[Any]:
        dtype = entry.form.dtype
        told: list[Any] = [self.forms.place(entry.form)]
        told += [-1 if one is None else one for one in (entry.version, entry.storage)]
        told += [entry.offset, -1 if entry.grad is None else entry.grad]
        told.append([digits(value, dtype) for value in entry.values])
        rest = [digits(entry.least, dtype), digits(entry.most, dtype)]
        if (*rest, entry.finite) != (None, None, True):
            told += [*rest, None if entry.finite is None else int(entry.finite)]
        return told

    def _group(self, entry: GroupEntry) -> list[Any]:
        items = [part for label, held in entry.items for part in (label, self._held(held))]
        return [entry.kind, entry.type, entry.length, *items]


def _columns(rows: Iterable[tuple[int, ...]], *names: str) -> dict[str, list[int]]:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


def _jumps(numbers: list[int]) -> list[list[int]]:
    return [
        [place, number]
        for place, number in enumerate(numbers)
        if number != (numbers[place - 1] + 1 if place else 0)
    ]


def _growth(counts: Iterable[int]) -> list[list[int]]:
    grown: list[list[int]] = []
    for place, count in enumerate(counts):
        if count != (grown[-1][1] if grown else 0):
            grown.append([place, count])
    return grown


def digits(value: Number | None, dtype: str) -> Number | None:
    """``value`` with the digits that tell it apart from all others of its dtype."""
    if isinstance(value, int):
        return int(value) if abs(value) < EXACT else str(value)
    if not isinstance(value, float):
        return value
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else str(value)
    if dtype == "float32":
        for digits in (6, 7, 8):
            short = float(f"{value:.{digits}g}")
            if _as_float32(short) == value:
                return _whole(short)
        return _whole(float(f"{value:.9g}"))
    return _whole(value)


def _whole(value: float) -> Number:
    """A whole number without its ``.0``; JSON makes no difference."""
    return int(value) if value == int(value) and abs(value) < EXACT else value


_FLOAT32 = struct.Struct("f")


def _as_float32(value: float) -> float:
    """The float32 nearest to ``value``; a tensor made for it would take ten times as long."""
    try:
        nearest: float = _FLOAT32.unpack(_FLOAT32.pack(value))[0]
    except OverflowError:
        return math.inf
    return nearest
