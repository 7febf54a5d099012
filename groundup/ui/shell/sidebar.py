"""Beside every page: what all pages share, and the way back to the page's defaults."""

from __future__ import annotations

import streamlit as st

from groundup.ui import settings
from groundup.ui.controls.widgets import control
from groundup.ui.state import drop_from_link, is_stored, put


def show(page: str) -> None:
    """The sidebar's controls; ``page`` is the page's name in its address, empty on the first."""
    for shared in settings.shared.CONTROLS:
        control(shared.key)
    if page in settings.OF_PAGE:
        st.button(
            "Defaults",
            key="defaults",
            icon=":material/settings_backup_restore:",
            help="Every setting of this page, device and seed at its default. The section stays "
            "open, and your runs, pins and own points stay.",
            on_click=_restore,
            args=(page,),
        )
    st.caption(
        "The link in the address bar holds the setting of every control that you see, and a small "
        "table of own points. Not in it: guesses, a pasted error, a larger table, a model file, "
        "pinned runs, and where a run was stopped or stepped to."
    )


def _restore(page: str) -> None:
    shown = (*settings.shared.CONTROLS, *settings.OF_PAGE[page])
    restored = [one for one in shown if one.key not in settings.SECTIONS | settings.MADE]
    # What the link held of controls that are not on the page yet waits there for them.
    if waiting := [one.key for one in restored if one.key in st.query_params]:
        drop_from_link(waiting)
    put({one.key: one.widget_default for one in restored if is_stored(one.key)})
