"""The dials of a model on the page, and the model that they make."""

from __future__ import annotations

from dataclasses import asdict
from itertools import cycle

import streamlit as st

from groundup.engine.lesson import load
from groundup.engine.observe import run
from groundup.scale.architecture import Architecture
from groundup.scale.catalogue import MODELS, published
from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.controls.heard import one_of
from groundup.ui.controls.widgets import control, popover, value, values
from groundup.ui.scale import costs
from groundup.ui.scale.common import is_dark
from groundup.ui.settings.ffn_scale import DIALS
from groundup.ui.state import put, stored


def dial_it() -> None:
    """The dials, what the model they make costs, and torch's own count of it."""
    controls, picture = st.columns([1, 1.25], gap="medium")
    with controls:
        sizes = _dials()
    with picture:
        shown = control("cost")
        if sizes:
            built = load("language_model").set(**sizes.built)
            costs.total_line(sizes)
            rows = costs.cost(shown, sizes, dark=is_dark())
            costs.verdict(sizes, run(built.text).variables["count"])
    if sizes:
        costs.formula_table(rows, "bytes" if "memory" in shown else "count", key="formulas")
        with st.expander("The script that built this model on the meta device"):
            lesson_panel(built, key="dial_code", steps=True)
        with st.expander("The catalogue, and where its numbers come from"):
            costs.catalogue_table()


def _dials() -> Architecture | None:
    """Show the dials; return the architecture they make, or None beside a sentence why not."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _menu()
        _ratio()
    sizes, switches, rest = DIALS[:6], DIALS[6:10], DIALS[10:]
    for row in (sizes[:3], sizes[3:]):
        for column, dial in zip(st.columns(3), row, strict=True):
            with column:
                control(dial.key)
    with st.container(horizontal=True):
        for dial in switches:
            control(dial.key)
    with popover("More dials", key="more_dials", icon=":material/tune:", width="content"):
        for dial in rest[:3]:
            control(dial.key)
        for dial, column in zip(rest[3:], cycle(st.columns(2)), strict=False):
            with column:
                control(dial.key)
    try:
        return Architecture(**values(*(dial.key for dial in DIALS)))
    except ValueError as error:
        st.warning(str(error), icon=":material/straighten:")
        return None


def _menu() -> None:
    chosen = st.menu_button(
        "Load a model",
        [model.name for model in MODELS],
        key="start_from",
        on_click=_take_sizes,
    )
    del chosen


def _take_sizes() -> None:
    """Set every dial to the published model that was picked in the menu."""
    name = one_of(stored("start_from"), [model.name for model in MODELS])
    if name is None:
        return
    sizes = asdict(published(name).architecture)
    put({dial.key: sizes[dial.parameter] for dial in DIALS})


def _ratio() -> None:
    """The second way to give ``intermediate``: as a multiple of ``hidden``."""
    hidden, intermediate = float(value("hidden_size")), float(value("intermediate_size"))
    put({"ratio": min(max(intermediate / hidden, 0.01), 1000.0)})
    st.number_input(
        "intermediate / hidden",
        0.01,
        1000.0,
        step=0.25,
        key="ratio",
        on_change=_take_ratio,
        width=160,
        help="The other way to set the same thing: 4 in GPT-2, 3.5 in Llama 3 8B.",
    )


def _take_ratio() -> None:
    limits = next(dial for dial in DIALS if dial.key == "intermediate_size")
    wanted = round(stored("ratio") * value("hidden_size"))
    put({"intermediate_size": int(min(max(wanted, limits.low), limits.high))})
