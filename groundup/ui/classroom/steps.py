"""What a teacher may press in a vote. Page Down goes on, A shows the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from groundup.ui.controls.widgets import value


def step() -> DeltaGenerator:
    """Where the button stands that Page Down presses."""
    return st.container(key="room_step", width="content")


def again_and_reveal(
    again: Callable[[], None] | None, reveal: Callable[[], None], *, keys: bool = True
) -> None:
    """The second vote, if there is one now, and the reveal; of ``keys`` the first is the next."""
    with st.container(horizontal=True, horizontal_alignment="center"):
        if again:
            with step() if keys else st.container(width="content"):
                st.button("Ask again after talking", key="room_again_ask", on_click=again)
        with step() if keys and not again else st.container(width="content"):
            st.button(
                "Reveal",
                key="room_reveal",
                type="primary",
                shortcut="A" if value("letter_keys") else None,
                on_click=reveal,
            )
    if keys:
        said = "vote again after talking" if again else "close the vote and reveal"
        told("Page Down", said)


def ask_button(said: str, key: str, then: Callable[..., None], *given: Any) -> None:
    """A button that puts a question to the room, and that Page Down presses."""
    with step():
        st.button(said, key=key, type="primary", on_click=then, args=given)


def told(key: str, said: str) -> None:
    """Say what a key does now."""
    st.html(f'<p class="room-keys"><kbd>{key}</kbd> {said}</p>')
