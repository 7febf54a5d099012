"""nn.Module: the hand-written loop in professional tools, and then beyond a straight line."""

import streamlit as st

from groundup.engine import lesson
from groundup.ui.controls.widgets import control, values
from groundup.ui.modules import line_by_line, mistakes, model_contents, network_builder
from groundup.ui.optimizers import panel, race_settings
from groundup.ui.settings.nn_module import (
    BEYOND,
    HOLDS,
    INSIDE,
    LINE,
    LINES,
    MISTAKES,
    OPTIMIZERS,
    PROOF,
)

st.title("Where did my five steps go?")
topic = control("topic")

if topic == LINES:
    line_by_line.hear_clicks()
    part = control("piece")
    said, how = st.columns([4.2, 1], vertical_alignment="bottom")
    with said:
        line_by_line.moved(part)
    with how:
        control("optimizer")
    chosen = values("optimizer", "device", "seed")
    line_by_line.side_by_side(
        lesson.load("training_loop").set(**chosen), lesson.load("nn_module").set(**chosen), part
    )

if topic == PROOF:
    rate, passes, how, more, go = st.columns([2.2, 1, 1.2, 1.2, 0.8], vertical_alignment="bottom")
    with rate:
        control("lr")
    with passes:
        control("epochs")
    with how:
        control("optimizer")
    with more, st.popover("Data and start", width="stretch"):
        for key in LINE:
            control(key)
    pressed = go.button("Run both", type="primary", key="run_both", width="stretch")
    line_by_line.proof(values("lr", "epochs", "optimizer", *LINE, "device", "seed"), pressed)

if topic == HOLDS:
    *columns, go = st.columns([1.2, 1, 1, 1.3, 1.1, 0.8], vertical_alignment="bottom")
    for column, one in zip(columns, INSIDE, strict=True):
        with column:
            control(one.key)
    pressed = go.button("Train", type="primary", key="train_held", shortcut="T", width="stretch")
    chosen = values(*(one.key for one in INSIDE), "device", "seed")
    model_contents.stage(lesson.load("inside_a_model").set(**chosen), pressed)

if topic == OPTIMIZERS:
    ready, who, ground, pace, by = st.columns([1.3, 1, 1, 1.6, 1.4], vertical_alignment="bottom")
    with ready:
        race_settings.preset_menu()
    with ground:
        control("landscape", on_change=race_settings.landscape_changed)
    with who, st.popover("Racers", width="stretch", icon=":material/sprint:"):
        race_settings.settings()
    with pace:
        race_settings.pace()
    with by:
        control("race_by")
    panel.stage(race_settings.plan_of_controls())

if topic == BEYOND:
    ready, data, layers, training, go = st.columns(5)
    with ready:
        network_builder.preset_buttons()
    with data, st.popover("Data", width="stretch", icon=":material/scatter_plot:"):
        control("examples")
        control("samples")
        control("spread")
        control("held_out")
    with layers, st.popover("Layers", width="stretch", icon=":material/layers:"):
        control("hidden_layers")
        control("units")
        control("act")
        control("initial_weights")
        control("initial_biases")
        control("dropout")
    with training, st.popover("Training", width="stretch", icon=":material/tune:"):
        control("objective")
        control("net_optimizer")
        control("net_lr")
        control("net_epochs")
        control("minibatch")
        control("decay")
    pressed = go.button("Train", type="primary", key="train_net", shortcut="T", width="stretch")
    network_builder.stage(network_builder.lesson_of_controls(), pressed)

if topic == MISTAKES:
    mistakes.stage(control("slip"))
