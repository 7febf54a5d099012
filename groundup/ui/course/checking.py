"""Checks of answers: one at a time for each visitor, and equal answers once for everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from groundup.course import tasks
from groundup.course.tasks import Task, Verdict
from groundup.ui.course.drafts import Draft
from groundup.ui.course.keeping import progress, record

Settings = tuple[tuple[str, object], ...]


@st.cache_data(max_entries=128, ttl=1800, show_spinner=False)
def _of_text(name: str, text: str, _task: Task) -> Verdict:
    return tasks.check_text(_task, text)


@st.cache_data(max_entries=64, ttl=1800, show_spinner=False)
def _of_settings(name: str, settings: Settings, _task: Task) -> Verdict:
    return tasks.check_goal(_task, dict(settings))


def check_text(task: Task, draft: Draft) -> None:
    """Check the draft's text, if that was asked for."""

    def checked() -> Verdict:
        if draft.verdict and not draft.stale:
            # It may have had too little time, in a crowd: the next press is another run.
            _of_text.clear(task.id, draft.text, task)
        return _of_text(task.id, draft.text, task)

    _check(task, draft, checked, draft.text)


def check_goal(task: Task, draft: Draft, settings: Mapping[str, object]) -> None:
    """Check the page's settings, if that was asked for."""
    given: Settings = tuple(sorted((name, _plain(one)) for name, one in settings.items()))
    _check(task, draft, lambda: _of_settings(task.id, given, task), dict(settings))


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _check(
    task: Task, draft: Draft, checked: Callable[[], Verdict], of: str | Mapping[str, object]
) -> None:
    if not draft.wanted:
        return
    draft.wanted = False
    with st.spinner("Checking it…"):
        draft.done(checked(), of)
    if draft.verdict and draft.verdict.state == "right" and task.id not in progress().tasks:
        record(progress().did(task.id, "solved"))
        st.rerun()  # what was drawn above does not know it yet
