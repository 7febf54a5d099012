"""The steps under a code panel: a recording of its text, made when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

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


Around = int | tuple[int, ...]
"""The number of a statement, or a loop's line and the passes that lead to one of its own."""


class Followed(NamedTuple):
    """What the steps tell a picture on the same page, in the browser.

    Attributes:
        identity: that of the picture which may follow: one of another text takes nothing up.
        names: what is told of a moment, as ``training.provenance`` names it.
        button: the key of the page's own button that goes on by a statement; None for none.
    """

    identity: str
    names: Mapping[str, Any]
    button: str | None = None


class Timeline(NamedTuple):
    """Moments of the page's own, which lead the steps of a code.

    Attributes:
        at: where it stands, as far as the server knows.
        lines: for each of its moments the line that runs or ran.
        done: for each of its moments the last line that is over.
        failed: the line that failed, at the last moment.
        leader: the key of the component that tells in the browser where it stands; "" for none.
        text: that of which it tells; one of another text is not followed.
    """

    at: int
    lines: Sequence[int | None]
    done: Sequence[int]
    failed: int | None = None
    leader: str = ""
    text: str = ""


@dataclass
class Stand:
    """Where the page itself ordered the steps of a panel to stand.

    Attributes:
        number: counts those orders, so that each is obeyed once.
        start: the loop's line and the pass before whose first statement to stand.
        presses: how often the page's own button asked for one statement more.
    """

    number: int = 0
    start: tuple[int, int] | None = None
    presses: int = 0


@dataclass
class SteppingState:
    """Whose steps are open, and around what they are whole, by the panels' keys."""

    opened: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    around: dict[str, tuple[int | None, Around]] = field(default_factory=dict)
    """What stays whole, and the moment of the link beside which it was asked for."""
    stands: dict[str, Stand] = field(default_factory=dict)


@st.cache_data(max_entries=24, ttl=1800, show_spinner=False)
def _recorded(text: str, around: Around | None, files: Files) -> str:
    return packed(trace(text, limits=LIMITS, around=around, files=files))


def are_open(key: str) -> bool:
    """Whether the steps of the panel called ``key`` are open."""
    state = page_state(SteppingState)
    return key in state.opened or (linked_moment(key) is not None and key not in state.closed)


def steps_for(key: str, text: str, files: Files | None = None) -> dict[str, Any]:
    """What the panel called ``key`` is sent of ``text``'s steps: the recording, if it is open."""
    if not are_open(key):
        return {"key": key}
    number, state = linked_moment(key), page_state(SteppingState)
    beside, asked = state.around.get(key, (None, None))
    asked = asked if beside == number else None
    recording = _recorded(text, number if asked is None else asked, files or {})
    stand = asdict(state.stands[key]) if key in state.stands else None
    sent = {"key": key, "id": short_name(recording), "packed": recording, "number": number}
    return {**sent, "stand": stand, "asked": asked}


def press(key: str) -> None:
    """Take up that the steps of the panel called ``key`` were opened or closed, or that a pass is
    asked for which the recording has not kept."""
    wanted, state = heard(key, "steps"), page_state(SteppingState)
    if wanted is True:
        _open(key)
    elif wanted is False:
        state.opened.discard(key)
        state.closed.add(key)
    elif around := asked_around(wanted):
        state.around[key] = linked_moment(key), around


MOST, DEEPEST = 10**7, 8
"""What a browser may ask for: numbers below, and loops within loops."""


def asked_around(said: object) -> Around | None:
    """The statement or the pass that is asked for; what the browser says may be anything."""
    match said:
        case {"around": [*numbers]} if 1 <= len(numbers) <= DEEPEST:
            if all(type(one) is int and 0 <= one < MOST for one in numbers):
                return numbers[0] if len(numbers) == 1 else tuple(numbers)
    return None


def stand(key: str, start: tuple[int, int]) -> None:
    """Order the steps of the panel called ``key`` to ``start``: a loop's line, and a pass of it."""
    state = page_state(SteppingState)
    order = state.stands.setdefault(key, Stand())
    order.number, order.start = order.number + 1, start
    state.around[key] = linked_moment(key), start


def one_more(key: str, start: tuple[int, int]) -> None:
    """Go on by a statement; where the steps are not open, open them and go on from ``start``."""
    if not are_open(key):
        stand(key, start)
        _open(key)
    page_state(SteppingState).stands.setdefault(key, Stand()).presses += 1


def _open(key: str) -> None:
    state = page_state(SteppingState)
    state.opened.add(key)
    state.closed.discard(key)
