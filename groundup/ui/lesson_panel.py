"""A lesson's text on the screen with what takes it home."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from groundup import export
from groundup.lesson import Lesson, changed_lines
from groundup.ui.code_panel import code_panel


def lesson_panel(
    shown: Lesson,
    *,
    key: str = "code",
    changed: Sequence[int] | None = None,
    look: int | None = None,
    height: int = 520,
) -> None:
    """Draw ``shown``, its changed lines marked (against the lesson's own text, or as given)."""
    if changed is None:
        changed = changed_lines(shown.source, shown.text)
    code_panel(shown.text, key=key, changed=changed, look=look, height=height)
    take_home(shown, key=key)


def take_home(shown: Lesson, *, key: str) -> None:
    """Buttons that download the text as a script and as a notebook."""
    with st.container(horizontal=True):
        st.download_button(
            "Code (.py)",
            shown.text,
            f"{shown.name}.py",
            "text/x-python",
            key=f"{key}_py",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "Notebook (.ipynb)",
            lambda: export.to_notebook(shown.text),
            f"{shown.name}.ipynb",
            "application/x-ipynb+json",
            key=f"{key}_ipynb",
            on_click="ignore",
            icon=":material/download:",
        )
