"""What is not in the language: a card for each place, and what can be written there instead."""

from __future__ import annotations

import streamlit as st

from groundup.language.own_code import Refusal
from groundup.ui.components.editing import Mark
from groundup.ui.components.messages import plain
from groundup.ui.state import page_state
from groundup.ui.your_code.source import source
from groundup.ui.your_code.state import YourCodeState
from groundup.your_code.mending import all_offer, mended, passage

MAX_CARDS = 12
"""More places than that are counted only."""
MAX_ROUNDS = 4
"""How often places are looked for anew at one press."""


def marks_of(state: YourCodeState) -> list[Mark]:
    """The refused places, for the editor."""
    if state.ran is None:
        return []
    return [
        Mark("refused", *_place(one), f"Line {one.line}, column {one.column}: {one.reason}")
        for one in state.ran.refusals
    ]


def refusals(state: YourCodeState) -> None:
    """The places that were refused, and the buttons that change them."""
    if state.ran is None:
        return
    found = state.ran.refusals
    places = "one place" if len(found) == 1 else f"{len(found)} places"
    st.markdown(f"**Not run yet: {places} to change**")
    for number, one in enumerate(found[:MAX_CARDS]):
        _card(number, one, state.ran.text)
    if len(found) > MAX_CARDS:
        st.caption(f"{len(found) - MAX_CARDS} more places come after these.")
    if all_offer(found):
        named = {1: "Change it", 2: "Change both"}.get(len(found), f"Change all {len(found)}")
        st.button(
            f"{named} and run", key="write_all", type="primary", on_click=_mend_all, args=(found,)
        )
    for said in state.ran.cleaned:
        st.caption(plain(said))
    st.caption("Nothing of your text was lost: what is changed can be undone in the editor.")


def _card(number: int, one: Refusal, text: str) -> None:
    with st.container(border=True, gap="xsmall"):
        what = passage(text, one)
        shown = f" · `{what[:40]}`" if what.strip() and "`" not in what else ""
        st.markdown(f":red[**✗ Line {one.line}**] column {one.column}{shown}")
        st.markdown(one.reason)
        if one.replacement is not None:
            label = one.replacement.split("\n")[0][:40]
            st.button(
                f"Write {plain(label)}" if label else "Take it out",
                key=f"mend_{number}",
                on_click=_mend,
                args=(one,),
            )


def _mend(one: Refusal) -> None:
    """Change a place of the text that was refused, and look for the others."""
    state = page_state(YourCodeState)
    if state.ran is not None and not state.stale:
        state.write(mended(state.text, (one,)), run=len(state.ran.refusals) > 1)


def _mend_all(found: tuple[Refusal, ...]) -> None:
    """Change every place of the text that was refused, and run it.

    Of places in each other one is changed at a time, and the others are looked for anew.
    """
    state = page_state(YourCodeState)
    if state.ran is None or state.stale:
        return
    text = mended(state.text, found)
    for _ in range(MAX_ROUNDS):
        told = source().run(text)
        if not told.refusals or not all_offer(told.refusals):
            break
        text = mended(told.text, told.refusals)
    state.write(text, run=True)


def _place(one: Refusal) -> tuple[int, int, int, int]:
    return one.line, one.column, one.end_line, max(one.end_column, one.column + 1)
