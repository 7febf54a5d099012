"""What every section of the page shows: code, output, failures, tables."""

from __future__ import annotations

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.figures import theme
from groundup.figures.theme import Palette
from groundup.ui.components import messages
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.take_home import take_home
from groundup.ui.controls.widgets import value
from groundup.ui.state import put


def colours() -> Palette:
    """The palette of the visitor's theme."""
    return theme.palette(st.context.theme.type == "dark")


def code(
    lesson: Lesson,
    *,
    key: str,
    running: int | None = None,
    failed: int | None = None,
    look: str = "",
    height: int = 380,
    pick: bool = False,
) -> int | None:
    """The lesson's text, the lines that an edit changed marked, and a way to take it home.

    ``look`` is how the line begins that should be in view. Returns the line that the learner just
    clicked, if ``pick`` is on.
    """
    lines = lesson.text.splitlines()
    clicked = code_panel(
        lesson.text,
        key=key,
        running=running,
        failed=failed,
        changed=lesson.marked_lines,
        look=next((n for n, line in enumerate(lines, 1) if look and line.startswith(look)), None),
        height=min(height, 26 + 19 * len(lines)),
        pick=pick,
    )
    with st.container(horizontal=True, gap="small"):
        take_home(lesson, key=key)
    return clicked


def printed(finished: Run) -> None:
    """What a run printed, and how it failed if it did."""
    if finished.output:
        messages.printed(finished.output.strip())
    messages.failed(finished.failure)


def one_more(key: str, high: int) -> None:
    """Add one to the control called ``key``, for a button."""
    put({key: min(value(key) + 1, high)})
