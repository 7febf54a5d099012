"""What every section of the page shows: code, output, failures, tables."""

from __future__ import annotations

import streamlit as st

from groundup.autograd.slopes import Slope
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.figures import theme
from groundup.figures.theme import Palette
from groundup.ui.autograd.state import AutogradState, Presses
from groundup.ui.components import messages
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.stepping import Timeline
from groundup.ui.components.take_home import steps_of, take_home
from groundup.ui.controls.widgets import control, value
from groundup.ui.state import page_state, put


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
    timeline: Timeline | None = None,
) -> int | None:
    """The lesson's text, the lines that an edit changed marked, and a way to take it home.

    ``look`` is how the line begins that should be in view. Returns the line that the learner just
    clicked, if ``pick`` is on. ``timeline`` is that of a page which leads the names under the text.
    """
    lines = lesson.text.splitlines()
    clicked = code_panel(
        lesson.text,
        key=key,
        running=running,
        failed=failed,
        changed=lesson.marked_lines,
        look=next((n for n, line in enumerate(lines, 1) if look and line.startswith(look)), None),
        height=min(height, 66 + 19 * len(lines)),
        pick=pick,
        steps=True,
        timeline=timeline,
    )
    with st.container(horizontal=True, gap="small"):
        take_home(lesson, key=key, parts=steps_of(lesson))
    return clicked


def printed(finished: Run) -> None:
    """What a run printed, and how it failed if it did."""
    if finished.output:
        messages.printed(finished.output.strip())
    messages.failed(finished.failure)


def drawable(slope: Slope) -> bool:
    """Whether there is a curve to draw; it is said why there is none."""
    if slope.failure:
        messages.failed(slope.failure)
    elif slope.empty:
        low, high = slope.ws[0], slope.ws[-1]
        st.warning(
            f"This curve has no value at any of {len(slope.ws)} places from {low:.4g} to "
            f"{high:.4g}: each is NaN, as the root of a negative number is, or infinite. Change "
            "the formula.",
            icon=":material/block:",
        )
    return not (slope.failure or slope.empty)


def steps_downhill() -> None:
    """How many steps go downhill, and a button for one more."""
    steps, go = st.columns(2, vertical_alignment="bottom")
    with go:
        one_more_button("Step downhill", "walk", 100, ":material/south_east:")
    with steps:
        control("walk")


def one_more_button(label: str, key: str, high: int, icon: str) -> None:
    """A button that adds one to the control called ``key``, up to ``high``, at each press."""
    presses = page_state(AutogradState).presses
    if key in presses and presses[key].new:
        presses[key].new = False
    else:
        # The learner did something else since, so what the browser says of the control holds.
        presses.pop(key, None)
    st.button(label, icon=icon, type="primary", on_click=_one_more, args=(key, high))


def _one_more(key: str, high: int) -> None:
    """Add one to what the control holds, which a quick second press brings back as it was."""
    presses, said = page_state(AutogradState).presses, value(key)
    last = presses.get(key)
    if last and last.before <= said < last.after:
        presses[key] = Presses(last.before, min(last.after + 1, high))
    else:
        presses[key] = Presses(said, min(said + 1, high))
    put({key: presses[key].after})
