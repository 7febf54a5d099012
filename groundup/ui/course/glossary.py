"""The words of the glossary where they stand in the page's prose, and the list of them."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from groundup.course import path
from groundup.course.words import Word, word, words
from groundup.ui import settings
from groundup.ui.components.component import component, nothing
from groundup.ui.controls.widgets import declared, value

_marks = component("course/word_marks")
_KEY = "marked_words"

PAGES = {
    "tensors": "Tensors",
    "requires_grad": "requires_grad",
    "computation_graph": "Computation graph",
    "training_loop": "Training loop",
    "nn_module": "nn.Module",
    "ffn_scale": "FFN scale",
}
"""What the pages that teach are called."""


def taught(one: Word) -> str:
    """Where ``one`` is taught, in words."""
    if section := path.section(one.section):
        return f"{section.id} {section.name}"
    sections = (key for key in one.settings if key in settings.SECTIONS)
    opened = next((declared()[key].shown(one.settings[key]) for key in sections), "")
    return f"{PAGES[one.page]}{opened and f', {opened}'}"


def mark(page: str) -> None:
    """Mark the words of ``page``, and give the list of them; where a link in it leads, go."""
    on = value("word_marks") and page != "words"  # there they are what the page is about
    chosen = _marks(key=_KEY, data={"words": _words(), "on": on}, on_go_change=nothing)
    name = chosen.go
    if isinstance(name, str) and (one := word(name)):
        st.switch_page(f"app_pages/{one.page}.py", query_params=one.query)


@cache
def _words() -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "term": one.term,
            "pattern": one.pattern,
            "meaning": one.meaning,
            "taught": taught(one),
            "href": f"{one.page}?{urlencode(one.query)}",
        }
        for one in words()
    ]
