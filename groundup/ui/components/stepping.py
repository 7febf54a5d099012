"""The steps under a code panel: a recording of its text, made when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from groundup.engine.trace import TraceLimits, trace
from groundup.engine.trace.wire import packed
from groundup.ui.components.player_panel import short_name
from groundup.ui.controls.heard import heard
from groundup.ui.controls.link import linked_moment
from groundup.ui.state import page_state

Files = Mapping[str, str | bytes]

LIMITS = TraceLimits(moments=3_000, bytes=1_000_000, seconds=3.0)
"""For a page: some 100 kB are sent, and a class waits for nobody longer than that."""


@dataclass
class SteppingState:
    """Whose steps are open, by the panels' keys."""

    opened: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)


@st.cache_data(max_entries=24, ttl=1800, show_spinner=False)
def _recorded(text: str, around: int | None, files: Files) -> str:
    return packed(trace(text, limits=LIMITS, around=around, files=files))


def steps_for(key: str, text: str, files: Files | None = None) -> dict[str, Any]:
    """What the panel called ``key`` is sent of ``text``'s steps: the recording, if it is open."""
    number = linked_moment(key)
    state = page_state(SteppingState)
    if key not in state.opened and (number is None or key in state.closed):
        return {"key": key}
    recording = _recorded(text, number, files or {})
    return {"key": key, "id": short_name(recording), "packed": recording, "number": number}


def press(key: str) -> None:
    """Take up that the steps of the panel called ``key`` were opened or closed."""
    wanted, state = heard(key, "steps"), page_state(SteppingState)
    if wanted is True:
        state.opened.add(key)
        state.closed.discard(key)
    elif wanted is False:
        state.opened.discard(key)
        state.closed.add(key)
