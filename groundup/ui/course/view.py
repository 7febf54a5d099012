"""How large and how bare the page is shown: to one learner, to a room, or within another page."""

from __future__ import annotations

import streamlit as st

from groundup.course import path
from groundup.course.path import Section
from groundup.ui.components.component import component
from groundup.ui.controls.widgets import value
from groundup.ui.course import showing
from groundup.ui.course.opening import link_to
from groundup.ui.course.place import Place
from groundup.ui.course.turning import keys
from groundup.ui.shell import fit
from groundup.ui.state import put

_full = component("course/full_screen")


def presents() -> bool:
    """Whether the page is shown to a room."""
    return bool(value("present") == "on")


def mark() -> None:
    """Let the style sheet know how the page is shown; after the sidebar, whose controls say so."""
    for name, holds in (
        ("present", presents()),
        ("embedded", st.context.is_embedded),
        (value("type_size"), True),
    ):
        if holds:
            st.html(f'<i class="view-{name}"></i>')


def present_button() -> None:
    """What shows the page to a room; a key does it too."""
    st.button(
        "Present",
        key="present_now",
        icon=":material/slideshow:",
        shortcut="P",
        help="For a room: large type, without path and questions. Esc leaves it.",
        on_click=put,
        args=({"present": "on"},),
    )


def foot(here: Place | None) -> None:
    """In a room, the ways: to the sections before and after, to the full screen, and out again."""
    if here and st.context.is_embedded:
        fit.in_frame(here.section.id)
    if not presents():
        return
    with st.container(key="present_foot", horizontal=True, vertical_alignment="center"):
        # While a plan is given, its strip has the ways.
        if here and not showing.now():
            _link(_before(here.section), "‹ PgUp", "present_before")
            _link(path.after(here.section), "PgDn ›", "present_after")
            keys("present_keys")
        fit.settings(here.section.id if here else "")
        _full(data={})
        st.button(
            "Leave", key="present_leave", shortcut="esc", on_click=put, args=({"present": "off"},)
        )


def _before(section: Section) -> Section | None:
    every = path.sections()
    at = every.index(section)
    return every[at - 1] if at else None


def _link(section: Section | None, said: str, key: str) -> None:
    if section:
        with st.container(key=key, width="content"):
            st.page_link(
                f"app_pages/{section.page}.py",
                label=said,
                query_params=link_to(section) | {"present": "on"},
            )
