"""What the server keeps of a visitor in a room, and what their browser keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from groundup.classroom.learning import Moment
from groundup.classroom.names import is_token, new_token, read_code
from groundup.classroom.rate import Rate
from groundup.classroom.teaching import Key
from groundup.ui.components.component import component
from groundup.ui.controls.heard import heard
from groundup.ui.state import page_state

_pocket = component("classroom/pocket")
_KEY = "room_pocket"
_LONGEST = 100


@dataclass
class RoomState:
    """One visitor in the rooms.

    Attributes:
        token: what this browser is known by.
        is_known: whether the browser said so; until then it may have another token.
        key: the room that this visitor teaches.
        told: what the last answer, or the last attempt to come in, ended in.
        missed: the last wrong code, which is counted once.
        stops: the moments of plans, as ``plan 3``, whose question was put to the class.
        hands: what the class is asked that votes by hand, in place of a room.
    """

    token: str = field(default_factory=new_token)
    is_known: bool = False
    key: Key | None = None
    told: str = ""
    missed: str = ""
    stops: set[str] = field(default_factory=set)
    hands: Moment = field(default_factory=Moment)
    misses: Rate = field(default_factory=lambda: Rate(10))
    votes: Rate = field(default_factory=lambda: Rate(30))


def exchange(*, taught: bool) -> RoomState:
    """Let the browser say what it is known by, and keep it; the teacher's key if ``taught``."""
    state = page_state(RoomState)
    data = {
        "learner": state.token,
        "teacher": " ".join(state.key or ()) if taught else None,
        "heard": state.is_known,
    }
    _pocket(key=_KEY, data=data, on_known_change=_take_up)
    return state


def _take_up() -> None:
    state, said = page_state(RoomState), heard(_KEY, "known")
    if state.is_known or not isinstance(said, str):
        return
    state.is_known = True
    # A visit has one token: who forges a second needs a second visit.
    token, code, secret = [*said[:_LONGEST].split(" "), "", "", ""][:3]
    if is_token(token):
        state.token = token
    if state.key is None and read_code(code) == code and is_token(secret):
        state.key = Key(code, secret)
