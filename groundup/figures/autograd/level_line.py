"""A surface from above: level lines, and the gradient's arrow across them."""

from __future__ import annotations

import math

import plotly.graph_objects as go

from groundup.autograd.level_line import Surface
from groundup.engine.snapshot import number
from groundup.figures.autograd.slopes import finished
from groundup.figures.theme import Palette

ARROW = 1.2
"""The arrow's length in units of the axes; its true length is said in words."""


def contour(found: Surface, colours: Palette) -> go.Figure:
    """Level lines; the one through the place is thick; w and b have the same scale."""
    figure = go.Figure([_levels(found, colours), _own_level(found, colours)])
    if any(found.gradient):
        figure.add_annotation(_arrow(found, colours))
    marker = {"color": colours.orange, "size": 14, "line": {"color": colours.ground, "width": 2}}
    figure.add_trace(
        go.Scatter(x=[found.w], y=[found.b], mode="markers", marker=marker, hoverinfo="skip")
    )
    figure.update_xaxes(title="w", range=[-4, 4], constrain="domain")
    figure.update_yaxes(title="b", range=[-4, 4], scaleanchor="x", constrain="domain")
    figure.update_layout(showlegend=False)
    return finished(figure, colours, 440)


def _levels(found: Surface, colours: Palette) -> go.Contour:
    return go.Contour(
        **_heights(found),
        contours={"coloring": "lines"},
        colorscale=[[0, colours.sky], [1, colours.blue]],
        ncontours=18,
        line={"width": 1},
    )


def _own_level(found: Surface, colours: Palette) -> go.Contour:
    """The one line through the place."""
    here = {"start": found.height, "end": found.height, "size": 1, "coloring": "none"}
    line = {"width": 4, "color": colours.green}
    return go.Contour(**_heights(found), contours=here, line=line)


def _heights(found: Surface) -> dict[str, object]:
    grid = {"x": found.line, "y": found.line, "z": found.heights}
    return {**grid, "hoverinfo": "skip", "showscale": False}


def _arrow(found: Surface, colours: Palette) -> dict[str, object]:
    """The way the gradient points, from the place."""
    length = math.hypot(*found.gradient)
    along_w, along_b = (ARROW * slope / length for slope in found.gradient)
    return {
        **{"x": found.w + along_w, "y": found.b + along_b, "xref": "x", "yref": "y"},
        **{"ax": found.w, "ay": found.b, "axref": "x", "ayref": "y"},
        "text": "",
        **{"arrowhead": 2, "arrowsize": 1.2, "arrowwidth": 4, "arrowcolor": colours.orange},
    }


def in_words(found: Surface) -> str:
    """The same picture for those who cannot see it."""
    slopes = ", ".join(number(slope) for slope in found.gradient)
    angle = "" if found.angle is None else f", at {found.angle:.1f} degrees to the level line"
    return (
        f"Level lines of f. At w = {number(found.w)}, b = {number(found.b)} the gradient is "
        f"({slopes}){angle}."
    )
