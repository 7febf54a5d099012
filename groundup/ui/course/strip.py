"""The strip of a plan that is given: which moment it is, the way on and back, and the notes."""

from __future__ import annotations

from html import escape

import streamlit as st

from groundup.ui.controls.widgets import value
from groundup.ui.course import foot, notes, stops
from groundup.ui.course.opening import link_to
from groundup.ui.course.prose import inline
from groundup.ui.course.showing import Showing
from groundup.ui.course.turning import turning
from groundup.ui.course.view import presents


def strip(shown: Showing, page: str) -> None:
    """Draw it in the place of the section's bar; Page Up, Page Down and N press its buttons."""
    with st.container(key="plan_strip", horizontal=True, gap="small"):
        st.html(
            f'<div class="course-bar"><div class="course-where"><b>Moment {shown.at} of '
            f"{len(shown.plan.moments)}</b>{escape(shown.moment.name)}</div>{_beside(shown)}</div>"
        )
        here = stops.stop(shown, page)
        press = () if here.votes else shown.moment.press
        turning(*stops.ways(shown, here), stop=f"{shown.plan.id} {here}", press=press)
        if st.button("Notes", key="plan_notes", shortcut="N" if value("letter_keys") else None):
            notes.dialog(shown)
        _leave(shown)


def _beside(shown: Showing) -> str:
    """Beside the moment's name: in a room what is asked aloud, for its foot is not shown there."""
    if presents() and shown.moment.ask:
        return f'<div class="plan-aloud">{inline(shown.moment.ask)}</div>'
    return f"<div>{escape(shown.plan.name)}<br>{_minutes(shown)}</div>"


def _minutes(shown: Showing) -> str:
    """In a room when the moment is on, as planned; for a learner, that nothing is kept."""
    if not presents():
        return "Answers are not kept."
    begins = shown.plan.begins(shown.at)
    return f"minutes {begins} to {begins + shown.moment.minutes} of {shown.plan.minutes}"


def asked_aloud(shown: Showing, page: str) -> None:
    """The foot of a moment whose question the teacher asks: the path has none there."""
    where, body, way_on = foot.columns()
    with where:
        st.html('<p class="course-place"><b>Ask the class</b></p>')
    with body:
        st.html(f'<p class="course-ask">{inline(shown.moment.ask)}</p>')
    with way_on:
        onward(shown, page, answered=True)


def onward(shown: Showing, page: str, *, answered: bool) -> None:
    """A link to the next stop, or after the last one to the plans."""
    with foot.way_on(skipped=not answered):
        _, way = stops.ways(shown, stops.stop(shown, page))
        if not way:
            st.page_link("app_pages/teach.py", label="The plans ›", width="stretch")
            return
        following = shown.plan.moments[shown.at].name
        st.page_link(
            f"app_pages/{way[0]}.py",
            label=f"Next: {following} ›" if answered else "Next moment",
            query_params=way[1],
            width="stretch",
        )


def _leave(shown: Showing) -> None:
    place = shown.moment.place
    with st.container(key="plan_leave", width="content"):
        st.page_link(
            f"app_pages/{shown.moment.where}.py",
            label="Leave",
            help="The page as it is, without the plan",
            query_params=link_to(place) if place else None,
        )
