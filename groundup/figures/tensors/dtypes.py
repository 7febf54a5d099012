"""Pictures of what numbers a dtype can hold: plain data in, plotly figures out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import torch

from groundup.engine.snapshot import number
from groundup.figures.theme import Palette
from groundup.tensors.dtypes import Nudge, misfit

_SYMBOLS = {
    "float8_e4m3fn": "square",
    "float8_e5m2": "diamond",
    "bfloat16": "triangle-up",
    "float16": "triangle-down",
    "float32": "circle",
    "float64": "x",
}
_MAX_TICKS = 60


LOOK_AT = ("int64", "bfloat16", "float32")
"""Of the fifteen dtypes, those that the path speaks of."""


def nudge_figure(nudges: Sequence[Nudge], nudge: float, colours: Palette) -> go.Figure:
    """How far each dtype really moved, as a share of the nudge that was asked for."""
    figure = _figure(colours, height=18 * len(nudges) + 80)
    looks = {
        "✓ as asked": (colours.green, "circle"),
        "≈ not as asked": (colours.blue, "diamond"),
        "✗ did not move": (colours.orange, "x"),
        "✗ does not fit": (colours.pink, "square-x-open"),
    }
    for name, (colour, symbol) in looks.items():
        some = [n for n in nudges if n.outcome == name[2:]]
        figure.add_trace(_moves(some, name, {"color": colour, "symbol": symbol, "size": 10}))
    figure.add_vline(1, line={"color": colours.text, "dash": "dash", "width": 1.5})
    names = [n.dtype for n in reversed(nudges)]
    _category_axis(figure, names)
    # Each by its name: on a narrow screen plotly would leave out every second dtype.
    bold = [f"<b>{name}</b>" if name in LOOK_AT else name for name in names]
    figure.update_yaxes(tickmode="array", tickvals=names, ticktext=bold)
    figure.update_xaxes(title=f"how far it moved, in nudges of {nudge:g}")
    return figure


def _moves(some: Sequence[Nudge], name: str, marker: Mapping[str, object]) -> go.Scatter:
    return go.Scatter(
        x=[n.share if math.isfinite(n.share) else 0 for n in some],
        y=[n.dtype for n in some],
        mode="markers",
        marker=marker,
        name=name,
        text=[n.verdict if n.misfit else f"{number(n.share)} of the nudge" for n in some],
        hovertemplate="%{y}: %{text}<extra></extra>",
    )


def _category_axis(figure: go.Figure, names: Sequence[str]) -> None:
    figure.update_yaxes(categoryorder="array", categoryarray=names, type="category")


def spacing_figure(variables: Mapping[str, Any], colours: Palette) -> go.Figure:
    """The distance to the next number, along the number line, one staircase for each dtype."""
    figure = _figure(colours, height=330)
    value, ladder = variables["value"], variables["ladder"][:-1].tolist()
    for name, colour in _coloured(variables["names"], colours):
        gaps = variables["gaps"][name][:-1].tolist()
        figure.add_trace(_staircase(name, ladder, gaps, colour))
        here = variables["spacing"][name]
        if 0 < here < math.inf:
            figure.add_trace(_gap_here(name, value, here, colour))
    _mark_value(figure, value, colours)
    figure.update_xaxes(title="value", type="log", exponentformat="power")
    figure.update_yaxes(title="distance to the next number", type="log", exponentformat="power")
    return figure


def _staircase(
    name: str, ladder: Sequence[float], gaps: Sequence[float], colour: str
) -> go.Scatter:
    usable = [(x, gap) for x, gap in zip(ladder, gaps, strict=True) if 0 < gap < math.inf]
    return go.Scatter(
        x=[x for x, _ in usable],
        y=[gap for _, gap in usable],
        mode="lines",
        line={"color": colour, "shape": "hv", "width": 2},
        name=name,
        legendgroup=name,
        hovertemplate=f"{name}<br>at %{{x:.3g}} the next number is %{{y:.3g}} away<extra></extra>",
    )


def _gap_here(name: str, value: float, gap: float, colour: str) -> go.Scatter:
    return go.Scatter(
        x=[value],
        y=[gap],
        mode="markers",
        marker={"color": colour, "size": 11, "symbol": _SYMBOLS[name]},
        legendgroup=name,
        showlegend=False,
        hovertemplate=f"{name}: {number(gap)} at {number(value)}<extra></extra>",
    )


def _mark_value(figure: go.Figure, value: float, colours: Palette) -> None:
    figure.add_vline(value, line={"color": colours.text, "dash": "dot", "width": 1.5})


def number_line(variables: Mapping[str, Any], colours: Palette) -> go.Figure:
    """Every number that each dtype can hold in one window around the value."""
    value, half = variables["value"], 6 * variables["spacing"]["float16"]
    if not 0 < half < math.inf:
        half = 6 * variables["spacing"]["bfloat16"]
    window, names = (value - half, value + half), variables["names"]
    figure = _figure(colours, height=24 * len(names) + 60)
    for name, colour in _coloured(names, colours):
        near = sorted(
            {x * sign for x in variables["neighbours"][name].tolist() for sign in (-1, 1)}
        )
        marks = [x for x in near if abs(x - value) <= half]
        # Where all neighbours lie inside the window there are more of them than are drawn.
        dense = len(marks) > _MAX_TICKS
        drawn = _bar(name, window) if dense else _marks(name, marks)
        if not marks:
            # Without anything in its row, plotly leaves the dtype out.
            drawn = _none(name, value, misfit(name, value, variables["stored"][name]))
        figure.add_scatter(**drawn, **_row_look(name, colour))
    _mark_value(figure, value, colours)
    _category_axis(figure, names[::-1])
    figure.update_xaxes(
        title="a mark: a number it can hold · a bar: too many to draw", range=window
    )
    return figure


def _bar(name: str, window: tuple[float, float]) -> dict[str, Any]:
    says = "too many to tell apart<extra></extra>"
    largest = torch.finfo(getattr(torch, name)).max
    inside = max(window[0], -largest), min(window[1], largest)
    return {"x": inside, "y": [name] * 2, "mode": "lines", "hovertemplate": says}


def _none(name: str, value: float, unfit: str) -> dict[str, Any]:
    says = f"{number(value)} does not fit" if unfit else "no number of it lies here"
    return {"x": [value], "y": [name], "mode": "text", "text": [says], "hoverinfo": "skip"}


def _marks(name: str, marks: Sequence[float]) -> dict[str, Any]:
    says = f"{name} can hold %{{x:.9g}}<extra></extra>"
    return {"x": marks, "y": [name] * len(marks), "mode": "markers", "hovertemplate": says}


def _row_look(name: str, colour: str) -> dict[str, Any]:
    marker = {"color": colour, "symbol": "line-ns-open", "size": 16, "line": {"width": 3}}
    line = {"color": colour, "width": 12}
    return {"line": line, "marker": marker, "name": name, "showlegend": False}


def promotion_figure(
    names: Sequence[str], table: Sequence[Sequence[str]], colours: Palette
) -> go.Figure:
    """The table of result dtypes: written out in each cell, coloured by kind."""
    figure = _figure(colours, height=24 * len(names) + 110)
    figure.add_heatmap(
        z=[[_kind(dtype) for dtype in row] for row in table],
        x=list(names),
        y=list(names),
        text=[[_short(dtype) for dtype in row] for row in table],
        customdata=table,
        texttemplate="%{text}",
        textfont={"color": colours.text, "size": 11},
        **_kind_colours(colours),
        xgap=2,
        ygap=2,
        hovertemplate="%{y} with %{x}<br>gives %{customdata}<extra></extra>",
    )
    figure.update_xaxes(side="top", tickangle=-35, showgrid=False)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    # A finger that is drawn over it scrolls.
    figure.update_layout(margin={"t": 105, "b": 10}, dragmode=False)
    return figure


def _kind(dtype: str) -> int:
    """0 where there is no tensor, 1 for bool, 2 for integers, 3 for floats, 4 for an error."""
    kinds = {"bool": 1, "no tensor": 0, "error": 4}
    return kinds.get(dtype, 2 if "int" in dtype else 3)


def _kind_colours(colours: Palette) -> dict[str, Any]:
    """A band of one colour for each kind: a heatmap's scale would else run from one to the next."""
    shades = [colours.surface, colours.pink, colours.green, colours.blue, colours.orange]
    steps = [(i + edge) / 5 for i in range(5) for edge in (0, 1)]
    scale = [[step, _veil(shades[i // 2])] for i, step in enumerate(steps)]
    return {"colorscale": scale, "zmin": -0.5, "zmax": 4.5, "showscale": False}


def updates_figure(
    columns: Mapping[str, Sequence[float]], update: float, colours: Palette
) -> go.Figure:
    """The weight in each dtype after each thousand updates, and the exact sum."""
    figure = _figure(colours, height=330)
    count = len(next(iter(columns.values())))
    steps = [1000 * (i + 1) for i in range(count)]
    figure.add_scatter(
        x=steps,
        y=[1 + step * update for step in steps],
        mode="lines",
        line={"color": colours.text, "dash": "dash", "width": 1.5},
        name="what was asked",
    )
    for name, colour in (("in_bfloat16", colours.orange), ("in_float32", colours.blue)):
        figure.add_trace(_weight(name, steps, columns[name], colour))
    figure.update_xaxes(title="updates")
    figure.update_yaxes(title="the weight")
    return figure


def _weight(name: str, steps: Sequence[int], values: Sequence[float], colour: str) -> go.Scatter:
    return go.Scatter(
        x=steps,
        y=list(values),
        mode="lines",
        line={"color": colour, "dash": "solid", "width": 3},
        name=name.removeprefix("in_"),
        hovertemplate="after %{x:,} updates: %{y:.7g}<extra></extra>",
    )


def _coloured(names: Sequence[str], colours: Palette) -> list[tuple[str, str]]:
    shades = (
        colours.pink,
        colours.yellow,
        colours.orange,
        colours.green,
        colours.blue,
        colours.text,
    )
    return list(zip(names, shades, strict=True))


def _short(dtype: str) -> str:
    return {"error": "✗ error", "no tensor": "·"}.get(dtype, dtype.replace("float8_", "f8 "))


def _veil(colour: str) -> str:
    """``colour`` thin enough for text to be read on it."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.28)"


def _figure(colours: Palette, height: int) -> go.Figure:
    axis = {"gridcolor": colours.grid, "zeroline": False, "automargin": True}
    return go.Figure(
        layout={
            "height": height,
            "margin": {"l": 10, "r": 10, "t": 10, "b": 40},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"color": colours.text, "size": 12},
            "xaxis": axis | {"title": {"font": {"size": 12}}},
            "yaxis": axis,
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        }
    )
