"""The letters of a plotly figure, all in one size."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go


def lettered(figure: go.Figure, size: int) -> go.Figure:
    """``figure`` with letters of ``size`` pixels, and the room beside its axes that they need.

    Larger letters by a style sheet alone would stand where the small ones had their places.
    """
    font = {"size": size}
    axis = {"tickfont": font, "title": {"font": font}, "automargin": True}
    figure.update_layout(font=font, legend={"font": font}, hoverlabel={"font": font})
    figure.update_xaxes(axis)
    figure.update_yaxes(axis)
    figure.update_annotations(font=font)
    figure.update_traces(textfont=font, selector=lambda trace: "textfont" in trace)
    return figure


def least_height(figure: go.Figure, size: int) -> int:
    """How high ``figure`` must be for its rows of names not to overlap; 0 if it has none."""
    named = (one for trace in figure.data for one in _across(trace) if isinstance(one, str))
    rows = len(set(named))
    # Above and below the rows there are a legend, numbers and the name of an axis.
    return round(size * (1.1 * rows + 6)) if rows else 0


def _across(trace: Any) -> Iterable[object]:
    return () if "y" not in trace or trace.y is None else trace.y
