"""Pictures and code follow the window's height: the browser measures the room that each has."""

from __future__ import annotations

import streamlit as st

from groundup.ui.components.component import component

_fit = component("shell/fit")
_shown = component("shell/shown")


def follow() -> None:
    """Measure the page whenever it changes; invisible, and mounted once a page."""
    _fit(data={})


def choice(section: str) -> None:
    """What a small window shows of ``section``: picture and code, or one of them; the settings."""
    _shown(key="shown", data={"section": section})


def in_frame(section: str) -> None:
    """The same at the foot of a small frame within another page, where picture or code fits."""
    with st.container(key="frame_shown"):
        _shown(key="shown_in_frame", data={"section": section})


def settings(section: str) -> None:
    """In a room, what brings the settings of ``section`` back, which are put away there."""
    with st.container(key="room_settings", width="content"):
        _shown(key="shown_to_room", data={"section": section})
