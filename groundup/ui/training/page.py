"""The training page's body: the controls of the loop in a row, and the lab under them."""

from __future__ import annotations

import streamlit as st

from groundup.engine import lesson
from groundup.figures.training import sentences
from groundup.ui.controls.widgets import control, folded, value, values
from groundup.ui.shell.details import details
from groundup.ui.training import own_points
from groundup.ui.training.lab import show
from groundup.ui.training.panel import learning_rate_moved, scheduled
from groundup.ui.training.start import begin_at


def body() -> None:
    """The loop's controls, and all that they change."""
    mode = value("lab")
    rate, passes, how, more = st.columns([2.4, 1, 1.3, 1], vertical_alignment="bottom")
    with rate:
        control("lr", on_change=learning_rate_moved)
    with passes:
        control("epochs")
    with how:
        control("optimizer")
    with more, folded(st.popover("Data and start", width="stretch")):
        control("points")
        control("noise")
        where, (truth, start) = st.container(), st.columns(2)
        with truth:
            control("true_w")
            control("true_b")
        with start:
            begin_at(where)
        if mode == "By hand":
            control("data_line")
        own_points.box()
        batch = control("each_step")
        schedule = control("schedule")

    chosen = values(
        *("lr", "epochs", "optimizer", "device", "seed", "points", "noise"),
        *("true_w", "true_b", "start_w", "start_b", "begin_at"),
    )
    show(mode, batch, scheduled(lesson.load("training_loop").set(**chosen), schedule))
    details(
        "What am I looking at?",
        lambda: st.markdown(_told(chosen["epochs"])),
        key="loop_told",
        icon=":material/help:",
    )


def _told(epochs: int) -> str:
    return f"""
- **The line and its data.** Each dot is an example. The thin bars are the residuals: how far the
  line's guess ŷ misses each y. The loss is the mean of their squares.
- **One moment.** "12, before its step": line, bars, loss, gradient and arrow are those of the w
  and b with which epoch 12 begins. The loss is that of the line in the picture, over all points.
  While you step, the numbers are what the text's variables hold after that line. Bars and arrow
  stand where prediction and gradient were computed. What is older than w and b is dashed, and its
  number is named *old w*.
  {sentences.counting(epochs)}
- **Loss.** One point for each epoch, before its step, and one after the last. Move the pointer
  over it for the exact numbers.
- **Loss over w and b.** Every place is a line: its slope w to the right, its bias b upwards. On a
  ring all lines are equally bad; the + is the best one. The arrow points downhill, against the
  gradient there; the path shows where the optimizer really went.
  With fewer points in each step the path has a corner for every step (for some, if there are more
  than 4,096). The arrow goes against the `.grad` that the next step's points leave.
- **Keys.** T trains, S steps, X resets, space stops and resumes, the arrows go one epoch.
"""
