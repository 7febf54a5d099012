"""A plan of a teacher's own: moments that they collect on the pages, kept in this visit alone."""

from __future__ import annotations

import streamlit as st

from groundup.course import plans
from groundup.course.plans import LONGEST, MOST, OWN, Moment, Plan
from groundup.ui import settings
from groundup.ui.controls.declaration import as_text
from groundup.ui.course import asking
from groundup.ui.course.place import Place
from groundup.ui.course.showing import ShowingState
from groundup.ui.state import link, page_state

MINUTES = 5
"""How long a collected moment takes, until its teacher writes something else."""


def offer(place: Place) -> None:
    """A button that collects the moment on the screen, for a teacher who asked for it."""
    state = page_state(ShowingState)
    if not state.collects:
        return
    count = len(state.own.moments) if state.own else 0
    st.button(
        f"Collect this moment ({count})",
        key="collect",
        icon=":material/playlist_add:",
        disabled=count >= MOST,
        on_click=_collect,
        args=(place,),
    )


def own(moments: tuple[Moment, ...]) -> Plan | None:
    """The teacher's plan of these ``moments``; none of no moments."""
    minutes = sum(one.minutes for one in moments)
    return Plan(OWN, "A plan of your own", minutes, "", moments) if moments else None


def brought(content: bytes) -> Plan:
    """The plan that a teacher's file holds.

    Raises:
        ValueError: in a sentence, if it holds none that this app can give.
    """
    if len(content) > 4 * LONGEST:
        raise ValueError(f"The file has {len(content):,} bytes, and {4 * LONGEST:,} is the most.")
    try:
        read = plans.read(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("The file is no text: its bytes are not UTF-8.") from None
    for number, one in enumerate(read.moments, 1):
        if fault := _fault(one):
            raise ValueError(f"Moment {number}: {fault}.")
    return Plan(OWN, read.name, read.minutes, read.about, read.moments)


def _fault(moment: Moment) -> str:
    """Why the page cannot be set as the moment says; empty if it can."""
    there = {one.key: one for one in settings.OF_PAGE.get(moment.where, ())}
    for key, raw in moment.settings.items():
        if key not in there:
            return f"the page has no setting {key[:30]!r}"
        if refused := there[key].refusal(raw):
            return f"{key} was refused: {refused}"
    return ""


def _collect(place: Place) -> None:
    state = page_state(ShowingState)
    before = state.own.moments if state.own else ()
    state.own = own((*before, _moment(place)))


def _moment(place: Place) -> Moment:
    """What is on the screen: the section, its question, and what stands differently."""
    section, step = place.section, asking.step(place.section)
    question = section.questions[min(step, len(section.questions) - 1)]
    base, here = {**section.settings, **question.settings}, link()
    held = {
        one.key: (here.get(one.key, as_text(one.widget_default)), as_text(one.widget_default))
        for one in settings.OF_PAGE[section.page]
        if one.key not in settings.MADE
    }
    moved = {key: raw for key, (raw, usual) in held.items() if raw != base.get(key, usual)}
    return Moment(MINUTES, section=section.id, question=question.id, settings=moved)
