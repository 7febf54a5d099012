"""The text in the link: taken up where one comes, and written where one was run."""

from __future__ import annotations

import streamlit as st

from groundup.ui.controls.link import CODE, MOMENT, printable
from groundup.ui.state import came_back
from groundup.ui.your_code.state import YourCodeState
from groundup.your_code.linked import MAX_LINK, packed, unpacked


def take_up(state: YourCodeState) -> None:
    """Take up the text that the link brings, if it brings another one."""
    raw = st.query_params.get(CODE)
    if raw is None or (raw and raw == state.link):
        _put(state.link)
        return
    # A press that was sent before the browser heard of the new link still tells of the old one.
    known = raw in state.written
    if known and not came_back():
        _put(state.link)
        return
    try:
        text = unpacked(raw)
    except ValueError as error:
        state.said.append(f"`{CODE}={printable(raw)}` was not used: {error}.")
        _put(state.link)
        return
    state.write(text)
    state.ran, state.stranger, state.wanted = None, not known, known
    _remember(state, raw)


def write(state: YourCodeState) -> None:
    """Let the link stand for the text that was run."""
    raw = packed(state.text)
    if len(raw) > MAX_LINK:
        state.said.append(
            f"The text takes {len(raw):,} letters of a link, and {MAX_LINK:,} is the most: "
            "the link is without it. Take it home as a file instead."
        )
        raw = ""
    if raw != state.link:
        # The moment in the link was one of the text before.
        st.query_params.pop(MOMENT, None)
    _remember(state, raw)
    _put(raw)


def _remember(state: YourCodeState, raw: str) -> None:
    state.link = raw
    if raw:
        state.written.add(raw)


def _put(raw: str) -> None:
    if raw and st.query_params.get(CODE) != raw:
        st.query_params[CODE] = raw
    elif not raw and CODE in st.query_params:
        del st.query_params[CODE]
