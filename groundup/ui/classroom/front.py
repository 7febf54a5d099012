"""The projector of a room: the question, large, and how many answered; the bars at the reveal."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from urllib.parse import urlsplit

import segno
import streamlit as st

from groundup.classroom.asked import COURSE, NUMBER, SHAPE, Asked, section_of
from groundup.classroom.counting import bars, foremost, turnout
from groundup.classroom.learning import UNFIT, Moment, look
from groundup.classroom.store import Store, shared
from groundup.classroom.teaching import Key, ask, ask_again, close_room, reveal
from groundup.course import path
from groundup.course.path import Question
from groundup.ui.classroom import drawn
from groundup.ui.classroom.sentences import told_if_unusable
from groundup.ui.classroom.state import RoomState
from groundup.ui.controls.heard import one_of
from groundup.ui.controls.link import ASK, JOIN
from groundup.ui.course.opening import link_to
from groundup.ui.course.prose import label
from groundup.ui.state import page_state, stored

EVERY = 1.0
"""Seconds after which the projector looks again."""

_OWN = {"A number": NUMBER, "A shape": SHAPE}


def show(teacher: Key, wanted: Question | None) -> None:
    """Draw the teacher's room; ``wanted`` is the question that the link brought."""
    st.fragment(_front, run_every=EVERY)(teacher)
    if page_state(RoomState).told == UNFIT:
        st.warning("Your question was not asked: it needs 1 to 200 characters.")
    with st.container(horizontal=True, vertical_alignment="center", key="room_foot"):
        if wanted:
            _button(
                f"Ask: {label(wanted.ask)}", "room_ask_wanted", Asked(COURSE, wanted.id), teacher
            )
        with st.popover("Ask another question"):
            _others(teacher)
        _way_back(teacher)
        with st.popover("Close the room"):
            st.markdown("The room and all that was answered in it are forgotten.")
            st.button("Close it", key="room_close", on_click=_change, args=(close_room, teacher))


def _way_back(teacher: Key) -> None:
    """To the section whose question the room was asked; the room stays open."""
    now = look(shared(), teacher.code) or Moment()
    one = path.section(section_of(now.asked.text)) if now.asked.kind == COURSE else None
    page, query = (one.page, link_to(one)) if one else ("home", None)
    st.page_link(f"app_pages/{page}.py", label="Back to the course", query_params=query)


def _front(teacher: Key) -> None:
    with told_if_unusable():
        now = look(shared(), teacher.code)
        if now is None:
            st.rerun()
        left, right = st.columns([0.66, 0.34], gap="medium")
        with left:
            _question(teacher, now)
        with right:
            _beside(teacher, now)


def _question(teacher: Key, now: Moment) -> None:
    if now.number == 0:
        st.html('<div class="room-front"><h1>Join the room on your phone</h1></div>')
        return
    body = drawn.choices(now.asked)
    if now.revealed:
        found = foremost(bars(shared(), teacher.code, now.asked))
        body = drawn.revealed(now.asked, found, twice=now.round == 2) + drawn.meaning(now.asked)
    st.html(f'<div class="room-front">{drawn.title(now.asked)}{body}</div>')


def _beside(teacher: Key, now: Moment) -> None:
    st.html(f'<div class="room-door">{_door(teacher.code)}</div>')
    counted = drawn.counted(turnout(shared(), teacher.code), asked=now.number > 0)
    st.html(f'<div class="room-door">{counted}</div>')
    if now.number == 0 or now.revealed:
        return
    with st.container(horizontal=True, horizontal_alignment="center"):
        if now.round == 1:
            st.button(
                "Ask again after talking",
                key="room_again_ask",
                on_click=_change,
                args=(ask_again, teacher),
            )
        st.button(
            "Reveal", key="room_reveal", type="primary", on_click=_change, args=(reveal, teacher)
        )


def _door(code: str) -> str:
    """Where to go, and with which code; the QR code holds both."""
    address = st.context.url or "/room"
    parts = urlsplit(address)
    picture = segno.make(f"{address}?{JOIN}={code}", error="m", micro=False).svg_data_uri(
        border=2, light="#fff", omitsize=True
    )
    return (
        f'<p>{escape(parts.netloc + parts.path)}</p><p class="room-code">{code}</p>'
        f'<img class="room-qr" alt="QR code of the link to this room" src="{escape(picture)}">'
    )


def _others(teacher: Key) -> None:
    every = {f"{one.id} {one.ask}": one.id for part in path.sections() for one in part.questions}
    chosen = one_of(st.selectbox("Of the course", list(every), key="room_pick"), list(every))
    _button("Ask this", "room_ask", Asked(COURSE, every.get(chosen or "", "")), teacher)
    with st.form("room_own_form", border=False):
        st.text_input("Your own question", key="room_own", max_chars=200)
        st.segmented_control("Its answer", list(_OWN), default="A number", key="room_kind")
        st.form_submit_button("Ask your own", key="room_own_ask", on_click=_own, args=(teacher,))


def _button(said: str, key: str, asked: Asked, teacher: Key) -> None:
    st.button(said, key=key, type="primary", on_click=_ask, args=(teacher, asked))


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
