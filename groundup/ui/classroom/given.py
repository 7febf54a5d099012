"""The vote on the question of a plan's moment: in the teacher's room, or by hand where none is."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from groundup.classroom.asked import COURSE, Asked
from groundup.classroom.learning import FULL, Moment, look
from groundup.classroom.store import shared
from groundup.classroom.teaching import Key, ask, ask_again, open_room, reveal
from groundup.ui.classroom import board, steps
from groundup.ui.classroom.sentences import NOT_OPEN, told_if_unusable
from groundup.ui.classroom.state import RoomState
from groundup.ui.course import showing
from groundup.ui.course.showing import Showing
from groundup.ui.state import page_state


def show(shown: Showing, teacher: Key | None) -> None:
    """Put the question to the class, the first time by itself; then show what was answered."""
    state, asked = page_state(RoomState), Asked(COURSE, shown.moment.question)
    stop = f"{shown.plan.id} {shown.at}"
    if stop not in state.stops:
        state.stops.add(stop)
        _ask(teacher, asked)
    now = look(shared(), teacher.code) if teacher else state.hands
    if now is None or now.asked != asked:
        board.still(Moment(number=1, asked=asked), partial(_closed, teacher))
        return
    if now.revealed:
        showing.tell(shown)
    following = partial(_steps, teacher, shown.moment.again > 0)
    if teacher:
        board.live(teacher, following)
    else:
        board.by_hand(now, following)


def _closed(teacher: Key | None, now: Moment) -> None:
    """The room was asked something else since: this vote is over."""
    steps.ask_button("Ask it once more", "room_ask_moment", _ask, teacher, now.asked)
    steps.told("Page Down", "ask it once more: the answers before are forgotten")


def _steps(teacher: Key | None, again: bool, now: Moment) -> None:
    if now.revealed:
        steps.told("Page Down", "the page that shows why")
        return
    talk = partial(_again, teacher) if again and now.round == 1 else None
    steps.again_and_reveal(talk, partial(_reveal, teacher))
    if teacher is None:
        st.button("Open a room for phones", key="room_open_here", on_click=_open, args=(now.asked,))
        if (told := page_state(RoomState).told) in NOT_OPEN:
            st.warning(NOT_OPEN[told])


def _ask(teacher: Key | None, asked: Asked) -> None:
    page_state(RoomState).hands = Moment(number=1, asked=asked)
    if teacher:
        with told_if_unusable():
            ask(shared(), teacher, asked)


def _again(teacher: Key | None) -> None:
    state = page_state(RoomState)
    state.hands = replace(state.hands, round=2)
    if teacher:
        with told_if_unusable():
            ask_again(shared(), teacher)


def _reveal(teacher: Key | None) -> None:
    state = page_state(RoomState)
    state.hands = replace(state.hands, revealed=True)
    if teacher:
        with told_if_unusable():
            reveal(shared(), teacher)


def _open(asked: Asked) -> None:
    state = page_state(RoomState)
    with told_if_unusable():
        state.key = open_room(shared())
        state.told = "" if state.key else FULL
        _ask(state.key, asked)
