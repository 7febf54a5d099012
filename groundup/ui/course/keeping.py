"""The learner's progress, as the pages read and change it."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from groundup.course import codes
from groundup.course.progress import Progress
from groundup.ui.components.component import component
from groundup.ui.controls.heard import heard
from groundup.ui.course import showing
from groundup.ui.state import page_state

_keeper = component("course/keeper")
_KEY = "keeper"


@dataclass
class CourseState:
    """What this visitor did, and the last text of their browser's that this includes."""

    progress: Progress = field(default_factory=Progress)
    includes: str | None = None
    is_kept: bool = True
    is_met: bool = False


def progress() -> Progress:
    """What the learner did so far; while a plan is given, what was answered in it."""
    return showing.given() if showing.now() else page_state(CourseState).progress


def record(new: Progress) -> None:
    """From now on the learner has done this; it is kept in their browser.

    What is answered while a plan is given is the class's, and no one keeps it.
    """
    if showing.now():
        showing.give(new)
    else:
        page_state(CourseState).progress = new


def is_kept() -> bool:
    """Whether the browser keeps anything, as far as it was tried."""
    return page_state(CourseState).is_kept


def begin() -> DeltaGenerator | None:
    """Where the browser's keeper belongs, for :func:`end`; it draws nothing that is seen.

    In a visit's first run it stands there already: a browser that has kept something makes the page
    run once more, and that shall not wait until the page is drawn.
    """
    state, place = page_state(CourseState), st.container()
    if state.is_met:
        return place
    state.is_met = True
    _follow(place)
    return None


def end(place: DeltaGenerator | None) -> None:
    """Let the browser keep what this run changed."""
    if place is not None:
        _follow(place)


def _follow(place: DeltaGenerator) -> None:
    state = page_state(CourseState)
    data = {"text": codes.kept(state.progress), "includes": state.includes}
    with place:
        _keeper(key=_KEY, data=data, on_kept_change=_take_up)


def _take_up() -> None:
    state = page_state(CourseState)
    said = heard(_KEY, "kept")
    if said is False:
        state.is_kept = False
    if not isinstance(said, str) or not codes.is_fit(said):
        return
    state.includes = said
    found = codes.read(said)
    if found is not None:
        # Nothing at all is what a reset leaves, in another tab.
        state.progress = found.merged(state.progress) if said else found
