"""A curve with a run and its rise, the line through both ends, and the tangent."""

from __future__ import annotations

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from groundup.autograd.rise import Rise
from groundup.engine.snapshot import number
from groundup.figures.autograd import slopes as figures
from groundup.figures.theme import Palette


def rise_over_run(rise: Rise, colours: Palette) -> go.Figure:
    """Two panels that share w: f with run, rise and tangent; and rise over run everywhere."""
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.06, row_heights=[2, 1])
    above = [figures.line(rise, rise.curve, "f(w)", colours.blue), *_triangle(rise, colours)]
    if not rise.kink:
        above.append(figures.tangent(rise, rise.central, colours))
    if len(rise.trail) > 1:
        above.append(figures.trail(rise, colours))
    above.append(figures.here(rise.at, rise.height, colours))
    for trace in above:
        figure.add_trace(trace, row=1, col=1)
    name = "rise over run"
    figure.add_trace(figures.line(rise, rise.slopes, name, colours.green), row=2, col=1)
    figure.add_trace(figures.here(rise.at, rise.slope, colours), row=2, col=1)
    return figures.framed(figure, rise, (name, "f(w)"), colours)


def in_words(rise: Rise) -> str:
    """The same picture for those who cannot see it."""
    return (
        f"The curve f. From w = {number(rise.at - rise.h)} to {number(rise.at + rise.h)} it rises "
        f"by {number(rise.rise)}, so the slope is {number(rise.slope)}. The walk has "
        f"{len(rise.trail) - 1} steps and ends at w = {number(rise.trail[-1])}."
    )


def _triangle(rise: Rise, colours: Palette) -> list[go.Scatter]:
    """The run, level; the rise, upright; and the line through both ends."""
    left, right = rise.at - rise.h, rise.at + rise.h
    secant = go.Scatter(
        x=[left, right],
        y=[rise.before, rise.after],
        mode="lines+markers",
        name=f"rise over run, {number(rise.slope)}",
        line={"color": colours.green, "width": 3},
        marker={"color": colours.green, "size": 9},
        hovertemplate="w = %{x:.6g}, f = %{y:.6g}<extra></extra>",
    )
    corner = go.Scatter(
        x=[left, right, right],
        y=[rise.before, rise.before, rise.after],
        mode="lines+text",
        name=f"run {number(2 * rise.h)}, rise {number(rise.rise)}",
        line={"color": colours.muted, "width": 2, "dash": "dot"},
        hoverinfo="skip",
    )
    return [corner, secant]
