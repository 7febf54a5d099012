"""A lesson's text on the screen with what takes it home."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.engine.text import changed_lines
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.recordings import Room
from groundup.ui.components.take_home import take_home


def lesson_panel(
    shown: Lesson,
    *,
    key: str,
    changed: Sequence[int] | None = None,
    look: int | None = None,
    height: int = 520,
    steps: bool = False,
    room: Room = nullcontext,
) -> None:
    """Draw ``shown``, its changed lines marked (against the lesson's own text, or as given).

    With ``steps`` its text can be stepped through, in the memory that ``room`` holds.
    """
    if changed is None:
        changed = changed_lines(shown.source, shown.text)
    text = shown.text
    code_panel(text, key=key, changed=changed, look=look, height=height, steps=steps, room=room)
    with st.container(horizontal=True):
        take_home(shown, key=key)
