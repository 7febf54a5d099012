"""Why bend it? Two layers with nothing in between are one layer, to the last digit."""

from __future__ import annotations

import streamlit as st

from groundup.engine.lesson import load
from groundup.engine.observe import run
from groundup.figures.scale import activations
from groundup.scale import sentences
from groundup.ui.components.chart import chart
from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.controls.widgets import control, values
from groundup.ui.scale.common import is_dark

_AXES = {"curves": "activation(x)", "slopes": "slope at x"}


def why_bend_it() -> None:
    """Two layers against the one that is their product, and three ways to bend."""
    text, picture = st.columns([1, 1.25], gap="medium")
    with picture, st.container(horizontal=True, vertical_alignment="bottom"):
        control("bend")
        control("digits")
    why = load("why_activation").set(**values("bend", "digits", "seed"))
    variables = run(why.text).variables
    with text:
        lesson_panel(why, key="bend_code", look=why.line_of("layer1 = "), steps=True)
    with picture:
        chart(
            activations.two_against_one(
                variables["t"].flatten().tolist(),
                variables["two"][:, 0].tolist(),
                variables["one"][:, 0].tolist(),
                dark=is_dark(),
            ),
            key="collapse",
            title="The first output of two layers, and of one layer made of their product",
        )
        st.markdown(
            sentences.collapse(variables["difference"], variables["rounding"], variables["bend"])
        )
    _three_ways()


def _three_ways() -> None:
    st.header("Three ways to bend, and their slopes")
    shapes = run(load("activations").text).variables
    places = shapes["places"].tolist()
    for column, kind in zip(st.columns(2), _AXES, strict=True):
        ys = {name: y.tolist() for name, y in shapes[kind].items()}
        chart(
            activations.curves(places, ys, title=_AXES[kind], dark=is_dark()),
            key=f"three_{kind}",
            title=f"The {kind} of GELU, ReLU and SiLU",
            place=column,
        )
    with st.expander("The script behind the curves"):
        lesson_panel(load("activations"), key="curves_code", steps=True)
