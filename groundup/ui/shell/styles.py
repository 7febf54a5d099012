"""The looks of the frame around every page: one style sheet, for each element costs a first visit.

Its parts stand beside what they are about. A later one takes precedence over an earlier.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from groundup.ui.controls.kinds import declared

_UI = Path(__file__).parents[1]
_PARTS = (
    "shell/scrolled.css",
    "course/course.css",
    "course/teaching.css",
    "shell/sidebar.css",
    "shell/low.css",
    "course/view.css",
)
_SHEET = "\n".join((_UI / part).read_text("utf-8") for part in _PARTS)


@cache
def _unseen() -> str:
    """What holds a link's value for segments that show other names."""
    keys = (f".st-key-{one.key}" for one in declared().values() if one.names)
    return f"{', '.join(keys)} {{ display: none; }}"


def bring() -> None:
    """Bring the sheet to the page."""
    st.html(f"<style>{_SHEET}\n{_unseen()}</style>")
