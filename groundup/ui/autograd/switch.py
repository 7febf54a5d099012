"""The switch: the tensors as cards, and where their gradients go."""

from __future__ import annotations

import streamlit as st

from groundup.autograd import tracking
from groundup.autograd.tracking import Moment, Watched
from groundup.engine.lesson import Lesson
from groundup.figures.autograd import tracking as cards
from groundup.ui.autograd.common import code, colours, table


def walk(watched: Watched) -> int:
    """Ask which moment to show, from 0; at first, and when lines are added, the last."""
    last = len(watched.moments)
    if "statement_clicked" in st.session_state:
        st.session_state["statement"] = st.session_state.pop("statement_clicked")
    label = "Walk through the lines"
    return int(st.slider(label, 1, last, last, key="statement", persist_state="page")) - 1


def program(lesson: Lesson, watched: Watched, index: int) -> None:
    """The text, the line of moment ``index`` marked; a click on a line goes to its moment."""
    now = watched.moments[index]
    failed = now.line if now.failed else None
    clicked = code(lesson, key="switch_code", running=now.line, failed=failed, pick=True)
    if clicked:
        at = tracking.moment_at(watched, clicked)
        if at != index:
            st.session_state["statement_clicked"] = at + 1
            st.rerun()


def tensor_cards(watched: Watched, index: int) -> None:
    """The tensors after moment ``index`` (from 0), what changed in it marked."""
    now = watched.moments[index]
    before = watched.moments[index - 1] if index else None
    figure = cards.cards(now, watched.operands, tracking.changes(before, now), colours())
    st.graphviz_chart(figure, width="stretch", height=420, alt=cards.in_words(now))


def destinies(moment: Moment) -> None:
    """For each tensor, where a gradient that reaches it goes."""
    rows = [(f"`{name}`", tracking.destiny(one)) for name, one in moment.tensors.items()]
    table(("tensor", "a gradient that reaches it …"), rows)
