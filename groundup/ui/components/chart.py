"""A plotly figure on the page; to a room, in letters that are read from its last row."""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from groundup.figures.in_words import in_words
from groundup.figures.lettering import least_height, lettered
from groundup.ui.controls.widgets import value

ROOM, PAGE = 18, 12
"""The height of letters in pixels in Present, as in its other pictures (`view.css`), and else."""


def chart(
    figure: Any,
    *,
    key: str,
    alt: str = "",
    title: str = "",
    place: DeltaGenerator | None = None,
    theme: Literal["streamlit"] | None = "streamlit",
) -> None:
    """Draw ``figure``. Who does not see it is told ``alt``, or ``title`` and the figure's numbers.

    Plotly's bar of buttons would cover a legend.
    """
    presents = value("present") == "on"
    if rows := least_height(figure, ROOM if presents else PAGE):
        _scrolls(key, rows)
    shown = lettered(figure, ROOM) if presents else figure
    draw = (place or st).plotly_chart
    told = alt or in_words(figure, title)
    draw(shown, key=key, alt=told, theme=theme, config={"displayModeBar": False})


def _scrolls(key: str, height: int) -> None:
    """Where the window is lower than ``height``, the figure keeps it, and its box scrolls."""
    st.html(
        f"<style>.stApp .st-key-{key} {{ overflow-y: auto; }}"
        f".stApp .st-key-{key} .stPlotlyChart {{ min-height: {height}px; }}</style>"
    )
