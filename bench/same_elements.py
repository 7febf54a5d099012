"""As many elements of each kind as the training loop's page has, and nothing else in them.

What a first visit to such a page costs is Streamlit's, and the browser's.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from itertools import count
from typing import Any

import streamlit as st

BESIDE = {"html": 1, "flex_container": 2, "bidi_component": 8, "expander": 1}
MAIN = {
    "title": 1, "flex_container": 14, "row": 1, "button": 9, "number_input": 6, "html": 4,
    "download_button": 4, "bidi_component": 4, "button_group": 2, "selectbox": 2, "popover": 2,
    "slider": 2, "text_input": 2, "select_slider": 1, "expander": 1,
}  # fmt: skip
"""By kind, in the sidebar and beside it; a row is of 13 columns."""
_numbers = count()


def _component(name: str) -> None:
    st.components.v2.component(
        name.replace(" ", "_"), js=f"// {name}\nexport default () => {{}}\n"
    )()


DRAW: dict[str, Callable[[str], Any]] = {
    "title": st.title,
    "html": lambda name: st.html(f"<p>{name}</p>"),
    "bidi_component": _component,
    "flex_container": lambda name: st.container(key=name),
    "row": lambda _: st.columns(13),
    "expander": st.expander,
    "popover": st.popover,
    "button_group": lambda name: st.segmented_control(name, (1, 2, 3)),
    "number_input": lambda name: st.number_input(name, value=1, help=name),
    "selectbox": lambda name: st.selectbox(name, (1, 2, 3)),
    "slider": lambda name: st.slider(name, help=name),
    "select_slider": lambda name: st.select_slider(name, (1, 2, 3)),
    "text_input": st.text_input,
    "button": lambda name: st.button(name, icon=":material/home:", help=name),
    "download_button": lambda name: st.download_button(name, name),
}


def _drawn() -> None:
    for place, kinds in ((st.sidebar, BESIDE), (nullcontext(), MAIN)):
        with place:
            for kind, how_many in kinds.items():
                for _ in range(how_many):
                    DRAW[kind](f"{kind} {next(_numbers)}")


st.set_page_config(layout="wide")
st.navigation([st.Page(_drawn, title="Elements")], position="hidden").run()
