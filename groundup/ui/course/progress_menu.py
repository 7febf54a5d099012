"""What a learner may do with their progress: take it along as a code, bring one in, begin anew."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from groundup.course.codes import LONGEST_CODE, decode, encode
from groundup.course.progress import Progress, figures
from groundup.ui.components.messages import printed
from groundup.ui.course.keeping import is_kept, progress, record
from groundup.ui.state import page_state, put, stored

KEPT = "Kept in this browser only."
NOT_KEPT = (
    "This browser keeps nothing for this page: your ticks last until you close it. "
    "Take the code along."
)
NO_CODE = "This is no code of this course: a letter may be wrong or missing."


@dataclass
class MenuState:
    """What the last press led to, in the menu under which key, and which asks whether to reset."""

    said: str = ""
    said_in: str = ""
    is_refused: bool = False
    asked_in: str = ""


def menu(key: str = "progress") -> None:
    """The code of what was done, a box for another one, and the way back to the beginning."""
    state = page_state(MenuState)
    st.caption(KEPT if is_kept() else NOT_KEPT)
    _take_along()
    _bring_in(key, state)
    _begin_anew(key, state)


def _take_along() -> None:
    if progress() == Progress():
        st.caption("Your first answer makes a code to take along.")
        return
    st.markdown("Your code, to go on in another browser:")
    printed(encode(progress()))


def _bring_in(key: str, state: MenuState) -> None:
    with st.form(f"{key}_form", border=False):
        st.text_input("A code from elsewhere", key=f"{key}_code", max_chars=LONGEST_CODE)
        st.form_submit_button("Bring it in", key=f"{key}_bring", on_click=_brought, args=(key,))
    if state.said and state.said_in == key:
        (st.warning if state.is_refused else st.success)(state.said)
        state.said = ""


def _brought(key: str) -> None:
    box = f"{key}_code"
    typed = stored(box)
    if not isinstance(typed, str) or not typed.strip():
        return
    state, found = page_state(MenuState), decode(typed)
    state.said_in, state.is_refused = key, found is None
    if found is None:
        state.said = NO_CODE
        return
    record(progress().merged(found))
    now = figures(progress())
    state.said = f"Brought in. Now: {now.answered} of {now.asked} questions answered."
    put({box: ""})


def _begin_anew(key: str, state: MenuState) -> None:
    if progress() == Progress():
        return
    if state.asked_in != key:
        st.button("Reset my progress", key=f"{key}_reset", on_click=_ask, args=(key,))
        return
    st.warning("All answers and ticks go, in every tab. Only the code brings them back.")
    with st.container(horizontal=True):
        st.button("Yes, reset", key=f"{key}_sure", on_click=_reset)
        st.button("Keep it", key=f"{key}_unsure", on_click=_ask, args=("",))


def _ask(key: str) -> None:
    page_state(MenuState).asked_in = key


def _reset() -> None:
    record(Progress())
    _ask("")
