"""The three lines: the hand-written loop, and what an optimizer takes over of it."""

from __future__ import annotations

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.figures.modules import three_lines as figures
from groundup.figures.theme import palette
from groundup.modules import three_lines
from groundup.modules.three_lines import Compared
from groundup.ui.components.chart import chart
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.take_home import take_home
from groundup.ui.modules.state import ModulesState
from groundup.ui.state import page_state


def side_by_side(by_hand: Lesson, other: Lesson, pressed: bool) -> None:
    """Both loops, what differs marked in each, and their losses once both were trained."""
    gone, new = three_lines.replaced(by_hand.text, other.text)
    left, right = st.columns(2, gap="medium")
    with left:
        _panel("By hand", by_hand, "loop_by_hand", gone=gone, new=[])
    with right:
        _panel(_title(other), other, "loop_folded", gone=[], new=new)
    state = page_state(ModulesState)
    if pressed:
        state.trained = by_hand.text, other.text
    if state.trained == (by_hand.text, other.text):
        _losses(_compared(*state.trained))
    else:
        st.caption("Say how their losses will compare. Then press Train both.")
    left, right = st.columns(2, gap="medium")
    with left, st.container(horizontal=True):
        take_home(by_hand, key="loop_by_hand")
    with right, st.container(horizontal=True):
        take_home(other, key="loop_folded")


def _panel(title: str, shown: Lesson, key: str, *, gone: list[int], new: list[int]) -> None:
    st.markdown(f"**{title}**")
    look = shown.line_of("for epoch in ")
    code_panel(shown.text, key=key, lit=gone, changed=new, look=look, height=330, steps=True)


def _title(other: Lesson) -> str:
    if other.settings["fold"] == three_lines.NOTHING:
        return "The same, nothing folded yet"
    return f"With torch.optim.SGD: {other.settings['fold']} folded"


@st.cache_data(show_spinner=False, max_entries=32)
def _compared(by_hand: str, other: str) -> Compared:
    """One run of each pair of texts, however often the page is drawn."""
    return three_lines.compare(by_hand, other)


def _losses(compared: Compared) -> None:
    st.markdown(compared.sentence())
    picture, numbers = st.columns([1, 1.1], gap="medium")
    with picture:
        chart(
            figures.losses(compared, palette(st.context.theme.type == "dark")),
            key="both_losses",
            title="The losses of both loops over the epochs",
            theme=None,
        )
    shown = [
        {
            "epoch": epoch,
            "loss by hand": f"{one:.9g}",
            "with the optimizer": f"{other:.9g}",
            "difference": "0" if one == other else f"{abs(one - other):.1e}",
        }
        for epoch, one, other in three_lines.rows(compared)
    ]
    numbers.table(shown, border="horizontal", hide_index=True)
