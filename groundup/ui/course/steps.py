"""The steps of the program that a check ran."""

from __future__ import annotations

from functools import partial

import streamlit as st

from groundup.course.tasks import Task
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.recordings import Recorded, Source
from groundup.ui.components.stepping import Ready
from groundup.ui.controls.heard import heard
from groundup.ui.course import verdicts
from groundup.ui.course.drafts import Draft, draft_of
from groundup.ui.course.pane import Pane

PANEL = "stage_steps"
"""Public: a link's ``statement=stage_steps-7`` names a moment of it."""


def are_there(draft: Draft) -> bool:
    """Whether there is a program to step through, of the text that stands here."""
    verdict = draft.verdict
    if verdict is None or draft.stale:
        return False
    return verdict.state == "right" or bool(verdict.program)


def are_open(draft: Draft) -> bool:
    """Whether its steps are on the screen."""
    return draft.steps and are_there(draft)


def begin(draft: Draft) -> None:
    """Open them."""
    draft.steps = True


def show(task: Task, draft: Draft) -> None:
    """The steps over the whole width, what the check said above them."""
    verdict = draft.verdict
    if verdict is None:
        return
    verdicts.card(task, verdict)
    told = verdict
    pane = Pane.of(task)
    program = told.program or pane.shown(draft.text)
    first = told.first_line if told.program else pane.aside[0] + 1
    if first > 1:
        st.caption(f"Your line 1 is line {first} of the program that ran.")
    source = Source(program, own=True)
    recorded = _recorded(source)
    if recorded is None:
        draft.steps = False
        return
    line = first + verdict.line - 1 if verdict.line else first
    ready = Ready(
        recorded.packed,
        "✎ Back to your lines",
        partial(_close, task),
        beside=True,
        line=line,
        source=source,
        failed=recorded.fault is not None,
    )
    with st.container(key="stage_stepper"):
        code_panel(program, key=PANEL, ready=ready)


def _recorded(source: Source) -> Recorded | None:
    try:
        return source.recorded()
    except ValueError as error:
        st.warning(str(error), icon=":material/memory:")
        return None


def _close(task: Task) -> None:
    if heard(PANEL, "steps") is False:
        draft_of(task).steps = False
