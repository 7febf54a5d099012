"""The glossary's page: every word, by the section that teaches it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import streamlit as st

from groundup.course import path
from groundup.course.words import Word, holds, search, words
from groundup.ui.controls.link import printable
from groundup.ui.controls.widgets import control
from groundup.ui.course.glossary import taught
from groundup.ui.course.keeping import progress


def show() -> None:
    """The search, and what it finds; without one, all words by chapter."""
    st.title("Words")
    st.markdown(
        f"{len(words())} words of the field, one sentence each. On the other pages they have a "
        "dotted line: point at one, or tap it. The key **?** lists the words of a page."
    )
    if asked := control("word").strip():
        _found(asked)
    else:
        _all()


def _found(asked: str) -> None:
    if not (answer := search(asked)):
        st.info(f"No word here is called “{printable(asked)}”, and no sentence mentions it.")
    _places(answer)


def _all() -> None:
    for chapter in path.chapters():
        st.header(f"{chapter.number} {chapter.name}", anchor=False)
        _places(one for one in words() if one.section in {each.id for each in chapter.sections})
    st.header("Beside the path", anchor=False)
    _places(one for one in words() if not one.section)


def _places(chosen: Iterable[Word]) -> None:
    """The words of each place together, under a link that leads there."""
    for place, group in groupby(chosen, taught):
        with st.container(gap="xxsmall"):
            here = list(group)
            _link(place, here[0])
            st.markdown("\n".join(_line(one) for one in here))


def _link(place: str, one: Word) -> None:
    section = path.section(one.section)
    met = section is not None and progress().done(section)
    st.page_link(
        f"app_pages/{one.page}.py",
        label=f"{place}: you have met these words" if met else place,
        icon=":material/check_circle:" if met else ":material/arrow_forward:",
        query_params=one.query,
    )


def _line(one: Word) -> str:
    shown = f"  \n  `{one.line}` is {holds(one.line)}" if one.line else ""
    return f"- **{one.term}**: {one.meaning}{shown}"
