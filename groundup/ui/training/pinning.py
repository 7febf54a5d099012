"""Pinning: the run in the picture goes into the learner's ledger."""

from __future__ import annotations

import streamlit as st

from groundup.training import own_data
from groundup.training.own_data import Points
from groundup.training.run_table import Ledger
from groundup.training.session import Training


def kept_runs() -> Ledger:
    """This learner's ledger: the one place where it is kept."""
    found: Ledger = st.session_state.setdefault("ledger", Ledger())
    return found


def button(kept: Training) -> None:
    """A press keeps the run in the picture."""
    st.button(
        "Pin this run",
        key="pin",
        icon=":material/push_pin:",
        on_click=_pin,
        args=(kept,),
        disabled=not kept.trained or kept.setting is None or not kept.run.epochs,
        help="Keep the run in the picture, to compare others with it under *Compare*. Train one "
        "first.",
    )


def refusal() -> None:
    """Why the last press kept nothing, if it did not."""
    if refused := st.session_state.pop("not_pinned", None):
        st.warning(f"Not pinned: {refused}", icon=":material/push_pin:")


def _pin(kept: Training) -> None:
    if kept.setting is None:
        return
    try:
        kept_runs().pin(kept.lesson, kept.run, kept.setting.surface, _own_points(kept))
    except ValueError as error:
        st.session_state["not_pinned"] = str(error)


def _own_points(kept: Training) -> Points | None:
    """The learner's own points, if the run in the picture is on them."""
    found: Points | None = st.session_state.get("own_points")
    here = kept.setting is not None and own_data.same(found, kept.setting.x, kept.setting.y)
    return found if here else None
