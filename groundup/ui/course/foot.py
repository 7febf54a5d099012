"""The foot of a page: where one stands, what is asked or told there, and the way on."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

Columns = tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]
"""Where the learner stands, what is asked or told there, and the way on."""


def columns() -> Columns:
    """The foot's three parts."""
    with st.container(key="course_dock"):
        where, body, onward = st.columns([1.15, 7, 1.75], gap="small")
    return where, body, onward


def way_on(*, skipped: bool) -> DeltaGenerator:
    """Where the link to what follows stands; a small one where something is left out."""
    return st.container(key="dock_skipped") if skipped else st.container(key="dock_onward")
