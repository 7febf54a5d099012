"""Gradients as blocks: each call of backward() puts one on the stack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from groundup.autograd.accumulation import Call
from groundup.autograd.ways_out import HeldMemory
from groundup.engine.snapshot import number
from groundup.figures.autograd.slopes import finished
from groundup.figures.theme import Palette

PATTERNS = ("", "/", ".", "x", "-", "\\")
"""Blocks differ by pattern as well as by colour."""

MAX_NAMED = 6
"""With more calls, the blocks are too thin for numbers; the pointer reads them out."""


_READABLE = {"minsize": 12, "mode": "hide"}
"""In a part that is too low for its number plotly would write it smaller and smaller."""


def _inside(colours: Palette) -> dict[str, Any]:
    """A block's number stands upright in its middle; plotly's own grey has 3.9 : 1 in the dark."""
    font = {"color": colours.ground}
    upright = {"insidetextanchor": "middle", "textangle": 0}
    return {"textposition": "inside", **upright, "insidetextfont": font}


def stack(calls: Sequence[Call], colours: Palette) -> go.Figure:
    """One bar for w.grad after each call, made of the contributions that are in it."""
    named = len(calls) <= MAX_NAMED
    rows = blocks(calls)
    figure = go.Figure([_block(n, heights, named, colours) for n, heights in enumerate(rows)])
    for place, call in enumerate(calls):
        top = sum(max(heights[place] or 0.0, 0.0) for heights in rows)
        figure.add_annotation(
            x=place, y=top, text=f"<b>{number(call.grad)}</b>", showarrow=False, yshift=12
        )
    figure.update_layout(
        barmode="relative", showlegend=named and len(calls) > 1, uniformtext=_READABLE
    )
    figure.update_xaxes(title="call of backward()", type="category")
    figure.update_yaxes(title="w.grad after the call")
    return finished(figure, colours, 380)


def _block(block: int, heights: Sequence[float | None], named: bool, colours: Palette) -> go.Bar:
    """What call number ``block`` contributed, in the bars of all calls."""
    return go.Bar(
        x=[str(n + 1) for n in range(len(heights))],
        y=heights,
        name=f"from call {block + 1}",
        text=[number(height) if height and named else "" for height in heights],
        **_inside(colours),
        marker=_marker(block, colours),
        hovertemplate="call %{x}: %{y:.4g} " + f"from call {block + 1}<extra></extra>",
    )


def blocks(calls: Sequence[Call]) -> list[list[float | None]]:
    """For each call's contribution, its height in every bar; None where it is not in the bar.

    A contribution stays in the bars until w.grad is cleared: the next call then finds another
    value than the last one left.
    """
    rows: list[list[float | None]] = [[None] * len(calls) for _ in calls]
    first = 0
    for place, call in enumerate(calls):
        if place and call.grad_before != calls[place - 1].grad:
            first = place
        for block in range(first, place + 1):
            rows[block][place] = calls[block].contribution
    return rows


def in_words(calls: Sequence[Call]) -> str:
    """The same picture for those who cannot see it."""
    return "w.grad after each call: " + ", ".join(
        f"{number(call.grad)} (this call added {number(call.contribution)})" for call in calls
    )


def parts(names: Sequence[str], values: Sequence[float], colours: Palette) -> go.Figure:
    """What each place sends back by itself, and the same blocks on one stack: w.grad."""
    figure = go.Figure()
    for block, (name, value) in enumerate(zip(names, values, strict=True)):
        figure.add_bar(
            x=[name, "w.grad"],
            y=[value, value],
            text=[number(value)] * 2,
            **_inside(colours),
            marker=_marker(block, colours),
            hovertemplate="%{x}: %{y:.4g}<extra></extra>",
        )
    figure.update_layout(barmode="relative", showlegend=False, uniformtext=_READABLE)
    figure.update_xaxes(categoryorder="array", categoryarray=[*names, "w.grad"])
    return finished(figure, colours, 240)


def memory_bars(measured: Sequence[HeldMemory], colours: Palette) -> go.Figure:
    """Kilobytes kept for the backward pass against depth, tracked and not."""
    layers = [str(depth.layers) for depth in measured]
    tracked = [depth.tracked / 1024 for depth in measured]
    untracked = [depth.untracked / 1024 for depth in measured]
    figure = go.Figure(
        [
            _kilobytes(layers, tracked, "tracked", colours.orange, ""),
            _kilobytes(layers, untracked, "untracked", colours.blue, "/"),
        ]
    )
    figure.update_xaxes(title="layers", type="category")
    figure.update_yaxes(title="kept for backward(), KiB")
    return finished(figure, colours, 300)


def _kilobytes(
    layers: Sequence[str], sizes: Sequence[float], name: str, colour: str, pattern: str
) -> go.Bar:
    return go.Bar(
        x=layers,
        y=sizes,
        name=name,
        text=[f"{size:,.0f}" for size in sizes],
        textposition="outside",
        marker={"color": colour, "pattern": {"shape": pattern}},
        hovertemplate="%{x} layers: %{y:,.1f} KiB<extra></extra>",
    )


def _marker(block: int, colours: Palette) -> dict[str, object]:
    hues = (colours.blue, colours.orange, colours.green, colours.pink, colours.yellow, colours.sky)
    return {
        "color": hues[block % len(hues)],
        "pattern": {"shape": PATTERNS[(block // len(hues)) % len(PATTERNS)], "size": 6},
        "line": {"color": colours.ground, "width": 2},
    }
