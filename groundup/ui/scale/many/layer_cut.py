"""The layer cut: each worker has a part of both matrices, and one sum joins them."""

from __future__ import annotations

import streamlit as st

from groundup.engine.lesson import Lesson, load
from groundup.scale.many import cut, cut_picture, cut_words
from groundup.ui.components.component import component
from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.controls.widgets import control, values
from groundup.ui.scale.many.running import seen_of

_picture = component("scale/many/cut")


def layer_cut() -> None:
    """Cut a block over two workers, see what is sent, and have it run on two."""
    st.markdown(
        "A layer too large for one machine is cut: each has a part of its weights, all the time."
    )
    keys = ("cut_model", "cut_by")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for key in keys:
            control(key)
    made = cut.planned(**values(*keys, "seed"))
    picture, code = st.columns([1.2, 1], gap="medium")
    with picture:
        place = st.container()
        seen = seen_of("cut", cut.job(made), "Run on 2 workers", says=cut_words.ended)
        said = cut.said(seen) if seen and seen.text == made.text else cut.alone(made)
        with place:
            _picture(key="cut_picture", data=cut_picture.scene(made, said) | {"code": "cut_code"})
        st.markdown(f"{cut_words.proof(said, workers=len(said))} {cut_words.held(said)}")
    with code:
        lesson_panel(made, key="cut_code", look=made.line_of("def forward(x):"), steps=True)
    _costs(made)
    with st.expander("torch's own cut: parallelize_module"):
        lesson_panel(load("torch_splits").set(way="parallelize"), key="cut_torch_code")


def _costs(made: Lesson) -> None:
    st.header("What the other cut would send")
    both = {way: cut.alone(made.set(cut=way)) for way in ("outputs", "inputs")}
    st.table(cut_words.table(both, made.settings["model"]), hide_index=True)
    st.caption(cut_words.cost(both))
