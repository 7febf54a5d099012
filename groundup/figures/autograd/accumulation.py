"""Gradients as blocks: each call of backward() puts one on the stack."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from groundup.autograd.accumulation import Call
from groundup.autograd.ways_out import Kept
from groundup.engine.snapshot import number
from groundup.figures.autograd.slopes import finished
from groundup.figures.theme import Palette

PATTERNS = ("", "/", ".", "x", "-", "\\")
"""Blocks differ by pattern as well as by colour."""

MOST_NAMED = 6
"""With more calls, the blocks are too thin for numbers; the pointer reads them out."""


def stack(calls: Sequence[Call], colours: Palette) -> go.Figure:
    """One bar for w.grad after each call, made of the contributions that are in it."""
    figure = go.Figure()
    few = len(calls) <= MOST_NAMED
    for block, heights in enumerate(blocks(calls)):
        figure.add_trace(
            go.Bar(
                x=[str(n + 1) for n in range(len(calls))],
                y=heights,
                name=f"from call {block + 1}",
                text=[number(height) if height and few else "" for height in heights],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                marker=_marker(block, colours),
                hovertemplate="call %{x}: %{y:.4g} " + f"from call {block + 1}<extra></extra>",
            )
        )
    for place, call in enumerate(calls):
        top = sum(max(heights[place] or 0.0, 0.0) for heights in blocks(calls))
        figure.add_annotation(
            x=place, y=top, text=f"<b>{number(call.grad)}</b>", showarrow=False, yshift=12
        )
    figure.update_layout(barmode="relative", showlegend=few and len(calls) > 1)
    figure.update_xaxes(title="call of backward()", type="category")
    figure.update_yaxes(title="w.grad after the call")
    return finished(figure, colours, 380)


def blocks(calls: Sequence[Call]) -> list[list[float | None]]:
    """For each call's contribution, its height in every bar; None where it is not in the bar.

    A contribution stays in the bars until w.grad is cleared: the next call then finds another
    value than the last one left.
    """
    rows: list[list[float | None]] = [[None] * len(calls) for _ in calls]
    first = 0
    for place, call in enumerate(calls):
        if place and call.held != calls[place - 1].grad:
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
        figure.add_trace(
            go.Bar(
                x=[name, "w.grad"],
                y=[value, value],
                text=[number(value)] * 2,
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                marker=_marker(block, colours),
                hovertemplate="%{x}: %{y:.4g}<extra></extra>",
            )
        )
    figure.update_layout(barmode="relative", showlegend=False)
    figure.update_xaxes(categoryorder="array", categoryarray=[*names, "w.grad"])
    return finished(figure, colours, 240)


def kept(measured: Sequence[Kept], colours: Palette) -> go.Figure:
    """Kilobytes kept for the backward pass against depth, tracked and not."""
    figure = go.Figure()
    for name, colour, pattern in (
        ("tracked", colours.orange, ""),
        ("untracked", colours.blue, "/"),
    ):
        figure.add_trace(
            go.Bar(
                x=[str(depth.layers) for depth in measured],
                y=[getattr(depth, name) / 1024 for depth in measured],
                name=name,
                text=[f"{getattr(depth, name) / 1024:,.0f}" for depth in measured],
                textposition="outside",
                marker={"color": colour, "pattern": {"shape": pattern}},
                hovertemplate="%{x} layers: %{y:,.1f} KiB<extra></extra>",
            )
        )
    figure.update_xaxes(title="layers", type="category")
    figure.update_yaxes(title="kept for backward(), KiB")
    return finished(figure, colours, 300)


def _marker(block: int, colours: Palette) -> dict[str, object]:
    hues = (colours.blue, colours.orange, colours.green, colours.pink, colours.yellow, colours.sky)
    return {
        "color": hues[block % len(hues)],
        "pattern": {"shape": PATTERNS[(block // len(hues)) % len(PATTERNS)], "size": 6},
        "line": {"color": colours.ground, "width": 2},
    }
