"""Pieces of the FFN-scale page that are words: tables of code, and sentences with numbers in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from groundup.engine.lesson import Lesson, changed_lines
from groundup.engine.snapshot import number
from groundup.scale import ladder
from groundup.scale.counterparts import Match


def is_dark() -> bool:
    """Does the reader's page have a dark ground?"""
    return bool(st.context.theme.type == "dark")


# Read it


def changed_from(option: str, shown: Lesson) -> list[int]:
    """Lines of ``shown`` that differ from the same lesson with ``block`` at ``option``."""
    return changed_lines(shown.set(block=option).text, shown.text)


def match_rows(rows: Sequence[Match]) -> list[dict[str, str]]:
    """The comparison as a table whose cells are code."""
    return [
        {"toy": _code(row.left), "this block": _code(row.right), "the brick": row.brick}
        for row in rows
    ]


def _code(line: str) -> str:
    return f"`{line}`" if line else "—"


def honest_sentence() -> str:
    """What the article leaves out of the block that Llama 3 has, in torch's own counts."""
    article, llama = ladder.both_blocks()
    return (
        f"The article simplifies. Its block has two matrices, biases and GELU: {article:,} "
        f"parameters. The block inside Llama 3 8B has three matrices and no biases: {llama:,}. "
        "The third one, `gate`, goes through SiLU and then multiplies what `up` says, number by "
        "number. Switch the model above to see both."
    )


# Why bend it?

AXES = {"curves": "activation(x)", "slopes": "slope at x"}


def collapse_sentence(difference: float, rounding: float, bend: str) -> str:
    """What the lesson found: one layer does the work of two, or it does not."""
    found = f"The largest difference is **{number(difference)}**; rounding at this size is "
    found += f"{number(rounding)}. "
    if bend == "nothing":
        return found + (
            "So the difference *is* rounding: the dots lie on the line, and two layers with "
            "nothing in between are one layer that took more parameters. However many you stack, "
            "you get a straight line."
        )
    return found + (
        f"{bend} bends the line where a neuron switches on, and no single matrix can do that. "
        "That is all an activation is for."
    )


# The ladder


def zoom_buttons() -> None:
    """Go one rung down or up the ladder."""
    names = [rung.name for rung in ladder.rungs()]
    at = names.index(st.session_state["fills"])
    for label, icon, to in (("Zoom in", "zoom_in", at - 1), ("Zoom out", "zoom_out", at + 1)):
        st.button(
            label,
            key=icon,
            icon=f":material/{icon}:",
            disabled=not 0 <= to < len(names),
            on_click=_fill,
            args=(names[to % len(names)],),
        )


def _fill(name: str) -> None:
    st.session_state["fills"] = name
