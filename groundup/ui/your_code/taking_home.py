"""The learner's text as a file of their own."""

from __future__ import annotations

from functools import partial

import streamlit as st

from groundup.engine import export
from groundup.engine.text import parsed
from groundup.ui.components.code_panel import code_part
from groundup.ui.components.take_home import file_that_plays


def buttons(name: str, text: str) -> None:
    """Buttons that download ``text`` as files called ``name``; a notebook where it is Python."""
    st.download_button(
        "Code (.py)",
        text,
        f"{name}.py",
        "text/x-python",
        key="your_py",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        help="The text as it stands in the editor.",
    )
    if _is_python(text):
        st.download_button(
            "Notebook (.ipynb)",
            lambda: export.to_notebook(text),
            f"{name}.ipynb",
            "application/x-ipynb+json",
            key="your_ipynb",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
            help="The same text as a Jupyter notebook.",
        )


def page(name: str, text: str) -> None:
    """A button that downloads ``text``, which was run, with its steps."""
    parts = partial(code_part, text, name="code", own=True)
    file_that_plays(name, lambda _: [parts()], key="your_html")


def _is_python(text: str) -> bool:
    try:
        parsed(text)
    except (SyntaxError, ValueError):
        return False
    return True
