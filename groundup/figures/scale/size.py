"""Pictures of size: models drawn to scale, and the same numbers on a log axis."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from groundup.engine.words import count_in_words
from groundup.figures.theme import Palette, palette
from groundup.scale.ladder import Rung


def plain(colours: Palette, *, height: int, margin: Mapping[str, int] | None = None) -> go.Figure:
    """An empty figure in the page's colours: no grid, no legend, nothing that moves."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8} | dict(margin or {}),
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colours.text, "size": 13},
        showlegend=False,
        hoverlabel={"bgcolor": colours.surface, "font": {"color": colours.text}},
        dragmode=False,
    )
    return figure


def squares(rungs: Sequence[Rung], fills: int, *, dark: bool) -> go.Figure:
    """Squares from one corner, their area the parameters; rung number ``fills`` fills the picture.

    Larger ones reach beyond the edge and are not drawn; names stand where they do not collide.
    """
    colours = palette(dark)
    figure = plain(colours, height=390)
    frame = math.sqrt(rungs[fills].parameters)
    shown = sorted((r for r in rungs if r.parameters <= rungs[fills].parameters), key=_size)
    cycle = (colours.blue, colours.orange, colours.green, colours.pink, colours.yellow)
    # The largest first: the smaller ones lie on it.
    for index, rung in reversed(list(enumerate(shown))):
        figure.add_trace(_square(rung, frame, cycle[index % len(cycle)]))
    for (rung, side), y in zip(*_labels(shown, frame), strict=True):
        figure.add_annotation(_pointer(rung, side, y, colours))
    figure.update_xaxes(visible=False, range=[-0.01, 2.03], fixedrange=True)
    figure.update_yaxes(
        visible=False, range=[-0.03, 1.03], scaleanchor="x", fixedrange=True, constrain="domain"
    )
    return figure


def _square(rung: Rung, frame: float, colour: str) -> go.Scatter:
    side = math.sqrt(rung.parameters) / frame
    return go.Scatter(
        x=[0, side, side, 0, 0],
        y=[0, 0, side, side, 0],
        fill="toself",
        mode="lines",
        line={"color": colour, "width": 2},
        fillcolor=_see_through(colour),
        hoverinfo="text",
        text=f"{rung.name}: {rung.parameters:,} parameters",
    )


def _pointer(rung: Rung, side: float, y: float, colours: Palette) -> dict[str, object]:
    """The name of a square, right of the picture at height ``y``, with a line to its corner."""
    return {
        **{"x": side, "y": side, "xref": "x", "yref": "y"},
        **{"ax": 1.06, "ay": y, "axref": "x", "ayref": "y"},
        "text": f"{rung.name} · {count_in_words(rung.parameters)}",
        "xanchor": "left",
        **{"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": colours.muted},
        "font": {"size": 12},
    }


def _size(rung: Rung) -> int:
    return rung.parameters


def _labels(shown: Sequence[Rung], frame: float) -> tuple[list[tuple[Rung, float]], list[float]]:
    """Each rung with its side, and the height of its label, at least a line from the next."""
    placed = [(rung, math.sqrt(rung.parameters) / frame) for rung in reversed(shown)]
    line, heights = 0.062, []
    last = 1.0 + line
    for _, side in placed:
        last = min(side, last - line)
        heights.append(last)
    # Labels pushed below the floor move all up by as much as they can.
    floor = min(heights)
    if floor < 0:
        heights = _lifted(heights, line)
    return placed, heights


def _lifted(heights: list[float], line: float) -> list[float]:
    lifted, lowest = [], 0.0
    for height in reversed(heights):
        lowest = max(height, lowest)
        lifted.append(lowest)
        lowest += line
    return lifted[::-1]


def _see_through(colour: str, alpha: float = 0.1) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


def log_ladder(rungs: Sequence[Rung], chosen: Sequence[str], *, dark: bool) -> go.Figure:
    """The same rungs as dots on a log axis, where each tenfold step is equally long."""
    colours = palette(dark)
    figure = plain(colours, height=390, margin={"b": 40, "t": 4})
    for rung in rungs:
        figure.add_trace(_dot(rung, rung.name in chosen, colours))
    figure.update_xaxes(
        type="log",
        range=[0, 15.6],
        title="parameters (each step is × 1,000)",
        tickvals=[1, 1e3, 1e6, 1e9, 1e12],
        ticktext=["1", "thousand", "million", "billion", "trillion"],
        gridcolor=colours.grid,
        fixedrange=True,
    )
    names = [rung.name for rung in rungs]
    figure.update_yaxes(categoryarray=names, categoryorder="array", dtick=1, fixedrange=True)
    return figure


def _dot(rung: Rung, picked: bool, colours: Palette) -> go.Scatter:
    line = {"color": colours.orange, "width": 3} if picked else {"color": colours.grid, "width": 2}
    return go.Scatter(
        x=[1, rung.parameters],
        y=[rung.name, rung.name],
        mode="lines+markers+text",
        line=line,
        marker={
            "size": [0, 13 if picked else 9],
            "symbol": "diamond" if picked else "circle",
            "color": colours.orange if picked else colours.blue,
            "opacity": 1,
        },
        text=["", f" {count_in_words(rung.parameters)}"],
        textposition="middle right",
        hoverinfo="text",
        hovertext=f"{rung.name}: {rung.parameters:,}",
        cliponaxis=False,
    )
