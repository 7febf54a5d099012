"""The lab of the training page: each mode in a module of its own."""

import streamlit as st

from groundup import batches
from groundup.batches import FULL
from groundup.engine.lesson import Lesson
from groundup.ui import training
from groundup.ui.lab import breaking, compare, data, hand, predict
from groundup.ui.training import Panels


def show(mode: str, batch: str, loop: Lesson) -> None:
    """Everything under the controls, as ``mode`` shows it, with ``batch`` points in a step."""
    if mode == "Data":
        data.choose()
    loop = data.own(loop)
    if mode != "By hand":
        loop = batches.in_batches(loop, batch)
    elif batch != FULL:
        st.caption("Here every step takes all points, whatever *In each step* says.")
    match mode:
        case "Predict":
            training.stage(loop, Panels(above=predict.predict))
        case "Break it":
            training.stage(breaking.broken(loop), Panels(right=breaking.beside))
        case "By hand":
            hand.stage(loop)
        case "Compare":
            training.stage(loop, Panels(right=compare.pictures, below=compare.table))
        case _:
            training.stage(loop)
