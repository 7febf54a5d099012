"""The switch: the tensors as cards, and where their gradients go."""

from __future__ import annotations

import streamlit as st

from groundup import tracking
from groundup.figures import tracking as cards
from groundup.tracking import Moment, Watched
from groundup.ui.requires_grad.common import colours, table


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
