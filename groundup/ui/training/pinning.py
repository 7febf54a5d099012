"""Pinning: the run in the picture goes into the learner's table of runs."""

from __future__ import annotations

import streamlit as st

from groundup.training import own_data
from groundup.training.own_data import Points
from groundup.training.session import Training
from groundup.ui.state import page_state
from groundup.ui.training import own_points
from groundup.ui.training.state import TrainingState


def button(training: Training) -> None:
    """A press keeps the run in the picture."""
    st.button(
        "Pin this run",
        key="pin",
        icon=":material/push_pin:",
        on_click=_pin,
        args=(training,),
        disabled=not training.complete or training.setting is None or not training.run.epochs,
        help="Keep the run in the picture, to compare others with it under *Compare*. Train one "
        "first.",
    )


def refusal() -> None:
    """Why the last press kept nothing, if it did not."""
    state = page_state(TrainingState)
    if state.not_pinned:
        st.warning(f"Not pinned: {state.not_pinned}", icon=":material/push_pin:")
        state.not_pinned = ""


def _pin(training: Training) -> None:
    if training.setting is None:
        return
    state = page_state(TrainingState)
    try:
        state.run_table.pin(training.lesson, training.run, training.setting, _own_points(training))
    except ValueError as error:
        state.not_pinned = str(error)


def _own_points(training: Training) -> Points | None:
    """The learner's own points, if the run in the picture is on them."""
    points = own_points.own_points()
    here = training.setting is not None and own_data.same(
        points, training.setting.x, training.setting.y
    )
    return points if here else None
