"""A curve with its tangent and the walk downhill; beneath it, its slope everywhere."""

from __future__ import annotations

import math

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from groundup.autograd.slopes import Slope
from groundup.engine.snapshot import number
from groundup.figures.theme import Palette

HEIGHT = 385


def curve_and_slope(found: Slope, colours: Palette) -> go.Figure:
    """Two panels that share w: f with its tangent, and f′."""
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.06, row_heights=[2, 1])
    figure.add_trace(_line(found, found.curve, "f(w)", colours.blue), row=1, col=1)
    figure.add_trace(_line(found, found.slopes, "f′(w)", colours.green), row=2, col=1)
    figure.add_trace(_tangent(found, colours), row=1, col=1)
    if len(found.trail) > 1:
        figure.add_trace(_trail(found, colours), row=1, col=1)
    for row, height in ((1, found.height), (2, found.slope)):
        figure.add_trace(_here(found.at, height, colours), row=row, col=1)
    for row, title in ((1, "f(w)"), (2, "slope f′(w)")):
        figure.update_yaxes(title=title, row=row, col=1)
    low, high = found.ws[0], found.ws[-1]
    figure.update_xaxes(range=[low, high])
    figure.update_xaxes(title="w", row=2, col=1)
    figure.update_yaxes(range=_span(found.curve), row=1, col=1)
    return finished(figure, colours, HEIGHT)


def in_words(found: Slope) -> str:
    """The same picture for those who cannot see it."""
    return (
        f"The curve f and its slope. At w = {number(found.at)}, f is {number(found.height)} and "
        f"the slope is {number(found.slope)}. The walk has {len(found.trail) - 1} steps and ends "
        f"at w = {number(found.trail[-1])}."
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


def _line(found: Slope, values: tuple[float, ...], name: str, colour: str) -> go.Scatter:
    shown = [value if math.isfinite(value) else None for value in values]
    hover = f"w = %{{x:.4g}}<br>{name} = %{{y:.4g}}<extra></extra>"
    line = {"color": colour, "width": 3, "simplify": False}
    return go.Scatter(x=found.ws, y=shown, mode="lines", name=name, line=line, hovertemplate=hover)


def _tangent(found: Slope, colours: Palette) -> go.Scatter:
    """The line with autograd's slope through the place, a quarter of the plot to either side."""
    reach = (found.ws[-1] - found.ws[0]) / 4
    ends = [found.at - reach, found.at + reach]
    return go.Scatter(
        x=ends,
        y=[found.height + found.slope * (end - found.at) for end in ends],
        mode="lines",
        name=f"tangent, slope {number(found.slope)}",
        line={"color": colours.orange, "width": 3, "dash": "dash"},
        hoverinfo="skip",
    )


def _trail(found: Slope, colours: Palette) -> go.Scatter:
    return go.Scatter(
        x=found.trail,
        y=found.heights,
        mode="lines+markers",
        name="steps downhill",
        line={"color": colours.pink, "width": 1.5},
        marker={"color": colours.pink, "size": 8, "symbol": "diamond"},
        text=[f"step {step}" for step in range(len(found.trail))],
        hovertemplate="%{text}: w = %{x:.6g}, f = %{y:.6g}<extra></extra>",
    )


def _here(at: float, height: float, colours: Palette) -> go.Scatter:
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
