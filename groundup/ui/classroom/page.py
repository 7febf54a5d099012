"""The page of a room: a learner's phone, the teacher's projector, or the way into either."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from groundup.classroom.asked import COURSE, Asked, course_question
from groundup.classroom.learning import FULL, OVER
from groundup.classroom.store import shared
from groundup.classroom.teaching import ask, is_teacher, open_room
from groundup.course.path import Question
from groundup.ui.classroom import front, given, phone
from groundup.ui.classroom.sentences import NOT_OPEN, told_if_unusable
from groundup.ui.classroom.state import RoomState, exchange
from groundup.ui.controls.link import ASK, JOIN, printable
from groundup.ui.course import showing
from groundup.ui.course.prose import label
from groundup.ui.state import link, page_state, stored

_CSS = Path(__file__).with_name("room.css")


def show() -> None:
    """Draw what the link and the visitor's key say."""
    st.html(_CSS)
    code = link().get(JOIN)
    state = exchange(taught=code is None)
    with told_if_unusable():
        shown = showing.now()
        if code is not None:
            phone.show(code)
        elif shown and shown.moment.asked:
            given.show(shown, state.key if state.key and is_teacher(shared(), state.key) else None)
        elif state.key and is_teacher(shared(), state.key):
            front.show(state.key, wanted())
        else:
            state.told = OVER if state.key else state.told
            state.key = None
            _entrance()


def wanted() -> Question | None:
    """The question of the course that the link says will be asked."""
    return course_question(link().get(ASK, ""))


def _entrance() -> None:
    st.title("Ask the room")
    name = link().get(ASK)
    if name is not None and wanted() is None:
        st.warning(f"`{ASK}={printable(name)}` was not used: the path has no such question.")
    teach, learn = st.columns(2, gap="large")
    with teach:
        _teach()
    with learn:
        _learn()


def _teach() -> None:
    st.header("You teach", anchor=False)
    st.markdown(
        "Open a room and show it on the projector. Your class joins on phones with a code, answers "
        "once, talks, answers once more, and sees both."
    )
    question = wanted()
    if question:
        st.markdown(f"The question: **{label(question.ask)}**")
    said = "Open a room and ask" if question else "Open a room"
    st.button(said, key="room_open", type="primary", on_click=_open)
    if (told := page_state(RoomState).told) in NOT_OPEN:
        st.warning(NOT_OPEN[told])
    st.caption("A room lasts three hours. No names; after a day nothing of it is left.")


def _learn() -> None:
    st.header("You are in the class", anchor=False)
    with st.form("room_entrance", border=False):
        st.text_input("The code at the front", key="room_code", max_chars=20)
        st.form_submit_button("Join", key="room_join", on_click=_join)


def _open() -> None:
    state = page_state(RoomState)
    with told_if_unusable():
        state.key = open_room(shared())
        state.told = "" if state.key else FULL
        if state.key and (question := wanted()):
            ask(shared(), state.key, Asked(COURSE, question.id))
            st.query_params.pop(ASK, None)


def _join() -> None:
    st.query_params.pop(ASK, None)
    st.query_params[JOIN] = str(stored("room_code", ""))
