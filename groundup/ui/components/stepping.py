"""The steps under a code panel: a recording of its text, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, NamedTuple

import streamlit as st

from groundup.ui.components.component import nothing
from groundup.ui.components.player_panel import short_name
from groundup.ui.components.recordings import Around, Files, Recorded, Room, Source
from groundup.ui.controls.heard import heard
from groundup.ui.controls.link import MOMENT, linked_moment, linked_panel
from groundup.ui.state import page_state

SOURCES = 8
"""Of so many recordings, the last ones sent, the parts of a line may be asked for."""


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
    """Whose steps are open, by the panels' keys, and what was sent to them, by its short name.

    ``around`` is what stays whole, and the moment of the link beside which it was asked for.
    ``drawn`` are the panels of the present page that can be stepped through, ``reached`` those that
    a link named and a page showed. ``heavy`` is what is dropped where memory is short.
    """

    heavy: ClassVar[tuple[str, ...]] = ("sources",)

    opened: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    around: dict[str, tuple[int | None, Around]] = field(default_factory=dict)
    stands: dict[str, Stand] = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    sources: dict[str, Source] = field(default_factory=dict)


class Ready(NamedTuple):
    """A recording that is there already: its packed trace, and what the press means that shuts it.

    With ``beside`` the steps stand at the left of the code, where there is room. They begin at the
    first moment of ``line``, if one is given. ``source`` tells what the parts of a line were worth,
    and, of a text that ``failed``, which of them raised. ``here`` is what a press means that asks
    for more of the moment held, and ``on_here`` takes it up.
    """

    recording: str
    close: str
    on_close: Callable[[], None]
    beside: bool = False
    line: int | None = None
    source: Source | None = None
    failed: bool = False
    here: str = ""
    on_here: Callable[[], None] = nothing

    def steps(self, key: str) -> dict[str, Any]:
        """What the panel called ``key`` is sent of it."""
        state = page_state(SteppingState)
        state.drawn.add(key)
        if self.source:
            _remember(state.sources, short_name(self.recording), self.source)
        told = {
            "packed": self.recording,
            "number": linked_moment(key),
            "close": self.close,
            "line": self.line,
            "fault": self.source.recorded().fault if self.source and self.failed else None,
            "here": self.here,
        }
        return {"key": key, "id": short_name(self.recording), "beside": self.beside, **told}


def are_open(key: str) -> bool:
    """Whether the steps of the panel called ``key`` are open."""
    state = page_state(SteppingState)
    return key in state.opened or (linked_moment(key) is not None and key not in state.closed)


def steps_for(
    key: str,
    text: str,
    files: Files | None = None,
    room: Room = nullcontext,
    *,
    own: bool = False,
) -> dict[str, Any]:
    """What the panel called ``key`` is sent of ``text``'s steps: the recording, if it is open."""
    state = page_state(SteppingState)
    state.drawn.add(key)
    if not are_open(key):
        return {"key": key}
    number = linked_moment(key)
    beside, asked = state.around.get(key, (None, None))
    asked = asked if beside == number else None
    source = Source(text, number if asked is None else asked, files or {}, room, own)
    try:
        recorded = source.recorded()
    except ValueError as error:
        st.warning(str(error), icon=":material/memory:")
        return {"key": key}
    if number is not None and number >= recorded.executed:
        _say_past_the_end(number, recorded)
    name = short_name(recorded.packed)
    _remember(state.sources, name, source)
    stand = asdict(state.stands[key]) if key in state.stands else None
    told = {"packed": recorded.packed, "number": number, "fault": recorded.fault}
    return {"key": key, "id": name, **told, "stand": stand, "asked": asked}


def fault_for(
    text: str, line: int | None, files: Files | None = None, *, own: bool = False
) -> dict[str, Any] | None:
    """The part of ``text`` that raised, where that is known and stands at ``line``."""
    found = Source(text, None, files or {}, own=own).fault(line) if line else None
    return found if found and found["at"][0] == line else None


def _remember(sources: dict[str, Source], name: str, source: Source) -> None:
    sources.pop(name, None)
    sources[name] = source
    while len(sources) > SOURCES:
        del sources[next(iter(sources))]


def _say_past_the_end(number: int, recorded: Recorded) -> None:
    st.warning(
        f"The link names statement {number:,} of this code, which executed {recorded.executed:,} "
        "here, counted from 0: its last one is shown."
    )


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


def close_all() -> None:
    """Close what was opened by a press; where the link names a moment, its steps stay."""
    page_state(SteppingState).opened.clear()


def is_reached_now() -> bool:
    """Whether the code that the link names is there since its page was last drawn whole."""
    state = page_state(SteppingState)
    return linked_panel() in state.drawn - state.reached


@contextmanager
def linked_panel_expected() -> Iterator[None]:
    """Draw a page, and say at its top if it has not the code whose statement its link names.

    Once the code was there nothing is said: the learner went on to another section.
    """
    state = page_state(SteppingState)
    state.drawn.clear()
    panel = linked_panel()
    place = st.empty() if panel else None
    yield
    state.reached |= {panel} & state.drawn if panel else set()
    if place and panel not in state.reached:
        place.warning(
            f"`{MOMENT}={panel}-…` was not used: as it is set now, this page shows no code called "
            f"`{panel}` that can be stepped through."
        )
