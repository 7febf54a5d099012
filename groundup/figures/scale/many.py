"""Pictures of what workers did: how much quicker they were, and a training that lost one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from groundup.figures.scale.size import plain
from groundup.figures.theme import palette
from groundup.scale.many.break_even import Timed, break_even
from groundup.scale.many.resuming import Resumed

_LEGEND = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
_SYMBOLS = ("circle", "diamond", "square")


def gains(groups: Mapping[int, Sequence[Timed]], most: int, *, dark: bool) -> go.Figure:
    """How many times as quick workers are against the batch: points, and lines beyond them.

    More than ``most`` times, dotted, they cannot be.
    """
    colours = palette(dark)
    figure = plain(colours, height=340, margin={"t": 56, "b": 44})
    shades = (colours.blue, colours.orange, colours.green)
    for (width, points), shade, symbol in zip(
        sorted(groups.items()), shades, _SYMBOLS, strict=False
    ):
        figure.add_trace(_measured(width, points, {"color": shade, "size": 9, "symbol": symbol}))
        figure.add_trace(_extrapolated(width, points, shade))
    figure.add_hline(y=1, line={"color": colours.text, "width": 1.5})
    figure.add_hline(y=most, line={"color": colours.muted, "width": 1, "dash": "dot"})
    figure.update_layout(showlegend=True, legend=_LEGEND)
    figure.update_xaxes(type="log", title="examples in the whole batch", gridcolor=colours.grid)
    figure.update_yaxes(title="times as quick as one", gridcolor=colours.grid, rangemode="tozero")
    return figure


def _measured(width: int, points: Sequence[Timed], look: Mapping[str, Any]) -> go.Scatter:
    return go.Scatter(
        x=[p.batch for p in points],
        y=[p.gain for p in points],
        name=f"{width} wide, measured",
        mode="lines+markers",
        line={"color": look["color"], "width": 1.5},
        marker=look,
    )


def _extrapolated(width: int, points: Sequence[Timed], shade: str) -> go.Scatter:
    beyond = break_even(points).gains
    return go.Scatter(
        x=[batch for batch, _ in beyond],
        y=[gain for _, gain in beyond],
        name=f"{width} wide, extrapolated",
        mode="lines",
        line={"color": shade, "width": 1.5, "dash": "dash"},
    )


def losses(seen: Resumed, *, dark: bool) -> go.Figure:
    """The loss after each step: until the worker died, from the checkpoint on, and undisturbed."""
    colours = palette(dark)
    figure = plain(colours, height=340, margin={"t": 56, "b": 44})
    for name, steps, shade, dash, width in (
        ("undisturbed", seen.undisturbed, colours.muted, "solid", 6),
        ("until the worker died", seen.killed, colours.blue, "solid", 2.5),
        ("from the checkpoint on", seen.resumed, colours.orange, "dash", 2.5),
    ):
        figure.add_trace(
            go.Scatter(
                x=[s["steps"] for s in steps],
                y=[s["whole"] for s in steps],
                name=name,
                mode="lines",
                line={"color": shade, "dash": dash, "width": width},
            )
        )
    for at, name, side in ((seen.saved, "checkpoint", "left"), (seen.reached, "killed", "right")):
        figure.add_vline(
            x=at,
            line={"color": colours.text, "width": 1, "dash": "dot"},
            annotation_text=name,
            annotation_position=f"top {side}",
            annotation_font={"color": colours.text, "size": 14},
        )
    figure.update_layout(showlegend=True, legend=_LEGEND)
    figure.update_xaxes(title="steps", gridcolor=colours.grid)
    figure.update_yaxes(title="loss of the whole batch", gridcolor=colours.grid, rangemode="tozero")
    return figure
