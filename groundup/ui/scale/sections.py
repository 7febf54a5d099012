"""The sections of the FFN-scale page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.controls.link import open_former
from groundup.ui.controls.widgets import control, popover, values
from groundup.ui.scale import ffn_training
from groundup.ui.scale.bending import why_bend_it
from groundup.ui.scale.climbing import climb_the_ladder
from groundup.ui.scale.common import is_dark
from groundup.ui.scale.dials import dial_it
from groundup.ui.scale.inside import inside_a_block
from groundup.ui.scale.many.sections import many_machines
from groundup.ui.scale.measure import feel_it
from groundup.ui.scale.reading import read_it
from groundup.ui.settings import ffn_scale as settings


def open_linked() -> None:
    """A link that was sent when the page began with the model's text opens that."""
    open_former("scale", settings.READ, ("block", "tokens"), ("read_code",))


def train_it() -> None:
    """A block trained by the five lines that trained the toy."""
    rate, *rest = st.columns([2.2, 1.1, 1, 1, 1.2], vertical_alignment="bottom")
    with rate:
        control("ffn_lr")
    keys = ("ffn_or_toy", "ffn_width", "ffn_epochs", "ffn_optimizer")
    for column, key in zip(rest, keys, strict=True):
        with column:
            control(key)
    if planned := ffn_training.wanted(**values("ffn_lr", *keys, "device", "seed")):
        ffn_training.train(planned)
        st.markdown("**The toy's script and the block's differ in one statement:**")
        st.code(ffn_training.one_line_diff(planned), language="diff")


def ask_a_neuron() -> None:
    """What each neuron of the trained block answers to an input."""
    input_x, width, training = st.columns([3, 1, 1], vertical_alignment="bottom")
    with input_x:
        asked = control("input_x")
    with width:
        control("ffn_width")
    keys = ("ffn_lr", "ffn_epochs", "ffn_optimizer")
    with training, popover("Training", key="ffn_dials"):
        for key in keys:
            control(key)
    if planned := ffn_training.wanted(**values("ffn_width", *keys, "device", "seed")):
        ffn_training.look_inside_panel(planned, asked, dark=is_dark())
        with st.expander("The script that trained it and looked inside"):
            inside = planned.edit("look_inside")
            room = ffn_training.room_for(inside)
            lesson_panel(
                inside, key="neuron_code", changed=inside.marked_lines, steps=True, room=room
            )


SECTIONS: dict[str, Callable[[], None]] = {
    settings.INSIDE: inside_a_block,
    settings.READ: read_it,
    "Climb the ladder": climb_the_ladder,
    "Dial it": dial_it,
    "Why bend it?": why_bend_it,
    "Feel it": feel_it,
    "Train it": train_it,
    "Ask a neuron": ask_a_neuron,
    settings.MANY: many_machines,
}
"""What each choice of the control ``scale`` shows."""
