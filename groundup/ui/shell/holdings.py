"""What all sessions of the server hold together: bounded, the longest idle ones giving way."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any
from weakref import ref

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from groundup.engine import heap
from groundup.engine.sizes import bytes_of
from groundup.engine.turns import TURNS
from groundup.ui.once import at_end_of_run
from groundup.ui.shell.presence import presence
from groundup.ui.state import page_states

MOST_BYTES = 128 * 2**20
"""Runs, races, films and pins of everybody together; a hosted copy has 1 GB, and torch a third."""
GARBAGE_SECONDS = 3.0
"""Between two collections of garbage: each walks what all sessions hold (60 ms for a hundred)."""
COLLECTED_AFTER = 0.5
"""Seconds after a page was drawn, for whoever waits for it is not to wait for the collection."""
QUIET_SECONDS = 30.0
"""Whoever pressed something, or watched a run being computed, so recently loses nothing."""

LOST = (
    "You pressed nothing for a while, and others needed the memory: your runs and pins were "
    "deleted. All settings and your own points are still here, so the same button makes the "
    "same run again."
)


@dataclass
class _Session:
    """What one visitor holds."""

    present: Callable[[], bool]
    bytes: int = 0
    seen: float = 0.0
    states: list[ref[Any]] = field(default_factory=list)
    lost: bool = False

    @property
    def idle(self) -> float:
        return time.monotonic() - self.seen

    def tell(self) -> None:
        """What was lost is told."""
        self.lost = False

    def let_go(self) -> None:
        """Drop what is heavy; a page makes it anew when it is opened."""
        for state in filter(None, (found() for found in self.states)):
            for one in fields(state):
                if one.name in _heavy(state):
                    setattr(state, one.name, _first(one))
        self.bytes, self.lost = 0, True


_sessions: dict[str, _Session] = {}
_lock = threading.Lock()
_collected = 0.0


def settle() -> None:
    """A page was drawn: count what this visitor holds, and make room where all hold too much."""
    states = page_states()
    size = bytes_of([[getattr(state, name) for name in _heavy(state)] for state in states])
    with _lock:
        own = _own()
        own.bytes, own.seen = size, time.monotonic()
        own.states = [ref(state) for state in states]
        _make_room(own)
    _collect_garbage()


def _collect_garbage() -> None:
    """Now and then: runs and graphs hold each other in circles, which only a collection frees.

    What they held goes back to the system.
    """
    global _collected  # noqa: PLW0603  # the process has one garbage
    now = time.monotonic()
    if now - _collected >= GARBAGE_SECONDS:
        _collected = now
        later = threading.Timer(COLLECTED_AFTER, _let_go)
        later.daemon = True
        later.start()


def _let_go() -> None:
    # Nobody's page is drawn meanwhile, so it comes after those who wait for theirs.
    with TURNS.last():
        gc.collect()
        heap.give_back()


def touch() -> None:
    """This visitor is at work."""
    with _lock:
        _own().seen = time.monotonic()


def has_lost() -> bool:
    """Whether the visitor had to give way, and was not told yet."""
    with _lock:
        return _own().lost


def say_lost() -> None:
    """Tell the visitor once, if they had to give way."""
    with _lock:
        own = _own()
    if own.lost:
        st.info(LOST, icon=":material/memory:")
        at_end_of_run(own.tell)


def take_over(name: str) -> list[Any]:
    """What the session called ``name`` left, which is over; nothing of one that goes on."""
    with _lock:
        over = _sessions.get(name)
        if over is None or over.present():
            return []
        del _sessions[name]
    return [state for state in (found() for found in over.states) if state is not None]


def held() -> int:
    """Bytes that all sessions hold together."""
    return sum(one.bytes for one in list(_sessions.values()))


def _heavy(state: Any) -> tuple[str, ...]:
    heavy: tuple[str, ...] = getattr(state, "heavy", ())
    return heavy


def _own() -> _Session:
    context = get_script_run_ctx()
    name = context.session_id if context else ""
    return _sessions.setdefault(name, _Session(presence()))


def _make_room(own: _Session) -> None:
    for name, one in list(_sessions.items()):
        # The states of a session that Streamlit has dropped are gone with it.
        if one is not own and not any(found() for found in one.states) and not one.present():
            del _sessions[name]
    others = [one for one in _sessions.values() if one is not own and one.idle > QUIET_SECONDS]
    for one in sorted(others, key=lambda one: (one.present(), -one.idle)):
        if held() <= MOST_BYTES:
            return
        if one.bytes:
            one.let_go()


def _first(one: Field[Any]) -> Any:
    return one.default if one.default_factory is MISSING else one.default_factory()
