"""Climb the ladder: models from the toy to the giant, by area and on a logarithmic axis."""

from __future__ import annotations

import streamlit as st

from groundup.figures.scale import size as pictures
from groundup.scale import ladder
from groundup.ui.components.chart import chart
from groundup.ui.controls.widgets import control, value
from groundup.ui.scale.common import is_dark
from groundup.ui.state import put


def climb_the_ladder() -> None:
    """Squares to zoom in on, an axis, and two models side by side."""
    zoom, first, second = st.columns([2.4, 1, 1], vertical_alignment="bottom")
    with zoom, st.container(horizontal=True, vertical_alignment="bottom"):
        fills = control("fills")
        _zoom_buttons()
    with first:
        left = ladder.rung(control("left"))
    with second:
        right = ladder.rung(control("right"))
    rungs = ladder.rungs()
    area, axis = st.columns(2)
    chart(
        pictures.squares(rungs, [r.name for r in rungs].index(fills), dark=is_dark()),
        key="squares",
        title=f"Squares of the models' parameters; {fills} fills the picture",
        place=area,
    )
    chart(
        pictures.log_ladder(rungs, [left.name, right.name], dark=is_dark()),
        key="log_ladder",
        title="The parameters of every model of the ladder, on a logarithmic axis",
        place=axis,
    )
    st.caption(ladder.how_small(rungs[0], ladder.rung(fills)))
    st.table(ladder.comparison(left, right), hide_index=True)


def _zoom_buttons() -> None:
    """Go one rung down or up the ladder."""
    names = [rung.name for rung in ladder.rungs()]
    at = names.index(value("fills"))
    for way, to in (("in", at - 1), ("out", at + 1)):
        st.button(
            f"Zoom {way}",
            key=f"zoom_{way}",
            icon=f":material/zoom_{way}:",
            disabled=not 0 <= to < len(names),
            on_click=_fill,
            args=(names[to % len(names)],),
        )


def _fill(name: str) -> None:
    put({"fills": name})
