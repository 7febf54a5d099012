"""The ways back and on in a plan, which Page Up and Page Down press too."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from groundup.ui.components.component import component, nothing
from groundup.ui.course.opening import Link

_keys = component("course/plan_keys")

Way = tuple[str, Link]
"""A page's name and what the link to it holds."""


def turning(
    back: Way | None, onward: Way | None, *, stop: str = "", press: Sequence[str] = ()
) -> None:
    """Draw both ways; one that leads nowhere is dim.

    Before it goes on, Page Down presses the buttons of the page that ``press`` names; ``stop`` says
    of which moment they are.
    """
    with st.container(key="plan_back", width="content"):
        _way("Back", "Page Up", back)
    with st.container(key="plan_next", width="content"):
        _way("Next", "Page Down", onward)
    keys("plan_keys", stop, press)


def keys(key: str, stop: str = "", press: Sequence[str] = ()) -> None:
    """Let a clicker's keys press what the page has for them; it tells what ``press`` has next."""
    _keys(key=key, data={"stop": stop, "press": list(press)}, on_pressed_change=nothing)


def _way(name: str, key: str, way: Way | None) -> None:
    page, query = way or ("teach", {})
    link = f"app_pages/{page}.py"
    st.page_link(link, label=name, help=f"Key {key}", disabled=not way, query_params=query)
