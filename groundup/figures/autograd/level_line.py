"""A surface from above: level lines, and the gradient's arrow across them."""

from __future__ import annotations

import math

import plotly.graph_objects as go

from groundup.autograd.level_line import LevelLine, about_walk
from groundup.engine.snapshot import number
from groundup.figures.autograd.slopes import finished
from groundup.figures.theme import Palette

ARROW = 1.2
"""The arrow's length in units of the axes; its true length is said in words."""


def contour(level_line: LevelLine, colours: Palette) -> go.Figure:
    """Level lines; the one through the place is thick; w and b have the same scale."""
    figure = go.Figure([_levels(level_line, colours), _own_level(level_line, colours)])
    if any(level_line.gradient):
        figure.add_annotation(_arrow(level_line, colours))
    if len(level_line.trail) > 1:
        figure.add_trace(_trail(level_line, colours))
    marker = {"color": colours.orange, "size": 14, "line": {"color": colours.ground, "width": 2}}
    figure.add_trace(
        go.Scatter(
            x=[level_line.w], y=[level_line.b], mode="markers", marker=marker, hoverinfo="skip"
        )
    )
    figure.update_xaxes(title="w", range=[-4, 4], constrain="domain")
    figure.update_yaxes(title="b", range=[-4, 4], scaleanchor="x", constrain="domain")
    figure.update_layout(showlegend=False)
    return finished(figure, colours, 440)


def _levels(level_line: LevelLine, colours: Palette) -> go.Contour:
    return go.Contour(
        **_heights(level_line),
        contours={"coloring": "lines"},
        colorscale=[[0, colours.sky], [1, colours.blue]],
        ncontours=18,
        line={"width": 1},
    )


def _own_level(level_line: LevelLine, colours: Palette) -> go.Contour:
    """The one line through the place."""
    here = {"start": level_line.height, "end": level_line.height, "size": 1, "coloring": "none"}
    line = {"width": 4, "color": colours.green}
    return go.Contour(**_heights(level_line), contours=here, line=line)


def _heights(level_line: LevelLine) -> dict[str, object]:
    grid = {"x": level_line.line, "y": level_line.line, "z": level_line.heights}
    return {**grid, "hoverinfo": "skip", "showscale": False}


def _arrow(level_line: LevelLine, colours: Palette) -> dict[str, object]:
    """The way the gradient points, from the place."""
    length = math.hypot(*level_line.gradient)
    along_w, along_b = (ARROW * slope / length for slope in level_line.gradient)
    return {
        **{"x": level_line.w + along_w, "y": level_line.b + along_b, "xref": "x", "yref": "y"},
        **{"ax": level_line.w, "ay": level_line.b, "axref": "x", "ayref": "y"},
        "text": "",
        **{"arrowhead": 2, "arrowsize": 1.2, "arrowwidth": 4, "arrowcolor": colours.orange},
    }


def _trail(level_line: LevelLine, colours: Palette) -> go.Scatter:
    return go.Scatter(
        x=[w for w, _ in level_line.trail],
        y=[b for _, b in level_line.trail],
        mode="lines+markers",
        line={"color": colours.pink, "width": 1.5},
        marker={"color": colours.pink, "size": 8, "symbol": "diamond"},
        text=[f"step {step}" for step in range(len(level_line.trail))],
        hovertemplate="%{text}: w = %{x:.6g}, b = %{y:.6g}<extra></extra>",
    )


def in_words(level_line: LevelLine) -> str:
    """The same picture for those who cannot see it."""
    slopes = ", ".join(number(slope) for slope in level_line.gradient)
    angle = (
        "" if level_line.angle is None else f", at {level_line.angle:.1f} degrees to the level line"
    )
    return (
        f"Level lines of f. At w = {number(level_line.w)}, b = {number(level_line.b)} "
        f"the gradient is ({slopes}){angle}. {about_walk(level_line)}".rstrip()
    )
