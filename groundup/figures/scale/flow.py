"""What flows through a block: its data and its matrices, all drawn to one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from groundup.figures.scale.size import plain
from groundup.figures.theme import Palette, palette

Flow = Sequence[tuple[str, str, tuple[int, int], tuple[int, int]]]
"""For each layer of the forward pass: its name, what it gets, the shapes before and after."""


def flow(layers: Flow, weights: Mapping[str, tuple[int, ...]], *, dark: bool) -> go.Figure:
    """Data (tall strips) and weight matrices (blocks), all in one scale: area is numbers.

    Shapes in ``layers`` are ``(tokens, features)``; ``weights`` are those of the parameters by
    name. Data are drawn with a column for each token and a row for each feature; every matrix
    stands on the same line. What a layer gets stands left of it; where it does not, an arrow leads
    from there.
    """
    colours = palette(dark)
    blocks, arrows = _blocks(layers, weights, colours)
    places, edge = _places(blocks)
    top = 1.2 + 0.14 * len(arrows)
    figure = plain(colours, height=round(205 * (top + 0.42)), margin={"t": 4, "b": 4})
    for x, (name, size, colour, data) in zip(places, blocks, strict=True):
        _block(figure, (x, *size), name, colour, data)
    tallest = max(rows for _, (rows, _), *_ in blocks)
    for level, (start, end) in enumerate(arrows):
        points = _top(blocks, places, start), _top(blocks, places, end)
        # A matrix has its name above it.
        room = 0.02 if blocks[end][3] else 0.19
        _arrow(figure, points, room * tallest, (1.26 + 0.14 * level) * tallest)
    figure.update_xaxes(visible=False, range=[-0.02 * edge, 1.02 * edge], fixedrange=True)
    figure.update_yaxes(visible=False, range=[-0.42 * tallest, top * tallest], fixedrange=True)
    return figure


Block = tuple[str, tuple[int, int], str, bool]
"""A name, ``(rows, columns)``, a colour, and whether it is data."""


def _places(blocks: Sequence[Block]) -> tuple[list[float], float]:
    """Where each block begins from the left, and where the picture ends."""
    wide = sum(columns for _, (_, columns), *_ in blocks)
    # A column of 128 tokens beside 14,336 features is thinner than a line: the gaps hold labels.
    gap = max(wide * 0.12, 0.6 * max(rows for _, (rows, _), *_ in blocks))
    places, x = [], gap / 3
    for _, (_, columns), *_ in blocks:
        places.append(x)
        x += columns + gap
    return places, x - gap / 2


def _blocks(
    layers: Flow, weights: Mapping[str, tuple[int, ...]], colours: Palette
) -> tuple[list[Block], list[tuple[int, int]]]:
    """Data and matrices in the order of the forward pass, and the arrows between far ones."""
    _, source, (tokens, features), _ = layers[0]
    blocks: list[Block] = [(source, (features, tokens), colours.blue, True)]
    arrows: list[tuple[int, int]] = []
    unused: dict[str, int] = {}
    for name, given, (_, before), (_, after) in layers:
        made = [block[0] for block in blocks]
        source = given
        if source not in made:
            # No layer made it: it is a product of what no other layer took.
            source = " · ".join(other.removeprefix("after ") for other in unused)
            blocks.append((source, (before, tokens), colours.blue, True))
            arrows += [(at, len(blocks) - 1) for at in unused.values() if at < len(blocks) - 2]
        elif made.index(source) < len(blocks) - 1:
            arrows.append((made.index(source), len(blocks)))
        unused.pop(source, None)
        if matrix := weights.get(f"{name}.weight"):
            blocks.append((name, (matrix[0], matrix[1]), colours.orange, False))
        unused[f"after {name}"] = len(blocks)
        blocks.append((f"after {name}", (after, tokens), colours.blue, True))
    return blocks, arrows


def _top(blocks: Sequence[Block], places: Sequence[float], index: int) -> tuple[float, int]:
    """The middle of a block's upper edge."""
    _, (rows, columns), *_ = blocks[index]
    return places[index] + columns / 2, rows


def _arrow(
    figure: go.Figure,
    points: tuple[tuple[float, int], tuple[float, int]],
    room: float,
    height: float,
) -> None:
    """From the first of ``points`` up to ``height``, and down to ``room`` above the other."""
    (left, low), (right, end) = points
    colour = figure.layout.font.color
    figure.add_scatter(
        x=[left, left, right],
        y=[low, height, height],
        mode="lines",
        line={"color": colour, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    figure.add_annotation(
        **{"x": right, "y": end + room, "ax": right, "ay": height, "axref": "x", "ayref": "y"},
        **{"text": "", "arrowhead": 2, "arrowwidth": 1.5, "arrowcolor": colour},
    )


def _block(
    figure: go.Figure, box: tuple[float, int, int], name: str, colour: str, data: bool
) -> None:
    x, rows, columns = box
    figure.add_scatter(
        x=[x, x + columns, x + columns, x, x],
        y=[0, 0, rows, rows, 0],
        fill="toself",
        mode="lines",
        line={"color": colour, "width": 1.5},
        fillcolor=colour,
        opacity=0.9 if data else 0.55,
        hoverinfo="text",
        text=f"{name}: {rows:,} × {columns:,} = {rows * columns:,} numbers",
    )
    figure.add_annotation(_data_label(name, box) if data else _matrix_label(name, box))


# Names of matrices stand above them and those of data below, so that they do not collide.
def _data_label(name: str, box: tuple[float, int, int]) -> dict[str, object]:
    x, rows, columns = box
    lines = name.replace("after ", "after<br>").replace(" · ", " ·<br>")
    text = f"{lines}<br>{columns:,} ×<br>{rows:,}"
    return _label(x + columns / 2, 0, text) | {"yanchor": "top", "yshift": -4}


def _matrix_label(name: str, box: tuple[float, int, int]) -> dict[str, object]:
    x, rows, columns = box
    text = f"<b>{name}</b><br>{rows:,} × {columns:,}"
    return _label(x + columns / 2, rows, text) | {"yanchor": "bottom", "yshift": 2}


def _label(x: float, y: float, text: str) -> dict[str, object]:
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": {"size": 12}}
