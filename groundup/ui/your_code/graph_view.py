"""The graph that autograd recorded behind a number of the run."""

from __future__ import annotations

import streamlit as st

from groundup.figures.theme import palette
from groundup.figures.your_code.pictures import drawn
from groundup.ui.components.recordings import Place, Source
from groundup.ui.controls.heard import one_of
from groundup.ui.controls.widgets import by_hand
from groundup.ui.state import page_state, put, stored
from groundup.ui.your_code.state import YourCodeState
from groundup.your_code.recorded_graph import MAX_NODES, RecordedGraph
from groundup.your_code.running import graphs_at

_ROOT = "your_root"
_AT_END = "at the end of the run"


def graph(state: YourCodeState) -> None:
    """The graph of one number, at the moment held, or as it stands when the run is over."""
    if state.ran is None:
        return
    place = _held(state)
    when = f"after line {place.line}, statement {place.number + 1:,}" if place else _AT_END
    graphs = _graphs_at(state.ran.text, place) if place else state.ran.graphs
    if place:
        st.button("The end of the run instead", key="your_end", on_click=_to_end)
    found = {one.root: one for one in graphs}
    if not found:
        st.info(f"No single number of the text has a graph behind it {when}.")
        return
    if one_of(stored(_ROOT), found) is None:
        put({_ROOT: next(iter(found))})
    chosen = next(iter(found))
    if len(found) > 1:
        picked = st.selectbox("Graph of", list(found), key=_ROOT, width=260, on_change=by_hand())
        chosen = one_of(picked, found) or chosen
    _drawn(found[chosen], when)


def _held(state: YourCodeState) -> Place | None:
    """The moment that the steps held when it was asked for, if the recording has kept it."""
    if state.held is None or state.ran is None:
        return None
    return Source(state.ran.text, own=True).recorded().place(state.held)


@st.cache_data(max_entries=64, ttl=1800, show_spinner=False)
def _graphs_at(text: str, place: Place) -> tuple[RecordedGraph, ...]:
    return graphs_at(text, place)


def _to_end() -> None:
    page_state(YourCodeState).held = None


def _drawn(one: RecordedGraph, when: str) -> None:
    if not one.nodes:
        st.info(f"More than {MAX_NODES} nodes are behind {one.root}: too many to be drawn.")
        return
    st.caption(f"What autograd recorded for {one.root}, as it stands {when}.")
    colours = palette(dark=st.context.theme.type == "dark")
    told = ", ".join(f"{node.variable} {node.name}".strip() for node in one.nodes)
    st.graphviz_chart(drawn(one, colours), alt=f"From {one.root} back: {told}")
