"""The sections of the nn.Module page; the optimizers' race is a topic of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from groundup.engine.lesson import load
from groundup.modules.three_lines import BOTH, NOTHING, folded_loop
from groundup.ui.controls.link import open_former
from groundup.ui.controls.widgets import control, popover, value, values
from groundup.ui.modules import (
    data_loader,
    line_by_line,
    mistakes,
    model_contents,
    network_builder,
    three_lines,
)
from groundup.ui.settings import nn_module as settings


def open_linked() -> None:
    """A link that was sent when the page began with the two programs side by side opens them."""
    open_former("topic", settings.LINES, ("piece", "optimizer"), line_by_line.PANELS)


def the_three_lines() -> None:
    """The hand-written loop, folded into an optimizer's calls by a press at a time."""
    fold, order, given, go = st.columns([2.6, 1.6, 1, 0.8], vertical_alignment="bottom")
    with fold:
        whole = control("fold") == BOTH
    if whole:
        with order:
            control("line_order")
        with given:
            control("optimized")
    pressed = go.button("Train both", type="primary", key="train_both", width="stretch")
    by_hand = folded_loop(NOTHING, seed=value("seed"))
    three_lines.side_by_side(
        by_hand,
        folded_loop(*map(value, ("fold", "line_order", "optimized", "seed"))),
        pressed,
    )


def side_by_side() -> None:
    """The two programs, and where each line of one went in the other."""
    line_by_line.hear_clicks()
    part = control("piece")
    said, how = st.columns([4.2, 1], vertical_alignment="bottom")
    with said:
        line_by_line.moved(part)
    with how:
        control("optimizer")
    chosen = values("optimizer", "device", "seed")
    line_by_line.side_by_side(
        load("training_loop").set(**chosen), load("nn_module").set(**chosen), part
    )


def the_proof() -> None:
    """Both programs run from one start, and how far apart they ever were."""
    rate, passes, how, more, go = st.columns([2.2, 1, 1.2, 1.2, 0.8], vertical_alignment="bottom")
    for column, key in ((rate, "lr"), (passes, "epochs"), (how, "optimizer")):
        with column:
            control(key)
    with more, popover("Data and start", key="proof_data"):
        _controls(settings.LINE)
    pressed = go.button("Run both", type="primary", key="run_both", width="stretch")
    chosen = values("lr", "epochs", "optimizer", *settings.LINE, "device", "seed")
    line_by_line.proof(chosen, pressed)


def what_it_holds() -> None:
    """A model's parameters, tree, outputs, modes and file."""
    *columns, go = st.columns([1.2, 1, 1, 1.3, 1.1, 0.8], vertical_alignment="bottom")
    for column, dial in zip(columns, settings.INSIDE, strict=True):
        with column:
            control(dial.key)
    pressed = go.button("Train", type="primary", key="train_held", shortcut="T", width="stretch")
    chosen = values(*(dial.key for dial in settings.INSIDE), "device", "seed")
    model_contents.render_model(load("inside_a_model").set(**chosen), pressed)


def batches() -> None:
    """The clean loop with a DataLoader, and which examples each of its batches held."""
    columns = st.columns([2, 1, 1, 1], vertical_alignment="bottom")
    for column, dial in zip(columns, settings.LOADER, strict=False):
        with column:
            control(dial.key)
    chosen = values(*(dial.key for dial in settings.LOADER), "seed")
    data_loader.dealt_out(load("data_loader").set(**chosen))


def beyond_a_line() -> None:
    """A network built from its controls, trained in front of the learner."""
    ready, *places, go = st.columns(5)
    with ready:
        network_builder.preset_buttons()
    for place, (title, (icon, keys)) in zip(places, _NETWORK.items(), strict=True):
        with place, popover(title, key=f"menu_of_{icon}", icon=f":material/{icon}:"):
            _controls(keys)
    pressed = go.button("Train", type="primary", key="train_net", shortcut="T", width="stretch")
    network_builder.render_builder(network_builder.lesson_of_controls(), pressed)


_NETWORK: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Data": ("scatter_plot", ("examples", "samples", "spread", "held_out")),
    "Layers": (
        "layers",
        ("hidden_layers", "units", "act", "initial_weights", "initial_biases", "dropout"),
    ),
    "Training": (
        "tune",
        ("objective", "net_optimizer", "net_lr", "net_epochs", "minibatch", "decay"),
    ),
}
"""The network's controls behind their buttons: each button's icon and what it opens."""


def _controls(keys: Iterable[str]) -> None:
    for key in keys:
        control(key)


def with_modules() -> None:
    """A mistake with modules or optimizers, beside its fix."""
    mistakes.render_mistake(control("slip"))


SECTIONS: dict[str, Callable[[], None]] = {
    settings.THREE: the_three_lines,
    settings.LINES: side_by_side,
    settings.PROOF: the_proof,
    settings.HOLDS: what_it_holds,
    settings.BATCHES: batches,
    settings.BEYOND: beyond_a_line,
    settings.MISTAKES: with_modules,
}
"""What each choice of the control ``topic`` shows, but for the optimizers."""
