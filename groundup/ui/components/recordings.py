"""Recordings of texts, made once for everybody, and what the parts of their lines were worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import streamlit as st

from groundup.engine.trace import Expression, Trace, TraceLimits, expressions, trace
from groundup.engine.trace.expressions import Failing, Placed
from groundup.engine.trace.parts import fault, may_differ, parts
from groundup.engine.trace.wire import packed
from groundup.language.bounded import expressions_own, trace_own
from groundup.language.own_code import check

Files = Mapping[str, str | bytes]
Room = Callable[[], AbstractContextManager[object]]
"""Holds memory for a text while it is executed; raises ValueError, with a sentence, for want of it.
"""

Around = int | tuple[int, ...]
"""The number of a statement, or a loop's line and the passes that lead to one of its own."""

LIMITS = TraceLimits(moments=3_000, bytes=1_000_000, seconds=3.0)
"""For a page: some 100 kB are sent, and a class waits for nobody longer than that."""


@dataclass(frozen=True)
class Source:
    """What is executed: ``around`` names the pass that is to be kept whole.

    A learner's ``own`` text is checked, and runs within the bounds of the language.
    """

    text: str
    around: Around | None = None
    files: Files = field(default_factory=dict)
    room: Room = nullcontext
    own: bool = False

    def recorded(self) -> Recorded:
        """Its recording.

        Raises:
            ValueError: if there is no room for it now, or its own text is refused.
        """
        return _recorded(self.text, self.around, self.files, self.room, self.own)

    def parts(self, place: Place) -> dict[str, Any]:
        """The ``parts`` of the statement at ``place``, one of the recording's, and its ``fault``.

        Raises:
            ValueError: if there is no room for it now, or its own text is refused.
        """
        return _parts(self.text, place, self.files, self.room, self.own)

    def fault(self, line: int) -> dict[str, Any] | None:
        """The part that raises where the text fails at ``line``; nothing of it is recorded.

        Raises:
            ValueError: if there is no room for it now, or its own text is refused.
        """
        return _fault_at(self.text, line, self.files, self.room, self.own)


class Place(NamedTuple):
    """A moment of a recording, as the text is run again to it."""

    number: int
    line: int
    site: int


class Recorded(NamedTuple):
    """A recording: as it is sent, how many statements were executed, and which of them are kept.

    ``fault`` is the part that raised, where the text failed.
    """

    packed: str
    executed: int
    places: tuple[Place, ...]
    fault: dict[str, Any] | None

    def place(self, number: int) -> Place | None:
        """The moment of that number, if it is kept."""
        return next((one for one in self.places if one.number == number), None)


@st.cache_data(max_entries=24, ttl=1800, show_spinner=False)
def _recorded(text: str, around: Around | None, files: Files, _room: Room, own: bool) -> Recorded:
    with _room():
        if own:
            made = trace_own(check(text), limits=LIMITS, around=around)
        else:
            made = trace(text, limits=LIMITS, around=around, files=files)
        places = tuple(Place(one.number, one.line, one.site) for one in made.moments)
        return Recorded(packed(made), made.count, places, _fault(made, files, own))


def _fault(made: Trace, files: Files, own: bool) -> dict[str, Any] | None:
    last = made.moments[-1] if made.moments else None
    if made.end.state != "failed" or last is None or last.raised is None:
        return None
    found = fault(_expressions(made.text, last, files, own))
    return {**found, "number": last.number} if found else None


@st.cache_data(max_entries=400, ttl=1800, show_spinner=False)
def _fault_at(text: str, line: int, files: Files, _room: Room, own: bool) -> dict[str, Any] | None:
    with _room():
        return fault(_expressions(text, Failing(line), files, own))


def _expressions(text: str, place: Placed, files: Files, own: bool) -> list[Expression]:
    if own:
        return expressions_own(check(text), place, limits=LIMITS)
    return expressions(text, place, limits=LIMITS, files=files)


@st.cache_data(max_entries=400, ttl=1800, show_spinner=False)
def _parts(text: str, place: Place, files: Files, _room: Room, own: bool) -> dict[str, Any]:
    with _room():
        found = _expressions(text, place, files, own)
    return {"parts": parts(found), "fault": fault(found), "again": may_differ(text)}
