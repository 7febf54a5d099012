"""What the requires_grad page shows that is more than one line of it."""

from __future__ import annotations

import streamlit as st

from groundup import tracking
from groundup.figures import theme
from groundup.figures import tracking as cards
from groundup.figures.theme import Palette
from groundup.observe import Failure
from groundup.tracking import Moment, Watched


def colours() -> Palette:
    """The palette of the visitor's theme."""
    return theme.palette(st.context.theme.type == "dark")


def tensor_cards(watched: Watched, index: int) -> None:
    """The tensors after moment ``index`` (from 0), what changed in it marked."""
    now = watched.moments[index]
    before = watched.moments[index - 1] if index else None
    figure = cards.cards(now, watched.operands, tracking.changes(before, now), colours())
    st.graphviz_chart(figure, width="stretch", height=420, alt=cards.in_words(now))


def destinies(moment: Moment) -> None:
    """For each tensor, where a gradient that reaches it goes."""
    rows = [f"| `{n}` | {tracking.destiny(tensor)} |" for n, tensor in moment.tensors.items()]
    st.markdown("\n".join(["| tensor | its gradient … |", "|---|---|", *rows]))


def failure(failed: Failure | None) -> None:
    """An exception in PyTorch's own words."""
    if failed:
        st.error(f"**{failed.kind}** on line {failed.line}, in PyTorch's own words:")
        st.code(failed.message, language=None, wrap_lines=True)
