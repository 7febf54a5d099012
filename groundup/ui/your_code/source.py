"""Where the page's text comes from, and how it is run: the one seam for another source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from groundup.your_code.running import Ran, for_visitors, ran


@dataclass(frozen=True)
class Source:
    """A source of the page's text.

    Attributes:
        name: what its file is called at home.
        run: runs a text, as far as texts of this source may.
        shared: whether the text stands in the link and is kept in the browser.
        text: gives the text of a source that is written elsewhere; then it is only read here.
        follow: is told at the end of the page which text is shown, to look for another one.
    """

    name: str
    run: Callable[[str], Ran]
    shared: bool = True
    text: Callable[[], str] | None = None
    follow: Callable[[str], None] | None = None


# A run is up to 100 kB of recording, and its numbers as much again; equal texts run alike.
@st.cache_data(max_entries=32, ttl=1800, show_spinner=False)
def _run_typed(text: str) -> Ran:
    return ran(text, for_visitors())


def _typed(text: str) -> Ran:
    told = _run_typed(text)
    if told.end and told.end.state == "stopped":
        # It may have had too little time, in a crowd: the next press is another run.
        _run_typed.clear(text)
    return told


TYPED = Source("your_code", _typed)
"""What a visitor types: checked, and run within bounds."""


def source() -> Source:
    """The source of this server's page."""
    return TYPED
