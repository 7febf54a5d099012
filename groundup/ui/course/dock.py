"""The dock at the foot of a section: its questions, its tasks, what to keep, and the way on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from groundup.course import path
from groundup.course.answers import program, read_by, right
from groundup.course.path import Chapter, Question, Section
from groundup.course.tasks import Task, tasks_of
from groundup.ui.components.code_panel import code_panel
from groundup.ui.controls.link import ASK, CHAPTER
from groundup.ui.controls.widgets import declared
from groundup.ui.course import asking, foot, showing, stops
from groundup.ui.course.foot import Columns, columns
from groundup.ui.course.goals import is_checked_otherwise
from groundup.ui.course.keeping import progress
from groundup.ui.course.opening import link_to
from groundup.ui.course.place import Place, chapter_of
from groundup.ui.course.prose import inline, label, link
from groundup.ui.course.strip import onward as to_next_moment
from groundup.ui.course.task_stage import goal_line
from groundup.ui.shell.part import part
from groundup.ui.state import page_state, part_runs_alone


@dataclass
class DockState:
    """The dock that is on the screen.

    Attributes:
        place: the section that it belongs to; None where there is none.
        said: what it said of the page's controls.
    """

    place: Place | None = None
    said: object = None


def none_yet() -> None:
    """The whole page runs: what it drew before is no dock of it."""
    page_state(DockState).place = None


def is_old() -> bool:
    """Whether there is a dock, and the controls stand otherwise than it says."""
    state = page_state(DockState)
    return state.place is not None and _of_controls(state.place) != state.said


def _of_controls(place: Place) -> object:
    """What the dock draws from the controls: those that a question or a goal is about."""
    if place.task:
        return place.task.kind == "goal" and is_checked_otherwise(place.task)
    return asking.moved(_asked(place.section, asking.step(place.section)))


def _asked(section: Section, step: int) -> Question:
    return section.questions[min(step, len(section.questions) - 1)]


def dock(place: Place) -> None:
    """Draw the dock of the section that is open. A press in it draws the dock alone at first."""
    part(_dock)(place)


def _dock(place: Place) -> None:
    state = asking.standing(place.section)
    drawn = page_state(DockState)
    drawn.place, drawn.said = place, _of_controls(place)
    if place.task:
        _task(place.section, place.task, columns())
    else:
        _question(place.section, asking.step(place.section), columns())
    if state.follow:
        state.follow = False
        if part_runs_alone():
            st.rerun()  # the page and the ticks follow, once the answer stands there


def after_chapter(chapter: Chapter) -> None:
    """Draw the dock under a chapter's review: the way on."""
    following = path.after(chapter.sections[-1])
    where, _, onward = columns()
    with where:
        st.html(f'<p class="course-place"><b>Chapter {chapter.number}</b></p>')
    with onward, st.container(key="review_onward"):
        _next_section(following) if following else _finish()


def _question(section: Section, step: int, parts: Columns) -> None:
    where, body, onward = parts
    asked = _asked(section, step)
    chosen = asking.answer(asked)
    over = step >= len(section.questions)
    with where:
        _place(section, step, _room(asked))
    with body:
        if over:
            _so(section)
        elif chosen is None:
            _choices(asked, step)
        else:
            _told(asked, chosen)
            if step == len(section.questions) - 1:
                _so(section)
    with onward:
        if shown := showing.now():
            to_next_moment(shown, section.page, answered=chosen is not None)
        elif chosen is None and not over:
            _wait(step)
        elif step < len(section.questions) - 1:
            _button(f"Question {step + 2} ›", "dock_next", asking.go, step + 1)
        else:
            _on(section)
        if chosen is not None and not over:
            _program(asked)


def _place(section: Section, step: int, room: str) -> None:
    count, tasks = len(section.questions), tasks_of(section.id)
    then = ", then a task" if tasks else ""
    name = f"Question {step + 1}" if step < count else "What to keep"
    beneath = f"of {count}{then}" if step < count else f"{section.id} {section.name}"
    said = f"<b>{name}</b> <br><span>{escape(beneath)}</span>"
    st.html(f'<p class="course-place">{said}</p>{room}')
    if step:
        _link_button("‹ Previous", "dock_previous", asking.go, step - 1)


def _room(question: Question) -> str:
    shown = showing.now()
    # While a plan is given, the vote is a stop of it, and leads back to it.
    of_plan = shown and shown.moment.asked is question
    query = stops.link_to_vote(shown) if shown and of_plan else {ASK: question.id}
    return link("room", "Ask the room", query, kind="course-room")


def _choices(question: Question, step: int) -> None:
    st.html(f'<p class="course-ask">{inline(question.ask)}</p>')
    with st.container(horizontal=True, gap="small"):
        for n, choice in enumerate(question.choices, 1):
            st.button(
                label(choice),
                key=f"choice_{n}",
                shortcut=str(n),
                on_click=asking.choose,
                args=(question, choice, step),
            )
    if moved := asking.moved(question):
        about = ", ".join(f"{declared()[key].label} {raw}" for key, raw in moved.items())
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.html(f'<p class="course-note">This question is about {escape(about)}.</p>')
            _link_button("Set it back", "dock_set_back", asking.set_back, question)


def _told(question: Question, chosen: str) -> None:
    """What was guessed, and what the run says."""
    answer = right(question)
    hit = chosen == answer
    verdict = '<b class="right">✓ Right.</b>' if hit else '<b class="wrong">✗ Not this time.</b>'
    why = "" if hit else f" You guessed <i>{escape(chosen)}</i>."
    said = f" The run says <b>{escape(answer)}</b>."
    more = "" if hit else f" {inline(question.wrong.get(chosen, ''))}"
    st.html(
        f'<p class="course-told" role="status"><span>{inline(question.ask)}</span> '
        f"{verdict}{why}{said}{more}</p>"
    )


def _program(question: Question) -> None:
    seen = st.popover("See it run", type="tertiary", icon=":material/play_circle:")
    with seen, st.container(width=560):
        code_panel(program(question), key="asked_code", steps=True, height=260)
        if told := read_by(question):
            st.caption(told)


def _so(section: Section) -> None:
    st.html(f'<p class="course-so"><b>So</b> {inline(section.so)}</p>')
    if more := tasks_of(section.id)[1:]:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.html('<p class="course-note">More tasks</p>', width="content")
            for task in more:
                called = task.id.replace("-", " ")
                _link_button(called, f"task_{task.id}", asking.open_task, task)


def _wait(step: int) -> None:
    st.button("Next: guess first", key="dock_wait", disabled=True, width="stretch")
    _link_button("Skip", "dock_skip", asking.go, step + 1)


def _on(section: Section) -> None:
    """The one next action after the questions: the section's task, or the section after it."""
    task = asking.first_task(section)
    if task and task.id not in progress().tasks:
        _button("Task ›", "dock_task", asking.open_task, task)
        _way_on(section, skipped=True)
    else:
        _way_on(section)


def _task(section: Section, task: Task, parts: Columns) -> None:
    where, body, onward = parts
    with where:
        count = len(section.questions)
        st.html(f'<p class="course-place"><b>Task</b> <br><span>after {count} questions</span></p>')
        _link_button("‹ Back", "dock_back", asking.close_task)
    with body:
        if task.kind == "goal":
            goal_line(task)
    with onward:
        done = task.id in progress().tasks
        _way_on(section, skipped=not done)


def _way_on(section: Section, *, skipped: bool = False) -> None:
    """A link to what follows; a small one where something of the section is left out."""
    with foot.way_on(skipped=skipped):
        _following(section, "Skip" if skipped else "")


def _following(section: Section, said: str = "") -> None:
    chapter = chapter_of(section)
    if (following := path.after(section)) and section is not chapter.sections[-1]:
        _next_section(following, said)
        return
    st.page_link(
        "app_pages/review.py",
        label=said or f"Review chapter {chapter.number} ›",
        query_params={CHAPTER: str(chapter.number)},
        width="stretch",
    )


def _next_section(following: Section, said: str = "") -> None:
    st.page_link(
        f"app_pages/{following.page}.py",
        label=said or f"Next: {following.id} {following.name} ›",
        query_params=link_to(following),
        width="stretch",
    )


def _finish() -> None:
    st.page_link("app_pages/finish.py", label="What you can now do ›", width="stretch")


def _button(said: str, key: str, then: Callable[..., None], *given: Any) -> None:
    st.button(said, key=key, type="primary", width="stretch", on_click=then, args=given)


def _link_button(said: str, key: str, then: Callable[..., None], *given: Any) -> None:
    st.button(said, key=key, type="tertiary", on_click=then, args=given)
