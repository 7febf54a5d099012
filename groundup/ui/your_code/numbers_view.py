"""The numbers that a loop assigned: curves, and a table by pass."""

from __future__ import annotations

import streamlit as st

from groundup.engine.snapshot import number
from groundup.figures.theme import palette
from groundup.figures.your_code.pictures import curves
from groundup.ui.components.chart import chart
from groundup.ui.components.table import table
from groundup.ui.controls.heard import one_of
from groundup.ui.controls.widgets import by_hand
from groundup.ui.state import put, stored
from groundup.ui.your_code.state import YourCodeState
from groundup.your_code.series import LoopNumbers

_LOOP = "your_loop"
_NAMES = "your_names"
MAX_CURVES = 6
MAX_ROWS = 200


def numbers(state: YourCodeState) -> None:
    """Every number that was assigned in a loop."""
    loops = {_title(one): one for one in state.ran.numbers} if state.ran else {}
    if not loops:
        st.info("No loop of this text assigned a number.")
        return
    if one_of(stored(_LOOP), loops) is None:
        put({_LOOP: next(iter(loops))})
    title = next(iter(loops))
    if len(loops) > 1:
        picked = st.selectbox("Loop", list(loops), key=_LOOP, width=320, on_change=by_hand())
        title = one_of(picked, loops) or title
    _of_loop(loops[title])


def _of_loop(loop: LoopNumbers) -> None:
    names = _chosen(loop)
    if names:
        colours = palette(dark=st.context.theme.type == "dark")
        last = ", ".join(f"{name} ends at {number(loop.columns[name][-1])}" for name in names)
        chart(curves(loop, names, colours), key="your_curves", alt=last)
    _as_table(loop, names)


def _chosen(loop: LoopNumbers) -> list[str]:
    offered = list(loop.columns)
    kept = [one for one in stored(_NAMES) or () if one in offered]
    put({_NAMES: kept[:MAX_CURVES] or [next((n for n in offered if "loss" in n), offered[0])]})
    picked = st.multiselect(
        "Names",
        offered,
        key=_NAMES,
        max_selections=MAX_CURVES,
        label_visibility="collapsed",
        on_change=by_hand(),
    )
    return [one for one in picked if one in offered][:MAX_CURVES]


def _as_table(loop: LoopNumbers, names: list[str]) -> None:
    if len(loop.passes) < loop.count:
        st.caption(f"{len(loop.passes):,} of {loop.count:,} passes were kept: first, last, some.")
    rows = [
        (", ".join(map(str, path)), *(number(loop.columns[name][at]) for name in names))
        for at, path in enumerate(loop.passes[:MAX_ROWS])
    ]
    with st.container(height=260):
        table((loop.target or "pass", *map(_code, names)), rows)
    if len(loop.passes) > MAX_ROWS:
        st.caption(f"The first {MAX_ROWS} rows of {len(loop.passes):,}.")


def _code(name: str) -> str:
    return f"`{name}`"


def _title(loop: LoopNumbers) -> str:
    return f"line {loop.line}: {loop.target or 'while'}, {len(loop.passes):,} passes"
