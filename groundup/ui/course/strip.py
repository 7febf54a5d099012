"""The strip of a plan that is given: which moment it is, the way on and back, and the notes."""

from __future__ import annotations

from html import escape

import streamlit as st

from groundup.ui.course import foot, notes
from groundup.ui.course.opening import link_to, link_to_moment
from groundup.ui.course.prose import inline
from groundup.ui.course.showing import Showing
from groundup.ui.course.turning import Way, turning


def strip(shown: Showing) -> None:
    """Draw it in the place of the section's bar; Page Up, Page Down and N press its buttons."""
    count, moment = len(shown.plan.moments), shown.moment
    with st.container(key="plan_strip", horizontal=True, gap="small"):
        st.html(
            f'<div class="course-bar"><div class="course-where"><b>Moment {shown.at} of {count}'
            f"</b>{escape(moment.name)}</div><div>{escape(shown.plan.name)}<br>"
            "Answers are not kept.</div></div>"
        )
        turning(_way(shown, shown.at - 1), _way(shown, shown.at + 1))
        if st.button("Notes", key="plan_notes", shortcut="N"):
            notes.dialog(shown)
        _leave(shown)


def asked_aloud(shown: Showing) -> None:
    """The foot of a moment whose question the teacher asks: the path has none there."""
    where, body, way_on = foot.columns()
    with where:
        st.html('<p class="course-place"><b>Ask the class</b></p>')
    with body:
        st.html(f'<p class="course-ask">{inline(shown.moment.ask)}</p>')
    with way_on:
        onward(shown, answered=True)


def onward(shown: Showing, *, answered: bool) -> None:
    """A link to the next moment, or after the last one to the plans."""
    with foot.way_on(skipped=not answered):
        way = _way(shown, shown.at + 1)
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


def _way(shown: Showing, at: int) -> Way | None:
    if not 1 <= at <= len(shown.plan.moments):
        return None
    return shown.plan.moments[at - 1].where, link_to_moment(shown.plan, at)


def _leave(shown: Showing) -> None:
    place = shown.moment.place
    st.page_link(
        f"app_pages/{shown.moment.where}.py",
        label="Leave",
        help="The page as it is, without the plan",
        query_params=link_to(place) if place else None,
    )
