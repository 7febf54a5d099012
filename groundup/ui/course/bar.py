"""The bar at the head of a section: where it stands in its chapter, why it is there, what to do."""

from __future__ import annotations

from html import escape

import streamlit as st

from groundup.course.path import Section
from groundup.ui.course.keeping import progress
from groundup.ui.course.opening import link_to
from groundup.ui.course.place import Place, chapter_of
from groundup.ui.course.prose import inline
from groundup.ui.course.view import present_button
from groundup.ui.shell import fit


def bar(place: Place) -> None:
    """Draw the bar of the section that is open; beside the path, the way back to it."""
    with st.container(key="course_bar", horizontal=True, gap="small"):
        st.html(_beside(place) if place.beside else _words(place))
        if place.beside:
            st.page_link(
                f"app_pages/{place.section.page}.py",
                label=f"Back to {place.section.id}",
                icon=":material/undo:",
                query_params=link_to(place.section),
            )
        fit.choice(place.beside or place.section.id)
        present_button()


def _words(place: Place) -> str:
    one = place.section
    chapter = chapter_of(one)
    dots = "".join(_dot(other, one) for other in chapter.sections)
    number = chapter.sections.index(one) + 1
    told = f"Section {number} of {len(chapter.sections)}"
    why = f"<b>Why</b> {inline(one.why)}"
    return (
        f'<div class="course-bar"><div class="course-where"><b>{chapter.number} '
        f'{escape(chapter.name)}</b><span role="img" aria-label="{told}">{dots}</span></div>'
        f'<div class="course-why">{why}</div><div class="course-do"><b>Do</b> {inline(_do(place))}'
        f'</div><details class="course-fold"><summary aria-label="Why">?</summary>{why}</details>'
        "</div>"
    )


def _do(place: Place) -> str:
    """What is to be done: while a task is open, that."""
    if place.task is None:
        return place.section.do
    if place.task.kind == "goal":
        return "Reach the goal at the foot of the page, with the page's own controls."
    return "Solve the task. Its goal stands above the lines."


def _dot(one: Section, here: Section) -> str:
    looks = "here" if one is here else "done" if progress().done(one) else "to-come"
    return f'<i class="{looks}"></i>'


def _beside(place: Place) -> str:
    named = f"{place.section.id} {place.section.name}"
    return (
        '<div class="course-bar"><div class="course-where"><b>Deeper</b></div><div '
        f'class="course-do"><b>{escape(place.beside)}</b> deepens {escape(named)}</div></div>'
    )
