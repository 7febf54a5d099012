"""A page's body, which runs alone: what is moved in it draws it anew, and nothing beside it.

A control sends a browser what is drawn after it was moved, and each element costs the server as
much as a small run does. Sidebar, bar and dock are half of a page's elements, and stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from groundup.ui.components import stepping
from groundup.ui.controls.widgets import page_finished
from groundup.ui.course import dock, opening, place
from groundup.ui.course.place import Place
from groundup.ui.shell import holdings
from groundup.ui.shell.part import part
from groundup.ui.state import page_state, part_runs_alone, put_again


@dataclass
class BodyState:
    """What stands around the body since the last run of the whole page.

    Attributes:
        page: the page's name in its address.
        here: the section that is open, as the bar, the dock and the sidebar show it.
    """

    page: str = ""
    here: Place | None = None


def stands_in(page: str, here: Place | None) -> None:
    """The whole page runs: this is drawn around its body."""
    state = page_state(BodyState)
    state.page, state.here = page, here
    dock.none_yet()


def alone(draw: Callable[[], None]) -> None:
    """Draw a page's body with ``draw``; what is moved in it draws it anew, and nothing else.

    It is drawn within two containers, its own and the part's: by the key the style sheets find it.
    """
    with st.container(key="page_body"):
        part(_body)(draw)


def _body(draw: Callable[[], None]) -> None:
    if not part_runs_alone():
        draw()
        return
    put_again()
    state = page_state(BodyState)
    if place.find(state.page) != state.here or holdings.has_lost():
        st.rerun()
    draw()
    page_finished()
    opening.end()
    holdings.settle()
    if stepping.is_reached_now() or dock.is_old():
        st.rerun()
