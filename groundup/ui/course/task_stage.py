"""Where a task is done: the learner's lines, what they do, and what the check says."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from groundup.course.tasks import Task
from groundup.ui.components.editing import load_editor
from groundup.ui.components.ordering import load_board
from groundup.ui.course import checking, goals, help_row, steps, verdicts
from groundup.ui.course.drafts import Draft, draft_of, said
from groundup.ui.course.order_pane import order_pane
from groundup.ui.course.pane import Pane
from groundup.ui.course.write_pane import write_pane

_PANES: Mapping[str, Callable[[Task, Draft], None]] = {"write": write_pane, "order": order_pane}
_LOAD: Mapping[str, Callable[[], None]] = {"write": load_editor, "order": load_board}
_BEGIN = {
    "whole": "Write the program, then press **Check**.",
    "write": "Write where the ✎ is, then press **Check**.",
    "order": "Drag the lines into their order, or press Alt with ↑ or ↓. Then press **Check**.",
}


def stage(task: Task) -> None:
    """A task to write or to order: it takes the place of the page's own body."""
    draft = draft_of(task)
    verdicts.style()
    verdicts.heading(task)
    for one in said():
        st.warning(one)
    if steps.are_open(draft):
        steps.show(task, draft)
        return
    with st.container(key="stage_body"):
        told, pane = st.columns([1, 1.03], gap="small")
    with told:
        checking.check_text(task, draft)
    with pane:
        _PANES[task.kind](task, draft)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            help_row.buttons(task, draft, _show_solution)
    with told:
        _told(task, draft)
    _LOAD[task.kind]()


def goal_line(task: Task) -> None:
    """A goal to be reached with the page's controls: its line in the dock, with check and hints."""
    verdicts.style()
    goals.show(task, draft_of(task))


def _show_solution(task: Task) -> None:
    draft = help_row.see_solution(task)
    draft.saw = True
    draft.write(task.whole_solution)


def _told(task: Task, draft: Draft) -> None:
    is_new = draft.verdict is None or draft.stale
    if draft.saw and is_new and draft.text == task.whole_solution:
        st.info("This is one solution. **Undo** brings your own lines back.")
    elif draft.verdict is None:
        whole = task.kind == "write" and not Pane.of(task).locked
        st.markdown(_BEGIN["whole" if whole else task.kind])
    elif draft.stale:
        st.info("The text has changed. **Check** it again.")
        with st.container(key="stage_old"):
            _verdict(task, draft)
    else:
        _verdict(task, draft)
    help_row.hints(task, draft)


def _verdict(task: Task, draft: Draft) -> None:
    if draft.verdict:
        verdicts.card(task, draft.verdict)
        verdicts.own_words(draft.verdict)
        verdicts.case(task, draft.verdict)
