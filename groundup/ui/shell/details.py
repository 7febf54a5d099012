"""A box of details under its title, which is filled once somebody opens it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from groundup.ui.controls.widgets import by_hand


def details(title: str, draw: Callable[[], object], *, key: str, icon: str | None = None) -> None:
    """Show a closed box called ``title``, in which ``draw`` draws while it is open.

    A browser lays out what a closed box holds too: 30 ms of a first visit to the graph. Not for
    controls, nor for code that a link can lead into: they are to be on the page.
    """
    box = st.expander(title, key=key, icon=icon, on_change=by_hand())
    if box.open:
        with box:
            draw()
