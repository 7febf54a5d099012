"""The state spread out: what each of many devices holds and sends, and what two workers measure."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.figures.scale import spread as pictures
from groundup.scale.architecture import Architecture
from groundup.scale.catalogue import published, too_long
from groundup.scale.many import state
from groundup.scale.memory import ACCELERATORS, Accelerator
from groundup.scale.spread import formulas, held, words
from groundup.scale.spread.links import link_of
from groundup.scale.spread.ways import SPREADS, Step, Way, check
from groundup.ui.components.chart import chart
from groundup.ui.components.lesson_panel import lesson_panel
from groundup.ui.controls.widgets import control, folded, value
from groundup.ui.scale.common import is_dark
from groundup.ui.scale.costs import formula_table
from groundup.ui.scale.many.running import seen_of


def state_spread_out() -> None:
    """Set a model and devices, see what each holds and sends; measure a small one."""
    st.markdown(
        "Copies of one model keep the same numbers many times over. Spread out, each is kept once."
    )
    _asked()
    a, device = published(value("spread_model")).architecture, _device()
    try:
        way, step = _way(), _step()
        _fits_context(a, step)
        check(a, way, step)
    except ValueError as error:
        st.warning(str(error), icon=":material/straighten:")
    else:
        _shown(a, way, step, device)


def _asked() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for key in ("spread_model", "spread_gpu", "spread_devices", "spread_over"):
            control(key)
        with folded(st.popover("How it is cut, and the step", icon=":material/tune:")):
            for left, right in (
                ("spread_tensor", "spread_pipeline"),
                ("spread_format", "spread_optimizer"),
                ("spread_texts", "spread_context"),
            ):
                for column, key in zip(st.columns(2), (left, right), strict=True):
                    with column:
                        control(key)


def _device() -> Accelerator:
    return next(one for one in ACCELERATORS if one.name == value("spread_gpu"))


def _way() -> Way:
    names = {"devices": "devices", "tensor": "tensor", "pipeline": "pipeline", "spread": "over"}
    return Way(**{name: value(f"spread_{key}") for name, key in names.items()})


def _step() -> Step:
    names = {"batch": "texts", "context": "context", "dtype": "format", "optimizer": "optimizer"}
    return Step(**{name: value(f"spread_{key}") for name, key in names.items()})


def _fits_context(a: Architecture, step: Step) -> None:
    if refused := too_long(a, step.context):
        raise ValueError(refused)


def _shown(a: Architecture, way: Way, step: Step, device: Accelerator) -> None:
    picture, said = st.columns([1.5, 1], gap="medium")
    ways = {one: replace(way, spread=one) for one in _possible(way)}
    bars = {name: held.fullest(a, one, step) for name, one in ways.items()}
    with picture:
        chart(
            pictures.bars(bars, way.spread, device, dark=is_dark()),
            key="spread_picture",
            alt=words.picture(bars, device),
        )
    with said:
        st.markdown(words.verdict(a, way, step, device))
        st.markdown(words.sending(a, way, step, link_of(device.name)))
        st.caption(f"{words.layout(way)} {words.waiting(way, step)}")
        made = _measured(way.spread)
    with st.expander("Every model of the catalogue: how many devices, and what each sends"):
        _catalogue(way, step, device)
    with st.expander("Formulas, with the numbers in"):
        rows = formulas.held_formulas(a, way, step) + formulas.sent_formulas(a, way, step)
        formula_table(rows, "bytes", key="spread_formulas")
        st.caption(words.assumed())
    _script(made)


def _possible(way: Way) -> tuple[str, ...]:
    """With stages only the optimizer can be spread."""
    return SPREADS if way.pipeline == 1 else SPREADS[:2]


def _catalogue(way: Way, step: Step, device: Accelerator) -> None:
    st.caption(words.catalogue_said(way, step, device))
    st.dataframe(
        words.catalogue(way, step, device),
        hide_index=True,
        key="spread_catalogue",
        alt="Devices for each published model, and what each sends",
    )
    st.dataframe(
        words.links(), hide_index=True, key="spread_links", alt="Links of devices, with sources"
    )
    st.caption(words.network())


def _measured(spread: str) -> Lesson:
    """A small model spread like this, on two workers of this server; its script."""
    by_torch = spread == "weights" and control("spread_by_torch")
    measured = state.FULLY_SHARD if by_torch else spread
    made = state.planned(measured)
    seen = seen_of("state", state.job(made), "Measure a small model on 2 workers")
    if seen and seen.text == made.text:
        st.table(state.rows(seen, made, measured), hide_index=True)
        st.caption(state.words(seen, made))
    return made


def _script(made: Lesson) -> None:
    with st.expander("The script that every worker runs"):
        lesson_panel(made, key="spread_code", steps=made.name == "state_spread")
