"""Pictures of activations, and of what is lost without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from groundup.figures.scale.size import plain
from groundup.figures.theme import Palette, palette

DASHES = ("solid", "dash", "dot")


def curves(
    x: Sequence[float], ys: Mapping[str, Sequence[float]], *, title: str, dark: bool
) -> go.Figure:
    """One line for each name, told apart by dash as well as by colour."""
    colours = palette(dark)
    figure = plain(colours, height=270, margin={"t": 30, "b": 40})
    inks = (colours.blue, colours.orange, colours.green)
    for (name, y), ink, dash in zip(ys.items(), inks, DASHES, strict=False):
        figure.add_scatter(x=x, y=y, name=name, line={"color": ink, "width": 2.5, "dash": dash})
    figure.update_layout(showlegend=True, legend={"x": 0.02, "y": 0.98, "bgcolor": "rgba(0,0,0,0)"})
    return _axes(figure, colours, "x", title)


def two_against_one(
    t: Sequence[float], two: Sequence[float], single_layer: Sequence[float], *, dark: bool
) -> go.Figure:
    """The first output of two layers (line) and of their product (dots), along a walk."""
    colours = palette(dark)
    figure = plain(colours, height=300, margin={"t": 30, "b": 40})
    line = {"color": colours.blue, "width": 3}
    figure.add_scatter(x=t, y=two, name="two layers", line=line)
    marker = {"color": colours.orange, "size": 7, "symbol": "circle-open", "line": {"width": 2}}
    every = slice(None, None, 8)
    figure.add_scatter(
        x=t[every],
        y=single_layer[every],
        name="one layer: their product",
        mode="markers",
        marker=marker,
    )
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
    figure.update_layout(showlegend=True, legend=legend)
    return _axes(figure, colours, "place on a straight walk through the inputs", "first output")


def _axes(figure: go.Figure, colours: Palette, x: str, y: str) -> go.Figure:
    figure.update_xaxes(title=x, gridcolor=colours.grid, zerolinecolor=colours.muted)
    figure.update_yaxes(title=y, gridcolor=colours.grid, zerolinecolor=colours.muted)
    figure.update_layout(dragmode="zoom")
    return figure
