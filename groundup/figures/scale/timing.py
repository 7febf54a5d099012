"""Pictures of what was measured here: time against width, and speed against width."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from groundup.engine.words import time_in_words
from groundup.figures.scale.size import plain
from groundup.figures.theme import Palette, palette
from groundup.scale.growth import Fit
from groundup.scale.measure import Point


def times(
    measured: Mapping[int, Sequence[Point]], fits: Mapping[int, Fit], *, dark: bool
) -> go.Figure:
    """Seconds against width on two log axes, for each number of tokens; fits are dashed."""
    colours = palette(dark)
    figure = plain(colours, height=330, margin={"t": 36, "b": 40})
    for (tokens, points), look, side in zip(
        measured.items(), _looks(dark), ("top", "bottom"), strict=False
    ):
        figure.add_trace(_seconds(tokens, points, look))
        if fit := fits.get(tokens):
            figure.add_trace(_fitted(fit, look["color"]))
            if fit.widths[-1] > fit.reach:
                figure.add_annotation(_extrapolated(fit, side, colours))
    figure.update_layout(showlegend=True, legend=_LEGEND)
    _width_axis(figure, colours.grid)
    _seconds_axis(figure, colours.grid)
    return figure


def _seconds(tokens: int, points: Sequence[Point], look: Mapping[str, object]) -> go.Scatter:
    return go.Scatter(
        x=[p.width for p in points],
        y=[p.seconds for p in points],
        name=_tokens(tokens),
        mode="markers",
        marker=look,
        text=[f"{p.width} → {p.intermediate}: {time_in_words(p.seconds)}" for p in points],
        hoverinfo="text",
    )


def _fitted(fit: Fit, colour: object) -> go.Scatter:
    return go.Scatter(
        x=fit.widths,
        y=fit.seconds,
        name=f"fit: time ~ width^{fit.slope:.2f}",
        mode="lines",
        line={"color": colour, "dash": "dash", "width": 1.5},
        hoverinfo="skip",
    )


def _extrapolated(fit: Fit, side: str, colours: Palette) -> dict[str, object]:
    """The label of a fit's far end, on the ``side`` where no other line runs."""
    return {
        "x": math.log10(fit.widths[-1]),
        "y": math.log10(fit.seconds[-1]),
        "text": f"estimated: {time_in_words(fit.seconds[-1])}",
        "showarrow": False,
        "xanchor": "right",
        "xshift": 24,
        "yanchor": side,
        "yshift": -14 if side == "top" else 10,
        "font": {"color": colours.text},
    }


def _seconds_axis(figure: go.Figure, grid: str) -> None:
    figure.update_yaxes(
        type="log",
        title="seconds, forward + backward",
        gridcolor=grid,
        tickvals=[1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100],
        ticktext=["10 µs", "100 µs", "1 ms", "10 ms", "0.1 s", "1 s", "10 s", "100 s"],
    )


def speeds(measured: Mapping[int, Sequence[Point]], *, dark: bool) -> go.Figure:
    """GFLOP/s against width, for each number of tokens."""
    colours = palette(dark)
    figure = plain(colours, height=330, margin={"t": 36, "b": 40})
    for (tokens, points), look in zip(measured.items(), _looks(dark), strict=False):
        figure.add_trace(_speed(tokens, points, look))
    figure.update_layout(showlegend=True, legend=_LEGEND)
    _width_axis(figure, colours.grid)
    figure.update_yaxes(title="GFLOP/s", gridcolor=colours.grid, rangemode="tozero")
    return figure


def _speed(tokens: int, points: Sequence[Point], look: Mapping[str, object]) -> go.Scatter:
    return go.Scatter(
        x=[p.width for p in points],
        y=[p.flops_per_second / 1e9 for p in points],
        name=_tokens(tokens),
        mode="lines+markers",
        marker=look,
        line={"color": look["color"], "width": 1},
        hovertemplate="%{x}: %{y:.4g} GFLOP/s<extra></extra>",
    )


_LEGEND = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
_TICKS = [64, 128, 256, 512, 1024, 2048, 4096]


def _width_axis(figure: go.Figure, grid: str) -> None:
    figure.update_xaxes(
        type="log",
        title="hidden size",
        tickvals=_TICKS,
        ticktext=[str(tick) for tick in _TICKS],
        range=[math.log10(50), math.log10(5500)],
        gridcolor=grid,
    )


def _looks(dark: bool) -> list[dict[str, object]]:
    colours = palette(dark)
    return [
        {"color": colours.orange, "size": 10, "symbol": "circle"},
        {"color": colours.blue, "size": 10, "symbol": "diamond"},
    ]


def _tokens(count: int) -> str:
    return f"{count} token" if count == 1 else f"{count} tokens"
