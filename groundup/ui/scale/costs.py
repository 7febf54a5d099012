"""What a model on the page costs: pictures and tables of formulas, and who published it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from groundup.engine.words import bytes_in_words, count_in_words
from groundup.figures.scale import cost as pictures
from groundup.scale import architecture, formulas, memory
from groundup.scale.architecture import Architecture
from groundup.scale.catalogue import MODELS, same_as, too_long
from groundup.scale.formulas import Formula
from groundup.ui.components.chart import chart
from groundup.ui.controls.widgets import control


def total_line(a: Architecture) -> None:
    """The total, how much of it is feed-forward, and of experts how much a token meets."""
    parts = architecture.parameters(a)
    share = architecture.share(parts)["feed-forward"]
    st.markdown(
        f"## {count_in_words(architecture.total(a))} parameters, {share:.3g} % of them feed-forward"
    )
    if a.experts:
        st.markdown(
            f"Each token meets **{count_in_words(architecture.active(a))}** of them: "
            f"{a.experts_per_token} of {a.experts} experts in each layer."
        )


def verdict(a: Architecture, counted: int) -> None:
    """Whether torch counts what the formulas say, and whether the catalogue has this model."""
    total = architecture.total(a)
    agrees = "the same" if counted == total else f"{counted:,}, which is not the same"
    known = same_as(a)
    who = (
        f"are those of {known.name} ({known.source})"
        if known
        else "are no model's of the catalogue"
    )
    st.caption(
        f"{total:,} by the formulas under *parameters*; torch built the model on `meta` and "
        f"counts {agrees}. These sizes {who}."
    )


def cost(shown: str, a: Architecture, *, dark: bool) -> list[Formula]:
    """Draw the chosen cost of ``a`` and return its formulas; empty beside a sentence why not."""
    if shown == "parameters":
        _chart(pictures.treemap(architecture.parameters(a), dark=dark), "Parameters by part")
        return formulas.parameter_formulas(a)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        context = control("context")
        batch = control("texts") if shown != "FLOPs" else 1
    if refused := too_long(a, context):
        st.warning(refused, icon=":material/straighten:")
        return []
    if shown == "FLOPs":
        ways = architecture.forward_flops(a, context), architecture.backward_flops(a, context)
        forward, backward = (count_in_words(sum(way.values())) for way in ways)
        st.markdown(
            f"One token takes **{forward} FLOPs** forward and **{backward}** backward, all of "
            "them in matrix products."
        )
        _chart(pictures.flops(*ways, dark=dark), "FLOPs of one token, by part")
        return formulas.flop_formulas(a, context)
    dtype = control("format")
    try:
        byte_counts = _byte_counts(shown, a, batch, context, dtype)
    except ValueError as error:
        st.warning(str(error), icon=":material/memory:")
        return []
    needs = bytes_in_words(sum(byte_counts.values()))
    trains = shown == "memory to train"
    left_out = memory.not_counted(dtype, training=trains)
    takes = "A step that keeps its gradients holds about" if trains else "It takes at least"
    st.markdown(f"{takes} **{needs}**. Not counted: {left_out}.")
    alt = f"{needs} against the memory of well-known devices"
    _chart(pictures.memory(byte_counts, memory.ACCELERATORS, dark=dark), alt)
    if shown == "memory to run":
        return formulas.inference_formulas(a, batch, context, dtype)
    return formulas.training_formulas(a, batch, context, dtype)


def _byte_counts(
    shown: str, a: Architecture, batch: int, context: int, dtype: str
) -> dict[str, int]:
    if shown == "memory to train":
        return memory.training_bytes(a, batch, context, dtype)
    return memory.inference_bytes(a, batch, context, dtype)


def _chart(figure: Any, alt: str) -> None:
    chart(figure, key="cost_picture", title=alt)


def formula_table(rows: Sequence[Formula], unit: str, *, key: str) -> None:
    """Each formula, its numbers in, and what comes out: ``unit`` is ``bytes`` or a plain count."""
    words = bytes_in_words if unit == "bytes" else count_in_words
    st.dataframe(
        [
            {
                "": row.name,
                unit: f"{row.value:,}",
                "about": words(row.value),
                "formula": row.rule,
                "with the numbers in": row.numbers,
                "from": row.source,
            }
            for row in rows
        ],
        hide_index=True,
        key=key,
        alt=f"Formulas with their numbers, in {unit}",
        column_config={unit: st.column_config.TextColumn(alignment="right")},
    )


def catalogue_table() -> None:
    """Every published model: what the formulas give, what its class has, and its source."""
    st.caption(
        "The sizes come from each publisher's own configuration. The totals follow from them: "
        "the transformers library's class, built with it, has as many parameters."
    )
    st.dataframe(
        [
            {
                "model": model.name,
                "year": str(model.year),
                "by its configuration": f"{model.total:,}",
                "by the formulas": f"{architecture.total(model.architecture):,}",
                "numbers from": model.source,
            }
            for model in MODELS
        ],
        hide_index=True,
        key="catalogue",
        alt="Published models, their parameters and sources",
    )
