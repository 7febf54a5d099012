"""Follow the script that was opened on this machine: what is saved in an editor is shown here."""

from __future__ import annotations

import streamlit as st

from groundup.opened import OpenedFile, current
from groundup.ui.shell.part import part

EVERY = 1.0
"""Seconds between two looks at the file: it is asked when it was saved, and not read."""


def follow(shown: str) -> None:
    """Look now and then whether the opened file still holds the text that is ``shown``.

    Where it does not, the page runs again, and finds the new one in ``current().text``. Nothing is
    looked at where no file was opened.
    """
    opened = current()
    if opened is not None:
        part(_look, run_every=EVERY)(opened, shown)


def _look(opened: OpenedFile, shown: str) -> None:
    if opened.changed(shown):
        st.rerun()
    if opened.problem:
        st.warning(f"{opened.problem} The text below is the last one that could be read.")
