"""A learner's page: the question of the moment, and one tap that answers it."""

from __future__ import annotations

import string

import streamlit as st

from groundup.classroom.asked import COURSE, NUMBER, course_question
from groundup.classroom.learning import IN, NO_ROOM, SENT, Moment, join, look, vote
from groundup.classroom.names import read_code
from groundup.classroom.rate import Rate
from groundup.classroom.store import shared
from groundup.ui.classroom import drawn
from groundup.ui.classroom.sentences import NO_CODE, NOT_IN, NOT_SENT, WAIT, told_if_unusable
from groundup.ui.classroom.state import RoomState
from groundup.ui.controls.link import JOIN
from groundup.ui.course.prose import label
from groundup.ui.shell.part import part
from groundup.ui.state import page_state, stored

EVERY = 2.0
"""Seconds after which a phone looks again; only while its room is open."""

WRONG = Rate(120)
"""Wrong codes, by whomever: what a room's code withstands was counted with it."""


def show(said: str) -> None:
    """Let the learner into the room whose code the link holds."""
    if not page_state(RoomState).is_known:
        st.html(drawn.head("") + "<h1>Joining the room</h1>")
        return
    code, ended = _entered(said)
    if code and ended == IN:
        part(_moment, run_every=EVERY)(code)
        return
    st.html(drawn.head("") + "<h1>You are not in a room</h1>")
    st.warning(NOT_IN[ended])
    with st.form("room_again", border=False):
        st.text_input("The code at the front", key="room_code_again", max_chars=20)
        st.form_submit_button("Join", key="room_join_again", on_click=_join_again)


def _entered(said: str) -> tuple[str | None, str]:
    """The code, and what joining with it ended in."""
    state, code = page_state(RoomState), read_code(said)
    if code is None:
        return None, NO_CODE
    if state.misses.is_full() or WRONG.is_full():
        return code, WAIT
    ended = join(shared(), code, state.token)
    if ended == NO_ROOM and state.missed != code:
        state.missed = code
        state.misses.count()
        WRONG.count()
    return code, ended


def _join_again() -> None:
    st.query_params[JOIN] = str(stored("room_code_again", ""))


def _moment(code: str) -> None:
    with told_if_unusable():
        now = look(shared(), code, page_state(RoomState).token)
        if now is None:
            st.rerun()
        _draw(code, now)


def _draw(code: str, now: Moment) -> None:
    sent = now.mine[now.round - 1]
    if now.number == 0:
        st.html(drawn.head(code) + "<h1>You are in.</h1><p>The question will appear here.</p>")
    elif now.revealed or sent is not None:
        st.html(drawn.head(code) + drawn.answered(now))
    else:
        st.html(drawn.head(code) + drawn.title(now.asked))
        _choices(code, now) if now.asked.kind == COURSE else _field(code, now)
        tap = "One tap sends it. " if now.asked.kind == COURSE else ""
        st.html(f'<p class="room-note">{tap}{drawn.once(now.round)}</p>')
    if (told := page_state(RoomState).told) in NOT_SENT:
        st.warning(NOT_SENT[told])
    st.html(drawn.FOOT)


def _choices(code: str, now: Moment) -> None:
    question = course_question(now.asked.text)
    with st.container(key="room_choices", gap="small"):
        for letter, choice in zip(
            string.ascii_uppercase, question.choices if question else (), strict=False
        ):
            st.button(
                f"**{letter}** {label(choice)}",
                key=f"vote_{letter}",
                width="stretch",
                on_click=_send,
                args=(code, now, choice),
            )


def _field(code: str, now: Moment) -> None:
    wanted = "A number" if now.asked.kind == NUMBER else "A shape, such as 2, 3; or the word error"
    with st.form("room_answer_form", border=False, clear_on_submit=True):
        st.text_input(wanted, key="room_answer", max_chars=60)
        st.form_submit_button(
            "Send", key="room_send", type="primary", on_click=_send_typed, args=(code, now)
        )


def _send_typed(code: str, now: Moment) -> None:
    _send(code, now, str(stored("room_answer", "")))


def _send(code: str, now: Moment, said: str) -> None:
    state = page_state(RoomState)
    if state.votes.is_full():
        state.told = WAIT
        return
    state.votes.count()
    with told_if_unusable():
        ended = vote(shared(), code, state.token, now, said)
        state.told = "" if ended == SENT else ended
