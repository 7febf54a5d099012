"""The projector of a room without a plan: what is asked, and what may be asked next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from groundup.classroom.asked import COURSE, NUMBER, SHAPE, Asked, course_question, section_of
from groundup.classroom.learning import UNFIT, Moment, look
from groundup.classroom.store import Store, shared
from groundup.classroom.teaching import Key, ask, ask_again, close_room, reveal
from groundup.course import path
from groundup.course.path import Question
from groundup.ui.classroom import board, steps
from groundup.ui.classroom.sentences import told_if_unusable
from groundup.ui.classroom.state import RoomState
from groundup.ui.controls.heard import one_of
from groundup.ui.controls.link import ASK
from groundup.ui.course.opening import link_to
from groundup.ui.course.prose import label
from groundup.ui.course.turning import keys
from groundup.ui.state import page_state, stored

_OWN = {"A number": NUMBER, "A shape": SHAPE}


def show(teacher: Key, wanted: Question | None) -> None:
    """Draw the teacher's room; ``wanted`` is the question that the link brought."""
    board.live(teacher, partial(_steps, teacher, wanted is None))
    if page_state(RoomState).told == UNFIT:
        st.warning("Your question was not asked: it needs 1 to 200 characters.")
    with st.container(horizontal=True, vertical_alignment="center", key="room_foot"):
        if wanted:
            _asking(f"Ask: {label(wanted.ask)}", wanted, teacher)
        with st.popover("Ask another question"):
            _others(teacher)
        _way_back(teacher)
        with st.popover("Close the room"):
            st.markdown("The room and all that was answered in it are forgotten.")
            st.button("Close it", key="room_close", on_click=_change, args=(close_room, teacher))
        keys("room_keys")


def _steps(teacher: Key, goes_on: bool, now: Moment) -> None:
    """The vote's next step; it ``goes_on`` by a key where no link brought another question."""
    if now.number and not now.revealed:
        again = partial(_change, ask_again, teacher) if now.round == 1 else None
        steps.again_and_reveal(again, partial(_change, reveal, teacher), keys=goes_on)
    elif goes_on and (following := _following(now)):
        _asking("Next question" if now.number else "Ask the first question", following, teacher)
        steps.told("Page Down", f"{following.id.replace('-', ', question ')}")


def _asking(said: str, question: Question, teacher: Key) -> None:
    asked = Asked(COURSE, question.id)
    steps.ask_button(said, "room_ask_wanted", _ask, teacher, asked)


def _following(now: Moment) -> Question | None:
    """The question of the path that comes after the one that the room was asked."""
    every = [one for section in path.sections() for one in section.questions]
    here = course_question(now.asked.text) if now.asked.kind == COURSE else None
    at = every.index(here) + 1 if here else 0
    return every[at] if at < len(every) else None


def _way_back(teacher: Key) -> None:
    """To the section whose question the room was asked; the room stays open."""
    now = look(shared(), teacher.code) or Moment()
    one = path.section(section_of(now.asked.text)) if now.asked.kind == COURSE else None
    page, query = (one.page, link_to(one)) if one else ("home", None)
    st.page_link(f"app_pages/{page}.py", label="Back to the course", query_params=query)


def _others(teacher: Key) -> None:
    every = {f"{one.id} {one.ask}": one.id for part in path.sections() for one in part.questions}
    chosen = one_of(st.selectbox("Of the course", list(every), key="room_pick"), list(every))
    asked = Asked(COURSE, every.get(chosen or "", ""))
    st.button("Ask this", key="room_ask", type="primary", on_click=_ask, args=(teacher, asked))
    with st.form("room_own_form", border=False):
        st.text_input("Your own question", key="room_own", max_chars=200)
        st.segmented_control("Its answer", list(_OWN), default="A number", key="room_kind")
        st.form_submit_button("Ask your own", key="room_own_ask", on_click=_own, args=(teacher,))


def _own(teacher: Key) -> None:
    kind = one_of(stored("room_kind"), list(_OWN))
    _ask(teacher, Asked(_OWN[kind or "A number"], str(stored("room_own", "")).strip()))


def _ask(teacher: Key, asked: Asked) -> None:
    st.query_params.pop(ASK, None)
    with told_if_unusable():
        page_state(RoomState).told = "" if ask(shared(), teacher, asked) else UNFIT


def _change(how: Callable[[Store, Key], bool], teacher: Key) -> None:
    with told_if_unusable():
        how(shared(), teacher)
