"""The switch: the tensors as cards, and where their gradients go."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from groundup.autograd import tracking
from groundup.autograd.tracking import TrackedMoment, TrackedRun
from groundup.engine.lesson import Lesson, load
from groundup.figures.autograd import tracking as cards
from groundup.ui.autograd.common import code, colours
from groundup.ui.autograd.state import AutogradState
from groundup.ui.components import messages
from groundup.ui.components.stepping import Timeline
from groundup.ui.components.table import table
from groundup.ui.controls.widgets import control, declared, values
from groundup.ui.state import drop_from_link, page_state, put

_CSS = Path(__file__).with_name("cards.css")


def the_switch() -> None:
    """Tensors whose tracking is switched on and off, walked line by line."""
    lesson = _lesson()
    tracked = tracking.track_run(lesson.text)
    picture, beside = st.columns([1.25, 1], gap="medium")
    with beside:
        now = _walk(tracked)
        _program(lesson, tracked, now)
    with picture:
        if tracked.moments[now].failed:
            messages.failed(tracked.failure)
        _tensor_cards(tracked, now)
        st.caption("A grad of **None** is no tensor; **0 (zeros)** is a tensor full of zeros.")
        _destinies(tracked.moments[now])


def _lesson() -> Lesson:
    """The lesson with its three switches as they stand, and the lines that were added."""
    with st.container(horizontal=True, gap="small"):
        for key in ("track_x", "track_w", "track_b"):
            control(key)
        edits = ("keep_y", "zero_w", "update_w", "forget_b")
        added = [e for e in edits if control(e, on_change=_to_the_end)]
    made = load("switch").set(**values("track_x", "track_w", "track_b"))
    for name in added:
        made = made.edit(name)
    return made


def _to_the_end() -> None:
    """Let the slider, whose end will be another, stand there, whatever the link says of it."""
    if "executed" in st.query_params:
        drop_from_link(["executed"])
    page_state(AutogradState).clicked = int(declared()["executed"].high)


def _walk(tracked: TrackedRun) -> int:
    """Ask which moment to show, from 0; at first, and when lines are added, the last."""
    last = len(tracked.moments)
    state = page_state(AutogradState)
    if state.clicked:
        put({"executed": min(state.clicked, last)})
        state.clicked = 0
    return int(control("executed", default=last, high=last)) - 1


def _program(lesson: Lesson, tracked: TrackedRun, index: int) -> None:
    """The text, the line of moment ``index`` marked, and the names then, if they are opened; a
    click on a line goes to its moment."""
    now = tracked.moments[index]
    failed = now.line if now.failed else None
    lines = [moment.line for moment in tracked.moments]
    clicked = code(
        lesson,
        key="switch_code",
        running=now.line,
        failed=failed,
        pick=True,
        timeline=Timeline(at=index, lines=lines, done=lines),
    )
    if clicked:
        at = tracking.moment_at(tracked, clicked)
        if at != index:
            page_state(AutogradState).clicked = at + 1
            st.rerun()


def _tensor_cards(tracked: TrackedRun, index: int) -> None:
    """The tensors after moment ``index`` (from 0), what changed in it marked."""
    now = tracked.moments[index]
    before = tracked.moments[index - 1] if index else None
    st.html(_CSS)
    st.html(cards.cards(now, tracked.operands, tracking.changes(before, now), colours()))


def _destinies(moment: TrackedMoment) -> None:
    """For each tensor, where a gradient that reaches it goes."""
    rows = [(f"`{name}`", tracking.destiny(tensor)) for name, tensor in moment.tensors.items()]
    table(("tensor", "a gradient that reaches it …"), rows)
