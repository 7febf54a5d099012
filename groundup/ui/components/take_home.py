"""Taking a lesson's text home: the same two buttons on every page."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from groundup.engine import export
from groundup.engine.lesson import Lesson


def take_home(
    shown: Lesson, *, key: str, type: Literal["secondary", "tertiary"] = "tertiary"
) -> None:
    """Buttons that download the text of ``shown`` as a script and as a notebook, as it stands."""
    st.download_button(
        "Code (.py)",
        shown.text,
        f"{shown.name}.py",
        "text/x-python",
        key=f"{key}_py",
        on_click="ignore",
        type=type,
        icon=":material/download:",
        help=export.promise(shown.text, list(shown.files)),
    )
    st.download_button(
        "Notebook (.ipynb)",
        lambda: export.to_notebook(shown.text),
        f"{shown.name}.ipynb",
        "application/x-ipynb+json",
        key=f"{key}_ipynb",
        on_click="ignore",
        type=type,
        icon=":material/download:",
        help="The same script as a Jupyter notebook.",
    )
