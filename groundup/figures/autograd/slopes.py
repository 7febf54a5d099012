"""A curve with its tangent and the walk downhill; beneath it, its slope everywhere."""

from __future__ import annotations

import math

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from groundup.autograd.slopes import Slope
from groundup.engine.snapshot import number
from groundup.figures.theme import Palette

HEIGHT = 385


def curve_and_slope(slope: Slope, colours: Palette) -> go.Figure:
    """Two panels that share w: f with its tangent, and f′."""
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.06, row_heights=[2, 1])
    figure.add_trace(line(slope, slope.curve, "f(w)", colours.blue), row=1, col=1)
    figure.add_trace(line(slope, slope.slopes, "f′(w)", colours.green), row=2, col=1)
    figure.add_trace(tangent(slope, slope.slope, colours), row=1, col=1)
    if len(slope.trail) > 1:
        figure.add_trace(trail(slope, colours), row=1, col=1)
    for row, height in ((1, slope.height), (2, slope.slope)):
        figure.add_trace(here(slope.at, height, colours), row=row, col=1)
    return framed(figure, slope, ("slope f′(w)", "f(w)"), colours)


def framed(figure: go.Figure, slope: Slope, names: tuple[str, str], colours: Palette) -> go.Figure:
    """``figure`` with axes: ``names`` are those of the lower and of the upper panel."""
    for row, title in zip((2, 1), names, strict=True):
        figure.update_yaxes(title=title, row=row, col=1)
    low, high = slope.ws[0], slope.ws[-1]
    figure.update_xaxes(range=[low, high])
    figure.update_xaxes(title="w", row=2, col=1)
    figure.update_yaxes(range=_span(slope.curve), row=1, col=1)
    return finished(figure, colours, HEIGHT)


def in_words(slope: Slope) -> str:
    """The same picture for those who cannot see it."""
    return (
        f"The curve f and its slope. At w = {number(slope.at)}, f is {number(slope.height)} and "
        f"the slope is {number(slope.slope)}. The walk has {len(slope.trail) - 1} steps and ends "
        f"at w = {number(slope.trail[-1])}."
    )


def finished(figure: go.Figure, colours: Palette, height: int) -> go.Figure:
    """``figure`` in the palette's colours."""
    figure.update_layout(
        height=height,
        margin={"l": 10, "r": 10, "t": 30, "b": 10},
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colours.text},
    )
    figure.update_xaxes(gridcolor=colours.grid, zerolinecolor=colours.muted)
    figure.update_yaxes(gridcolor=colours.grid, zerolinecolor=colours.muted)
    return figure


def line(slope: Slope, values: tuple[float, ...], name: str, colour: str) -> go.Scatter:
    """``values`` across the plot, with gaps where they are not finite."""
    shown = [value if math.isfinite(value) else None for value in values]
    hover = f"w = %{{x:.4g}}<br>{name} = %{{y:.4g}}<extra></extra>"
    line = {"color": colour, "width": 3, "simplify": False}
    return go.Scatter(x=slope.ws, y=shown, mode="lines", name=name, line=line, hovertemplate=hover)


def tangent(slope: Slope, steepness: float, colours: Palette) -> go.Scatter:
    """The line through the place that is so steep, a quarter of the plot to either side."""
    reach = (slope.ws[-1] - slope.ws[0]) / 4
    ends = [slope.at - reach, slope.at + reach]
    return go.Scatter(
        x=ends,
        y=[slope.height + steepness * (end - slope.at) for end in ends],
        mode="lines",
        name=f"tangent, slope {number(steepness)}",
        line={"color": colours.orange, "width": 3, "dash": "dash"},
        hoverinfo="skip",
    )


def trail(slope: Slope, colours: Palette) -> go.Scatter:
    """The steps downhill, on the curve."""
    return go.Scatter(
        x=slope.trail,
        y=slope.heights,
        mode="lines+markers",
        name="steps downhill",
        line={"color": colours.pink, "width": 1.5},
        marker={"color": colours.pink, "size": 8, "symbol": "diamond"},
        text=[f"step {step}" for step in range(len(slope.trail))],
        hovertemplate="%{text}: w = %{x:.6g}, f = %{y:.6g}<extra></extra>",
    )


def here(at: float, height: float, colours: Palette) -> go.Scatter:
    """The place where w stands."""
    marker = {"color": colours.orange, "size": 13, "line": {"color": colours.ground, "width": 2}}
    return go.Scatter(
        x=[at], y=[height], mode="markers", marker=marker, showlegend=False, hoverinfo="skip"
    )


def _span(values: tuple[float, ...]) -> list[float]:
    """The curve's own range with a margin: a tangent or a far step must not shrink the curve."""
    finite = [value for value in values if math.isfinite(value)]
    low, high = min(finite), max(finite)
    margin = 0.12 * (high - low) or 1.0
    return [low - margin, high + margin]
