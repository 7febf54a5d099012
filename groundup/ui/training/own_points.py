"""The learner's own points: in the link where they are few, else in what the server remembers."""

from __future__ import annotations

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.training import own_data, point_links
from groundup.training.own_data import Points
from groundup.ui.components.messages import plain
from groundup.ui.controls.widgets import control, value
from groundup.ui.state import page_state, put
from groundup.ui.training.state import TrainingState

KEY = "own_points"
"""The control whose text the link holds."""


def box() -> None:
    """The control whose text the link holds; :func:`refusal` says where it cannot be used."""
    state = page_state(TrainingState)
    if state.given is not None:
        put({KEY: state.given})
        state.given = None
    control(KEY)
    if _linked():
        state.own_points = None


def refusal() -> None:
    """Why the text of the control cannot be used, if it cannot."""
    try:
        point_links.read(value(KEY))
    except ValueError as error:
        said = f"The own points are not used: {plain(str(error))}"
        st.warning(said, icon=":material/edit_off:")


def own_points() -> Points | None:
    """The points that take the place of drawn ones, if the learner has any."""
    return _linked() or page_state(TrainingState).own_points


def with_own_points(lesson: Lesson) -> Lesson:
    """``lesson`` on the learner's own points, if there are any."""
    return own_data.with_points(lesson, own_points())


def use(points: Points | None) -> None:
    """From the page's next run on, use ``points`` (None: drawn ones)."""
    state = page_state(TrainingState)
    # A widget that this run has drawn cannot be given another text before the next.
    state.given = point_links.written(points) if points else ""
    state.own_points = None if state.given else points


def _linked() -> Points | None:
    try:
        return point_links.read(value(KEY))
    except ValueError:
        return None


def in_link() -> bool:
    """Whether the points in use stand in the link."""
    return _linked() is not None
