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


def bring() -> None:
    """Bring the sheet to the page."""
    st.html(_sheet())


@cache
def _sheet() -> str:
    parts = [(_UI / part).read_text("utf-8") for part in _PARTS]
    unseen = (f".st-key-{one.key}" for one in declared().values() if one.is_unseen)
    parts.append(f"{', '.join(unseen)} {{ display: none; }}")
    return "\n".join(["<style>", *parts, "</style>"])
