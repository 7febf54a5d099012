"""The mark of what scrolls sideways: it fades at the side where more of it is."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_CSS = Path(__file__).with_suffix(".css")


def mark() -> None:
    """Let every table of the page show that more of it is beside what is seen."""
    st.html(_CSS)
