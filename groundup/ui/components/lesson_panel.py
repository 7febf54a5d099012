"""A lesson's text on the screen with what takes it home."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.engine.text import changed_lines
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.take_home import take_home


def lesson_panel(
    shown: Lesson,
    *,
    key: str,
    changed: Sequence[int] | None = None,
    look: int | None = None,
    height: int = 520,
    steps: bool = False,
) -> None:
    """Draw ``shown``, its changed lines marked (against the lesson's own text, or as given).

    With ``steps`` its text can be stepped through.
    """
    if changed is None:
        changed = changed_lines(shown.source, shown.text)
    code_panel(shown.text, key=key, changed=changed, look=look, height=height, steps=steps)
    with st.container(horizontal=True):
        take_home(shown, key=key)
