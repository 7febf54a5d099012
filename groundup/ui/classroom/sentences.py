"""What the page of a room says where something could not be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from groundup.classroom import learning
from groundup.classroom.store import LASTS, LEARNERS, ROOMS, StoreError

WAIT, NO_CODE = "wait", "no code"

NOT_IN = {
    learning.NO_ROOM: "There is no room with this code. Look at the front, and type it again.",
    learning.OVER: f"This room is over: a room lasts {LASTS / 3600:.0f} hours.",
    learning.FULL: f"This room is full: {LEARNERS} learners are in it.",
    WAIT: "Too many wrong codes were tried. Wait a minute, and type the code again.",
    NO_CODE: "This is no code of a room: a code has six letters.",
}
"""Why one is not in."""

NOT_OPEN = {
    learning.FULL: f"All {ROOMS} rooms are taken now. Try again later.",
    learning.OVER: "Your last room was closed.",
}
"""Why the teacher has no room."""

NOT_SENT = {
    learning.TWICE: "You have answered this already. The first answer counts.",
    learning.CLOSED: "This answer came too late: the question was closed.",
    learning.UNFIT: "This answer cannot be read: write a number or a shape, as the question asks.",
    learning.STRANGER: "You are not in this room. Reload the page.",
    learning.NO_ROOM: "The room was closed.",
    learning.OVER: "The room is over.",
    WAIT: "That was too often. Wait a minute.",
}
"""Why an answer does not count."""


@contextmanager
def told_if_unusable() -> Iterator[None]:
    """Say so where the rooms' file fails."""
    try:
        yield
    except StoreError:
        st.error("The rooms cannot be reached now. Reload the page in a minute.")
