"""Picture of what each device holds of a training step, against the memory that it has."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from groundup.engine.words import bytes_in_words
from groundup.figures.scale.cost import bar, filled
from groundup.figures.scale.size import plain
from groundup.figures.theme import Palette, palette
from groundup.scale.memory import Accelerator
from groundup.scale.spread.held import PARTS


def bars(
    ways: Mapping[str, Mapping[str, int]], chosen: str, device: Accelerator, *, dark: bool
) -> go.Figure:
    """A bar for each way to spread, what its fullest device holds end to end; a line: the memory.

    ``ways`` has the bytes by ``held.PARTS``; the chosen way's name is bold and marked.
    """
    colours = palette(dark)
    figure = plain(colours, height=300, margin={"t": 64, "b": 44, "r": 24})
    rows = [_marked(way, chosen) for way in ways]
    for index, part in enumerate(PARTS):
        sizes = [held[part] for held in ways.values()]
        if any(sizes):
            figure.add_trace(_bar(rows, sizes, part, colours, index))
    _memory_line(figure, device, colours)
    figure.update_layout(
        barmode="stack",
        showlegend=True,
        legend={
            "orientation": "h",
            "y": 1.14,
            "yanchor": "bottom",
            "x": 0,
            "traceorder": "normal",
            "font": {"size": 14},
        },
    )
    figure.update_xaxes(title="GiB on the fullest device", tickfont=_type(colours))
    figure.update_xaxes(fixedrange=True, gridcolor=colours.grid, rangemode="tozero")
    figure.update_yaxes(autorange="reversed", fixedrange=True, tickfont=_type(colours))
    return figure


def _type(colours: Palette) -> dict[str, object]:
    return {"size": 14, "color": colours.text}


def _marked(way: str, chosen: str) -> str:
    return f"<b>▶ {way}</b>" if way == chosen else way


def _bar(rows: list[str], sizes: list[int], part: str, colours: Palette, index: int) -> go.Bar:
    every = (
        colours.blue,
        colours.green,
        colours.pink,
        colours.sky,
        colours.yellow,
        colours.muted,
    )
    return bar(
        rows,
        [size / 2**30 for size in sizes],
        part,
        [f"{part}: {bytes_in_words(size)}" for size in sizes],
        filled(every[index], index, colours),
    )


def _memory_line(figure: go.Figure, device: Accelerator, colours: Palette) -> None:
    figure.add_vline(
        x=device.gib,
        line={"color": colours.red, "width": 3, "dash": "dash"},
        annotation={
            "text": f"{device.name}: {device.gib:g} GiB",
            "font": {"color": colours.red, "size": 14},
            "yanchor": "bottom",
        },
    )
