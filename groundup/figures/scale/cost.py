"""Pictures of what a model is made of and what it costs: treemap, FLOPs, bytes against devices."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from groundup.engine.words import bytes_in_words
from groundup.figures.scale.size import plain
from groundup.figures.theme import Palette, palette
from groundup.scale.memory import Accelerator

PATTERNS = ("", "/", "\\", "x", "-", "|", "+")
"""One for each part, so that a picture without colour still tells them apart."""


def _colours(colours: Palette) -> tuple[str, ...]:
    return (
        colours.blue,
        colours.green,
        colours.orange,
        colours.pink,
        colours.yellow,
        colours.sky,
        colours.muted,
    )


def treemap(parts: Mapping[str, int], *, dark: bool) -> go.Figure:
    """Area is parameters, by part; parts with none are left out."""
    colours = palette(dark)
    figure = plain(colours, height=340)
    shown = {name: count for name, count in parts.items() if count}
    order = dict(zip(parts, _colours(colours), strict=False))
    figure.add_treemap(
        **_shares(shown, sum(parts.values())),
        marker={
            "colors": [order[name] for name in shown],
            "line": {"color": colours.ground, "width": 2},
        },
        textfont={"color": colours.ground, "size": 14},
        sort=True,
        tiling={"packing": "squarify"},
    )
    return figure


def _shares(parts: Mapping[str, int], total: int) -> dict[str, Any]:
    """A treemap's areas, with what each says: its count and its share of ``total``."""
    return {
        "labels": list(parts),
        "parents": [""] * len(parts),
        "values": list(parts.values()),
        "customdata": [[f"{n:,}", f"{100 * n / total:.3g} %"] for n in parts.values()],
        "texttemplate": "<b>%{label}</b><br>%{customdata[0]}<br>%{customdata[1]}",
        "hovertemplate": "%{label}: %{customdata[0]} parameters, %{customdata[1]}<extra></extra>",
    }


def flops(forward: Mapping[str, int], backward: Mapping[str, int], *, dark: bool) -> go.Figure:
    """One token's FLOPs, forward and backward, each a bar stacked by part."""
    colours = palette(dark)
    figure = plain(colours, height=300, margin={"t": 36, "b": 40})
    rows = {"forward": forward, "backward": backward}
    for index, part in enumerate(forward):
        counts = [way[part] for way in rows.values()]
        says = [f"{part}: {n:,} FLOPs" for n in counts]
        figure.add_trace(bar(list(rows), counts, part, says, _filled(colours, index)))
    _stack(figure, "FLOPs for one token", colours)
    return figure


def bar(
    rows: Sequence[str],
    lengths: Sequence[float],
    name: str,
    says: str | Sequence[str],
    marker: Mapping[str, object],
) -> go.Bar:
    """A bar in each of ``rows``, so long, for the part called ``name``."""
    return go.Bar(
        y=rows,
        x=lengths,
        name=name,
        orientation="h",
        marker=marker,
        hovertext=says,
        hoverinfo="text",
    )


def _stack(figure: go.Figure, title: str, colours: Palette, **across: str) -> None:
    """Lay the bars of a row end to end, the first row at the top; ``title`` names the x axis."""
    figure.update_layout(barmode="stack", showlegend=True, legend=_legend())
    figure.update_xaxes(title=title, gridcolor=colours.grid, fixedrange=True, **across)
    figure.update_yaxes(autorange="reversed", fixedrange=True)


def memory(
    byte_counts: Mapping[str, int], devices: Sequence[Accelerator], *, dark: bool
) -> go.Figure:
    """What is held, stacked, above the memory of well-known devices, with how many are needed."""
    colours = palette(dark)
    figure = plain(colours, height=380, margin={"t": 36, "b": 40, "r": 30})
    total = sum(byte_counts.values())
    for index, (name, size) in enumerate(byte_counts.items()):
        says = f"{name}: {bytes_in_words(size)}"
        figure.add_trace(bar(["this model"], [size / 2**30], name, says, _filled(colours, index)))
    figure.add_trace(_devices(total, devices, colours))
    figure.add_vline(x=total / 2**30, line={"color": colours.orange, "width": 2, "dash": "dash"})
    _stack(figure, "GiB", colours, rangemode="tozero")
    return figure


def _devices(total: int, devices: Sequence[Accelerator], colours: Palette) -> go.Bar:
    return go.Bar(
        y=[device.name for device in devices],
        x=[device.gib for device in devices],
        orientation="h",
        marker={"color": colours.surface, "line": {"color": colours.muted, "width": 1.5}},
        text=[_verdict(total, device) for device in devices],
        textposition="auto",
        textfont={"color": colours.text},
        hovertext=[
            f"{device.name}, sold as {device.sold_as}: {device.gib:g} GiB ({device.source})"
            for device in devices
        ],
        hoverinfo="text",
        showlegend=False,
    )


def _verdict(total: int, device: Accelerator) -> str:
    """How many devices hold ``total``, which is the least that is needed."""
    left = device.bytes - total
    if left < 0:
        return f"{device.gib:g} GiB: at least {math.ceil(total / device.bytes):,} of them"
    only = "only " if left < 0.1 * device.bytes else ""
    return f"{device.gib:g} GiB: {only}{bytes_in_words(left)} left"


def _filled(colours: Palette, index: int) -> dict[str, object]:
    return filled(_colours(colours)[index], index, colours)


def filled(colour: str, index: int, colours: Palette) -> dict[str, object]:
    """How the bar of the part ``index`` is filled: with ``colour``, and a pattern of its own."""
    return {
        "color": colour,
        "line": {"color": colours.ground, "width": 1},
        "pattern": {
            "shape": PATTERNS[index],
            "fillmode": "overlay",
            "fgcolor": colours.ground,
            "solidity": 0.2,
        },
    }


def _legend() -> dict[str, object]:
    return {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"}
