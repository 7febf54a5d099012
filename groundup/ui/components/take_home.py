"""Taking a lesson's text home: the same two buttons on every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial
from html import escape
from typing import Literal

import streamlit as st

from groundup.engine import export
from groundup.engine.lesson import Lesson
from groundup.ui.components.code_panel import code_part
from groundup.ui.components.onefile import MAX_BYTES, Part, one_file, present_link
from groundup.ui.components.recordings import Room

Kind = Literal["secondary", "tertiary"]
Parts = Callable[[int], Sequence[Part]]
"""What stands in a file, of whose pictures one in so many is kept."""
THINNED = (1, 2, 4, 8, 16)


def take_home(
    shown: Lesson, *, key: str, type: Kind = "tertiary", parts: Parts | None = None
) -> None:
    """Buttons that download the text of ``shown`` as a script and as a notebook, as it stands.

    Where ``parts`` tells what stands in it, also as a file that plays and steps by itself.
    """
    st.download_button(
        "Code (.py)",
        shown.text,
        f"{shown.name}.py",
        "text/x-python",
        key=f"{key}_py",
        on_click="ignore",
        type=type,
        icon=":material/download:",
        help=export.promise(shown.text, list(shown.files)),
    )
    st.download_button(
        "Notebook (.ipynb)",
        lambda: export.to_notebook(shown.text),
        f"{shown.name}.ipynb",
        "application/x-ipynb+json",
        key=f"{key}_ipynb",
        on_click="ignore",
        type=type,
        icon=":material/download:",
        help="The same script as a Jupyter notebook.",
    )
    if parts:
        file_that_plays(shown.name, parts, key=f"{key}_html", type=type)


def steps_of(shown: Lesson, room: Room = nullcontext) -> Parts:
    """The text of ``shown`` with its steps, as what stands in a file; ``room`` holds its memory."""
    return lambda _: [code_part(shown.text, name="code", files=shown.files, room=room)]


def file_that_plays(name: str, parts: Parts, *, key: str, type: Kind = "tertiary") -> None:
    """A button that downloads ``parts`` as one file, which needs no server."""
    # The file is made when it is asked for, where no control and no address can be read.
    made = partial(playing, name.replace("_", " "), parts, present_link())
    st.download_button(
        "Page (.html)",
        made,
        f"{name}.html",
        "text/html",
        key=key,
        on_click="ignore",
        type=type,
        icon=":material/download:",
        help="One file that plays, scrubs and steps in any browser, without a server.",
    )


def playing(title: str, parts: Parts, link: str) -> str:
    """The file's text; where it cannot be made, a page that says why."""
    try:
        files = (one_file(title, parts(every), link) for every in THINNED)
        found = next((file for file in files if len(file.encode()) <= MAX_BYTES), None)
        return found or _not_made("its run is too long for one file: take fewer epochs")
    except ValueError as error:  # no room for a run now
        return _not_made(str(error))


def _not_made(reason: str) -> str:
    return f"<!doctype html><meta charset=utf-8><p>The page was not made: {escape(reason)}."
