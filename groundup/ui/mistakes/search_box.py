"""The search box over every mistake of the app, and over what other pages teach of errors."""

from __future__ import annotations

import streamlit as st

from groundup.mistakes.answer import Answer, answer
from groundup.mistakes.gallery import MODULE_FOLDER, Mistake, gallery
from groundup.mistakes.pasted import EACH_END, shortened
from groundup.ui.controls.link import printable
from groundup.ui.controls.state import ControlsState
from groundup.ui.mistakes.places import Place, home, places
from groundup.ui.state import page_state, put, stored

KEY = "error"
_MAX_PLACES = 4


def search_box() -> None:
    """A box for a message, a traceback or everyday words, and under it where they lead."""
    pasted = st.text_area(
        "Paste an error message",
        key=KEY,
        height=84,
        placeholder="RuntimeError: … or the whole traceback, or what goes wrong in your own words",
        help="Tracebacks of any length, from a terminal or a notebook. Press Ctrl+Enter, or click "
        "outside the box.",
        on_change=_shorten,
        persist_state="page",
    )
    if not (pasted or "").strip():
        return
    reply = answer(pasted or "")
    if not reply.leads_somewhere:
        st.caption(_nothing(reply))
        return
    elsewhere = _elsewhere(reply)
    with st.container(horizontal=True, gap="xsmall"):
        for entry in reply.mistakes:
            _open(entry)
        for place in elsewhere:
            link(place)
    for said in dict.fromkeys(place.said for place in elsewhere if place.said):
        st.caption(f"It opens so: {said}.")


def follow_moved_link() -> None:
    """A link to a mistake whose home is another page's gallery leads there."""
    # This page's gallery has no such mistake any more, so its control refused the name.
    refused = page_state(ControlsState).refused.get("mistake")
    asked = refused.shown if refused else ""
    moved = gallery(MODULE_FOLDER)
    entry = next((one for one in moved if printable(one.title) == asked), None)
    if entry and (there := home(entry)):
        st.switch_page(f"app_pages/{there.page}.py", query_params=dict(there.link))


def _shorten() -> None:
    """Keep of a very long text what is read of it; the session holds it from now on."""
    pasted = stored(KEY) or ""
    if len(pasted) > 2 * EACH_END + 3:
        put({KEY: shortened(pasted)})


def _elsewhere(reply: Answer) -> list[Place]:
    """Places on other pages, each once."""
    every = [place for reading in reply.readings for place in places(reading)]
    return [place for n, place in enumerate(every) if place not in every[:n]][:_MAX_PLACES]


def _open(entry: Mistake) -> None:
    """A button that opens ``entry`` below, or a link to the page whose gallery holds it."""
    if there := home(entry):
        link(there)
        return
    st.button(
        entry.title,
        key=f"found_{entry.name}",
        on_click=put,
        args=({"mistake": entry.title},),
    )


def link(place: Place) -> None:
    """A link to ``place``."""
    st.page_link(
        f"app_pages/{place.page}.py",
        label=place.label,
        icon=":material/arrow_outward:",
        query_params=dict(place.link),
    )


def _nothing(reply: Answer) -> str:
    """What can honestly be said where nothing here is about it."""
    if reply.python:
        return f"This one is not about tensors: {reply.python}. No entry here is about it."
    if reply.said:
        return f"No page was found for this message. What can be said of it: {reply.said}."
    if reply.is_error:
        return "No page was found for this message."
    return "Nothing here is like that. Paste the message itself, or say what you see."
