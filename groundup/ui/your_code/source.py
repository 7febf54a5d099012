"""Where the page's text comes from, and how it is run: the one seam for another source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from groundup.opened import OpenedFile, current
from groundup.ui.controls.link import printable
from groundup.ui.your_code.opened_file import follow
from groundup.your_code.opened_run import ran_opened
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
        begins: how to begin, said where nothing has run yet.
    """

    name: str
    run: Callable[[str], Ran]
    shared: bool = True
    text: Callable[[], str] | None = None
    follow: Callable[[str], None] | None = None
    begins: str = "Paste your own lines, or start from an example, and press **Run**."


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
    """The source of this server's page: on the user's own machine, the script that was opened."""
    opened = current()
    return _opened(opened) if opened else TYPED


def _opened(opened: OpenedFile) -> Source:
    return Source(
        opened.path.stem,
        # Not what the browser says that it shows: the file on the disk is what runs.
        lambda _: _run_opened(opened),
        shared=False,
        text=lambda: opened.text,
        follow=follow,
        begins=f"`{printable(opened.path_name, 60)}` as it is on your disk: what you save in your "
        "editor is shown here. Press **Run**.",
    )


def _run_opened(opened: OpenedFile) -> Ran:
    slot = st.empty()

    def show(seconds: float, output: str) -> None:
        last = "\n".join(output.splitlines()[-12:])
        slot.code(f"{last}\n… {seconds:.0f} s", language=None)

    try:
        return ran_opened(opened, show)
    finally:
        slot.empty()
