"""Where a learner stands among a section's questions, and what they press there."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from groundup.course.path import Question, Section
from groundup.course.tasks import Task, tasks_of
from groundup.ui.controls.declaration import as_text
from groundup.ui.controls.link import TASK
from groundup.ui.controls.widgets import declared, value
from groundup.ui.course import opening, showing
from groundup.ui.course.keeping import progress, record
from groundup.ui.state import page_state


@dataclass
class AskingState:
    """One visitor's place among the questions.

    Attributes:
        section: the id of the section that is asked about, and where a plan is given its moment.
        step: the question that the learner went to or answered, from 0; as many as there are after
            the last one was skipped. None before anything was pressed.
        follow: whether the page has to be drawn anew, for something that it shows has changed.
    """

    section: str = ""
    step: int | None = None
    follow: bool = False


def standing(section: Section) -> AskingState:
    """Where the learner stands in ``section``; nothing was pressed there when they come in.

    A moment of a plan begins with its own question.
    """
    state, shown = page_state(AskingState), showing.now()
    here = f"{section.id} {shown.plan.id} {shown.at}" if shown else section.id
    if state.section != here:
        ids = [one.id for one in section.questions]
        asked = shown.moment.question if shown else ""
        state.section, state.step = here, ids.index(asked) if asked in ids else None
    return state


def step(section: Section) -> int:
    """The question to be shown: the first without an answer, where nothing was pressed yet.

    After the last answer that is the last question, with what to keep beneath it.
    """
    if (pressed := standing(section).step) is not None:
        return pressed
    unanswered = (n for n, one in enumerate(section.questions) if answer(one) is None)
    return next(unanswered, len(section.questions) - 1)


def answer(question: Question) -> str | None:
    """What the learner chose; nothing yet, or something that is no choice any more."""
    chosen = progress().answers.get(question.id)
    return chosen if chosen in question.choices else None


def choose(question: Question, choice: str, at: int) -> None:
    """The learner's answer to their section's question ``at``, which counts if it is the first."""
    record(progress().answered(question.id, choice))
    state = page_state(AskingState)
    state.step, state.follow = at, True


def go(to: int) -> None:
    """Show another question of the section."""
    page_state(AskingState).step = to


def moved(question: Question) -> dict[str, str]:
    """The settings that the question is about and that are not so: its label and what it wants."""
    return {
        key: raw for key, raw in question.settings.items() if _now(key) != raw and key in declared()
    }


def set_back(question: Question) -> None:
    """Put the page's controls where the question wants them."""
    opening.want(question.settings)
    page_state(AskingState).follow = True


def first_task(section: Section) -> Task | None:
    """The task that belongs to the path."""
    return next(iter(tasks_of(section.id)), None)


def open_task(task: Task) -> None:
    """Let the link name the task: the page shows it, and Back leaves it."""
    st.query_params[TASK] = task.id
    page_state(AskingState).follow = True


def close_task() -> None:
    """Leave the task: the page shows its section again."""
    st.query_params.pop(TASK, None)
    page_state(AskingState).follow = True


def _now(key: str) -> str:
    return as_text(value(key))
