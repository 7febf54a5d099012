"""The lab of the training page: each mode in a module of its own."""

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.training import batches
from groundup.training.batches import FULL
from groundup.ui.training import breaking, compare, data, hand, own_points, panel, predict
from groundup.ui.training.panel import Panels


def show(mode: str, batch: str, loop: Lesson) -> None:
    """Everything under the controls, as ``mode`` shows it, with ``batch`` points in a step."""
    if mode == "Data":
        data.choose(loop)
    own_points.refusal()
    loop = own_points.with_own_points(loop)
    if mode != "By hand":
        loop = batches.in_batches(loop, batch)
    elif batch != FULL:
        st.caption("Here every step takes all points, whatever *In each step* says.")
    match mode:
        case "Predict":
            panel.render_training(loop, predict.PANELS)
        case "Break it":
            panel.render_training(breaking.broken(loop), breaking.PANELS)
        case "By hand":
            hand.render_by_hand(loop)
        case "Compare":
            panel.render_training(
                loop, Panels(right=compare.pictures, below=compare.table, steps=False)
            )
        case _:
            panel.render_training(loop, Panels(below=data.told_back))
