"""The graph that autograd recorded behind a number of the run."""

from __future__ import annotations

import streamlit as st

from groundup.figures.theme import palette
from groundup.figures.your_code.pictures import drawn
from groundup.ui.controls.heard import one_of
from groundup.ui.state import put, stored
from groundup.ui.your_code.state import YourCodeState
from groundup.your_code.recorded_graph import MAX_NODES, RecordedGraph

_ROOT = "your_root"


def graph(state: YourCodeState) -> None:
    """The graph of one number, as it stands when the run is over."""
    found = {one.root: one for one in state.ran.graphs} if state.ran else {}
    if not found:
        st.info("No single number at the end of this run has a graph behind it.")
        return
    if one_of(stored(_ROOT), found) is None:
        put({_ROOT: next(iter(found))})
    chosen = next(iter(found))
    if len(found) > 1:
        picked = st.selectbox("Graph of", list(found), key=_ROOT, width=260)
        chosen = one_of(picked, found) or chosen
    _drawn(found[chosen])


def _drawn(one: RecordedGraph) -> None:
    if not one.nodes:
        st.info(f"More than {MAX_NODES} nodes are behind {one.root}: too many to be drawn.")
        return
    st.caption(f"What autograd recorded for {one.root}, as it stands at the end of the run.")
    colours = palette(dark=st.context.theme.type == "dark")
    told = ", ".join(f"{node.variable} {node.name}".strip() for node in one.nodes)
    st.graphviz_chart(drawn(one, colours), alt=f"From {one.root} back: {told}")
