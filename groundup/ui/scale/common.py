"""What several sections of the FFN-scale page ask."""

from __future__ import annotations

import streamlit as st


def is_dark() -> bool:
    """Does the reader's page have a dark ground?"""
    return bool(st.context.theme.type == "dark")
