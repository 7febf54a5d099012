"""The gallery of autograd's mistakes, and the search over all of them."""

from __future__ import annotations

import streamlit as st

from groundup.mistakes import gallery
from groundup.ui.controls.widgets import control
from groundup.ui.mistakes.asking import foresee
from groundup.ui.mistakes.search_box import follow_moved_link, search_box


def mistakes() -> None:
    """A mistake to foresee, to see, and to mend; or those that a pasted message resembles."""
    follow_moved_link()
    paste, choose = st.columns(2, vertical_alignment="top")
    with paste:
        search_box()
    with choose:
        entry = gallery.titled(control("mistake"))
    foresee(entry, gallery.gallery())
