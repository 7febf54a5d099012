"""What comes in a link: cleaned here, before any widget is made, so that no widget is handed it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from groundup.ui.controls.declaration import Control
from groundup.ui.controls.state import ControlsState, Refused
from groundup.ui.state import drop_from_link, page_state


def clean_link(controls: Iterable[Control]) -> None:
    """Take out of the link what these ``controls`` cannot use, and remember why.

    Streamlit hands a widget what stands in the link before the app sees it, and on the way it calls
    ``int(inf)``. A value that was taken out is gone from the address bar too.
    """
    linked = set(st.query_params)
    refused = {
        declaration.key: answer
        for declaration in controls
        if declaration.key in linked and (answer := _refused(declaration))
    }
    if refused:
        page_state(ControlsState).refused |= refused
        drop_from_link(refused)


def _refused(declaration: Control) -> Refused | None:
    every = st.query_params.get_all(declaration.key)
    raw = ", ".join(every)
    if len(every) > 1 and declaration.kind != "several":
        return Refused(printable(raw), f"it stands {len(every)} times in the link")
    reason = declaration.refusal(raw)
    return Refused(printable(raw), reason) if reason else None


def printable(raw: str, longest: int = 30) -> str:
    """``raw`` as it can stand in a sentence as code: shortened, and without what breaks it."""
    short = raw if len(raw) <= longest else raw[: longest - 3] + "..."
    return "".join(c if c.isprintable() and c != "`" else "·" for c in short)
