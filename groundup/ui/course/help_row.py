"""Hints, one at a time, and the solution, which is then not counted."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from groundup.course.tasks import Task
from groundup.ui.course import verdicts
from groundup.ui.course.drafts import Draft, draft_of
from groundup.ui.course.keeping import progress, record


def buttons(task: Task, draft: Draft, on_solution: Callable[[Task], None]) -> None:
    """The two buttons."""
    count = len(task.hints)
    if count:
        left = draft.hints < count
        st.button(
            f"Hint {draft.hints + 1} of {count}" if left else f"All {count} hints are shown",
            key=f"stage_hint_{task.id}",
            disabled=not left,
            on_click=_hint,
            args=(task,),
        )
    st.button(
        "Show the solution (not counted)",
        key=f"stage_solution_{task.id}",
        type="tertiary",
        on_click=on_solution,
        args=(task,),
    )


def hints(task: Task, draft: Draft) -> None:
    """Those that were asked for."""
    for number, one in enumerate(task.hints[: draft.hints], 1):
        verdicts.line(f"Hint {number} of {len(task.hints)}.", one)


def see_solution(task: Task) -> Draft:
    """From now on the task cannot be solved any more, if it is not yet."""
    record(progress().did(task.id, "shown"))
    return draft_of(task)


def _hint(task: Task) -> None:
    draft_of(task).hints += 1
