"""A goal that is reached with the page's own controls: its line in the dock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from groundup.course.path import section
from groundup.course.tasks import Task, new_goal, reaching
from groundup.ui import settings
from groundup.ui.controls.declaration import Control, as_text
from groundup.ui.controls.widgets import declared, value
from groundup.ui.course import checking, help_row, verdicts
from groundup.ui.course.drafts import Draft, draft_of
from groundup.ui.course.keeping import progress
from groundup.ui.course.opening import lend
from groundup.ui.state import page_state, put
from groundup.ui.training.state import TrainingState

_IN_LINK_ALONE = frozenset({"moment", "chosen"})
"""No widget holds these, so that there is nothing to be set."""


def show(task: Task, draft: Draft) -> None:
    """The goal, its buttons, and what the last check said."""
    if draft.moved:
        draft.moved = False
        st.rerun()  # the page's controls stand above, and a press here may have run the dock alone
    now = settings_of(task)
    with st.container(key="stage_goal"):
        checking.check_goal(task, draft, now)
        _draw(task, draft, now)


def _draw(task: Task, draft: Draft, now: Mapping[str, object]) -> None:
    verdicts.goal(task, more=f"checked with {task.checked_with}" if task.checked_with else "")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _buttons(task, draft)
        help_row.buttons(task, draft, _show_solution)
    if is_checked_otherwise(task):
        st.info("The settings have changed. **Check** them again.")
    elif draft.verdict:
        verdicts.card(task, draft.verdict)
    help_row.hints(task, draft)
    if progress().tasks.get(task.id) == "shown":
        verdicts.line("The solution.", task.solution)


def is_checked_otherwise(task: Task) -> bool:
    """Whether the last check was of other settings than the controls hold."""
    draft = draft_of(task)
    return draft.verdict is not None and draft.checked != settings_of(task)


def settings_of(task: Task) -> dict[str, Any]:
    """What the controls of the task's page hold, by their public keys."""
    here = section(task.section)
    own = settings.OF_PAGE.get(here.page, ()) if here else ()
    held = {one.key: value(one.key) for one in (*settings.shared.CONTROLS, *own)}
    # By hand, the places where the learner stood are counted, the first one too.
    return held | {"moves": len(page_state(TrainingState).hand.tries)}


def _buttons(task: Task, draft: Draft) -> None:
    if task.settings:
        again = draft.attempt > 0
        st.button(
            "Begin anew" if again else "Begin: set the controls",
            key=f"goal_begin_{task.id}",
            type="secondary" if again else "primary",
            on_click=_begin,
            args=(task,),
        )
    is_reached = draft.verdict is not None and draft.verdict.state == "right"
    if draft.attempt or not task.settings:
        st.button(
            "Check" if draft.verdict is None else "Check again",
            key=f"goal_check_{task.id}",
            type="secondary" if is_reached else "primary",
            on_click=_check,
            args=(task,),
        )


def _begin(task: Task) -> None:
    draft = draft_of(task)
    _set(new_goal(task, draft.attempt))
    draft.attempt, draft.verdict, draft.moved = draft.attempt + 1, None, True


def _check(task: Task) -> None:
    draft_of(task).wanted = True


def _show_solution(task: Task) -> None:
    draft = help_row.see_solution(task)
    attempt = max(0, draft.attempt - 1)
    draft.attempt, draft.moved = attempt + 1, True
    _set({**new_goal(task, attempt), **reaching(task, attempt)})


def _set(wanted: Mapping[str, object]) -> None:
    """Put the controls where ``wanted`` says; a control that there is not is left out."""
    kept = {key: one for key, one in wanted.items() if key not in _IN_LINK_ALONE}
    known = {declared()[key]: one for key, one in kept.items() if key in declared()}
    entered = {one.key: _entered(one, raw) for one, raw in known.items() if one.allows(raw)}
    lend(entered)
    put(entered)


def _entered(one: Control, raw: object) -> object:
    """``raw``, which may be as a link writes it, as the widget of the control ``one`` holds it."""
    if one.kind == "several":
        return as_text(raw).split(", ")
    if isinstance(one.default, bool):
        return as_text(raw) == "true"
    return type(one.default)(as_text(raw))
