"""The teacher's notes of a moment: what to say, what to expect, and the clock."""

from __future__ import annotations

from html import escape
from itertools import groupby

import streamlit as st

from groundup.course.answers import right
from groundup.course.plans import Moment, Plan
from groundup.ui.components.component import component
from groundup.ui.controls.link import AT, NOTES
from groundup.ui.course.prose import inline
from groundup.ui.course.showing import Showing
from groundup.ui.course.turning import Way, turning

_clock = component("course/clock")


@st.dialog("Notes")
def dialog(shown: Showing) -> None:
    """The notes over the page, under the key N; Escape closes them."""
    told(shown.plan, shown.at)


def page(plan: Plan, at: int) -> None:
    """The notes as a page of their own, for a second device."""
    st.title(f"Notes: {plan.name}", anchor=False)
    with st.container(key="notes_ways", horizontal=True):
        turning(_way(plan, at - 1), _way(plan, at + 1))
    told(plan, at)
    if at < len(plan.moments):
        st.caption(f"Then: {plan.moments[at].name}")
    st.caption("This page follows no other: press Next here too. Its clock runs in this browser.")


def told(plan: Plan, at: int) -> None:
    """The clock, and what the moment ``at``, counted from 1, is about."""
    moment = plan.moments[at - 1]
    begins = plan.begins(at)
    st.html(
        f'<p class="notes-head"><b>{at} of {len(plan.moments)}: {inline(moment.name)}</b> '
        f"minutes {begins} to {begins + moment.minutes}</p>"
    )
    minutes = [one.minutes for one in plan.moments]
    _clock(key="clock", data={"plan": plan.id, "at": at, "minutes": minutes})
    if moment.again:
        st.html(
            f"<p><b>Vote again</b> Talk in pairs, then vote once more: {moment.again} of the "
            f"{moment.minutes} minutes.</p>"
        )
    if moment.press:
        st.html(f"<p><b>Page Down</b> presses, before it goes on: {_pressed(moment)}.</p>")
    if moment.say:
        st.html(f'<p class="notes-say"><b>Say</b> {inline(moment.say)}</p>')
    _asked(moment)
    if moment.why:
        st.html(f'<p class="notes-why"><b>Why they think so</b> {inline(moment.why)}</p>')


def _pressed(moment: Moment) -> str:
    each = ((name, len(list(same))) for name, same in groupby(moment.press))
    return ", ".join(escape(name if many == 1 else f"{name} ({many} times)") for name, many in each)


def _asked(moment: Moment) -> None:
    question = moment.asked
    if not question:
        if moment.ask:
            st.html(f"<p><b>Ask</b> {inline(moment.ask)}</p>")
        return
    rows = "".join(
        f"<tr><td>{inline(choice)}</td><td>{_expected(moment, choice)}</td></tr>"
        for choice in question.choices
    )
    st.html(
        f'<p><b>Ask</b> {inline(question.ask)}</p><table class="notes-votes">{rows}</table>'
        f"<p>The run says <b>{inline(right(question))}</b>.</p>"
    )
    if moment.expected:
        st.caption("Expected first votes are estimates, and were not counted in a class.")


def _expected(moment: Moment, choice: str) -> str:
    return f"{moment.expected[choice]} % expected" if choice in moment.expected else ""


def _way(plan: Plan, at: int) -> Way | None:
    inside = 1 <= at <= len(plan.moments)
    return ("teach", {NOTES: plan.id, AT: str(at)}) if inside else None
