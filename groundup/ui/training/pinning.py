"""Pinning: the run in the picture goes into the learner's ledger."""

from __future__ import annotations

import streamlit as st

from groundup.training import own_data
from groundup.training.own_data import Points
from groundup.training.session import Training
from groundup.ui.state import page_state
from groundup.ui.training.state import TrainingState


def button(kept: Training) -> None:
    """A press keeps the run in the picture."""
    st.button(
        "Pin this run",
        key="pin",
        icon=":material/push_pin:",
        on_click=_pin,
        args=(kept,),
        disabled=not kept.complete or kept.setting is None or not kept.run.epochs,
        help="Keep the run in the picture, to compare others with it under *Compare*. Train one "
        "first.",
    )


def refusal() -> None:
    """Why the last press kept nothing, if it did not."""
    state = page_state(TrainingState)
    if state.not_pinned:
        st.warning(f"Not pinned: {state.not_pinned}", icon=":material/push_pin:")
        state.not_pinned = ""


def _pin(kept: Training) -> None:
    if kept.setting is None:
        return
    state = page_state(TrainingState)
    try:
        state.ledger.pin(kept.lesson, kept.run, kept.setting.surface, _own_points(kept))
    except ValueError as error:
        state.not_pinned = str(error)


def _own_points(kept: Training) -> Points | None:
    """The learner's own points, if the run in the picture is on them."""
    found = page_state(TrainingState).own_points
    here = kept.setting is not None and own_data.same(found, kept.setting.x, kept.setting.y)
    return found if here else None
