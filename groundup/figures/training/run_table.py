"""Kept runs on one pair of axes, and the sweep: final loss against learning rate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from groundup.engine.snapshot import number
from groundup.figures.theme import Palette
from groundup.training.run_table import Pinned, Sweep

_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")


def curves(runs: Sequence[Pinned], log: bool, colours: Palette) -> go.Figure:
    """The loss of each shown run; they differ in dash as well as in colour."""
    shown = [run for run in runs if run.shown]
    figure = go.Figure([_curve(run, colours) for run in shown])
    losses = [value for run in shown for value in run.loss]
    axis = {"title": "loss", "exponentformat": "power"} | (_decades(losses) if log else {})
    return figure.update_layout(**_layout(colours, {"title": "epoch"}, axis))


def _curve(run: Pinned, colours: Palette) -> go.Scatter:
    hues = (colours.orange, colours.blue, colours.green, colours.pink, colours.yellow, colours.text)
    line = {"color": hues[run.number % len(hues)], "dash": _DASHES[run.number % len(_DASHES)]}
    return go.Scatter(
        y=[_drawn(v) for v in run.loss],
        name=run.name,
        mode="lines",
        line={**line, "width": 2},
        hovertemplate="epoch %{x}<br>loss %{y:.4g}",
    )


def _drawn(value: float) -> float | None:
    """Plotly leaves a gap where it gets None; JSON has no NaN, and 1e30 would flatten the rest."""
    return value if math.isfinite(value) else None


def swept(sweep: Sweep, limit: float | None, rate: float, colours: Palette) -> go.Figure:
    """Final loss against learning rate; those that left the numbers behind stand at the top.

    ``limit`` is 2/λmax where it says anything of these runs.
    """
    heights, lost = _heights(sweep.losses)
    figure = go.Figure(_final_losses(sweep, heights, lost, colours))
    marks = [(rate, "now", "dot")]
    if limit is not None:
        marks.append((limit, f"2/λmax = {number(limit)}", "dash"))
    for place, text, dash in marks:
        figure.add_vline(x=place, line={"color": colours.text, "dash": dash, "width": 1.5})
        figure.add_annotation(
            x=math.log10(place), y=1, yref="paper", yanchor="bottom", text=text, showarrow=False
        )
    across = {"title": "learning rate (✕: the loss left the picture)", "type": "log"}
    up = {"title": "final loss", "exponentformat": "power"} | _decades(heights)
    return figure.update_layout(**_layout(colours, across, up))


def _heights(losses: Sequence[float]) -> tuple[list[float], list[bool]]:
    """Where each loss is drawn, and whether it lies beyond the top of the picture."""
    finite = [v for v in losses if math.isfinite(v) and v > 0]
    top = min(max(finite, default=1.0), 1e6 * min(finite, default=1.0)) * 3
    heights = [min(v, top) if math.isfinite(v) else top for v in losses]
    return heights, [not math.isfinite(v) or v > top for v in losses]


def _final_losses(
    sweep: Sweep, heights: Sequence[float], lost: Sequence[bool], colours: Palette
) -> go.Scatter:
    return go.Scatter(
        x=sweep.rates,
        y=heights,
        mode="lines+markers",
        line={"color": colours.blue, "width": 2},
        marker={"symbol": ["x" if gone else "circle" for gone in lost], "size": 8},
        customdata=[number(v) for v in sweep.losses],
        hovertemplate="learning rate %{x:.4g}<br>final loss %{customdata}<extra></extra>",
        name="final loss",
    )


def _decades(values: Sequence[float]) -> dict[str, Any]:
    """A logarithmic axis whose ticks are about five whole powers of ten."""
    drawn = [math.log10(v) for v in values if math.isfinite(v) and v > 0]
    span = max(drawn) - min(drawn) if drawn else 1.0
    return {"type": "log", "dtick": max(1, math.ceil(span / 5))}


def _layout(colours: Palette, across: dict[str, Any], up: dict[str, Any]) -> dict[str, Any]:
    axis = {"gridcolor": colours.grid, "zeroline": False}
    return {
        "height": 240,
        "margin": {"l": 8, "r": 8, "t": 24, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": colours.text},
        "hovermode": "x unified" if across["title"] == "epoch" else "closest",
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom"},
        "showlegend": across["title"] == "epoch",
        "xaxis": axis | across,
        "yaxis": axis | up,
    }
