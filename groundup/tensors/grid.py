"""Which cells of a tensor are drawn, and what is written in them: plain data, ready to draw.

A small tensor is drawn whole; a large one is summarised as torch's own repr does, with the first
and last three of each long dimension.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import torch

from groundup.engine.snapshot import number

EDGE = 3
"""Cells kept at each end of a long dimension, as in ``torch.set_printoptions(edgeitems=3)``."""
MAX_CELLS = 150
ROOM = (4, 6, 12, 16)
"""How many slices (down, across), rows and columns fit on a screen."""


@dataclass(frozen=True)
class Cell:
    """One number: what is written in it, its index, and its place when counted row by row."""

    text: str
    index: tuple[int, ...]
    flat: int


@dataclass(frozen=True)
class Slice:
    """A table of cells. None stands for a gap where cells are left out."""

    label: str
    columns: tuple[int | None, ...]
    rows: tuple[tuple[int | None, tuple[Cell | None, ...]], ...]


@dataclass(frozen=True)
class Grid:
    """``slices[i][j]`` are tables side by side: dimension 0 downwards, dimension 1 across (4-D)."""

    shape: tuple[int, ...]
    axes: tuple[str, ...]
    slices: tuple[tuple[Slice | None, ...], ...]

    @property
    def cells(self) -> list[Cell]:
        """The cells that are drawn, from the top left, table by table."""
        tables = [table for row in self.slices for table in row if table]
        return [cell for table in tables for _, row in table.rows for cell in row if cell]

    @property
    def whole(self) -> bool:
        """Whether every cell of the tensor is drawn."""
        count = 1
        for size in self.shape:
            count *= size
        return len(self.cells) == count


def grid(tensor: torch.Tensor) -> Grid | None:
    """Lay out ``tensor``; None for more than four dimensions, which are not drawn."""
    shape = tuple(tensor.shape)
    if len(shape) > 4:
        return None
    drawn = [
        shown(size, room, tensor.numel() > MAX_CELLS)
        for size, room in zip(shape, ROOM[4 - len(shape) :], strict=True)
    ]
    texts = _texts(tensor, drawn)
    # Axes that the tensor does not have are filled in with one place.
    down, across, rows, columns = [[()]] * (4 - len(shape)) + [
        [None if i is None else (i,) for i in places] for places in drawn
    ]

    def table(*front: tuple[int, ...] | None) -> Slice | None:
        if None in front:
            return None
        start = sum((part for part in front if part is not None), ())
        lines = []
        for row in rows:
            inner = [_cell(texts, shape, start, row, column) for column in columns]
            lines.append((row[0] if row else None, tuple(inner)))
        label = f"[{', '.join(str(i) for i in start)}]" if start else ""
        return Slice(label, tuple(c[0] if c else None for c in columns), tuple(lines))

    slices = tuple(tuple(table(i, j) for j in across) for i in down)
    return Grid(shape, axes(shape), slices)


def axes(shape: tuple[int, ...]) -> tuple[str, ...]:
    """A name for each dimension, with the way that it runs: ``dim 0 ↓ 2``, ``dim 1 → 3``."""
    ways = ("⇊", "⇉", "↓", "→")[4 - len(shape) :]
    return tuple(f"dim {d} {way} {n}" for d, (n, way) in enumerate(zip(shape, ways, strict=True)))


def shown(size: int, room: int, summarise: bool) -> list[int | None]:
    """The indices drawn along a dimension of ``size``, with None where the gap is."""
    if size <= 2 * EDGE or not (summarise or size > room):
        return list(range(size))
    return [*range(EDGE), None, *range(size - EDGE, size)]


def value_texts(values: Sequence[bool | int | float]) -> list[str]:
    """The values as cells show them: whole numbers in full, floats to four significant digits.

    Floats keep their point (``2.``), as in torch's own repr: it tells the two kinds apart.
    """
    floats = [v for v in values if isinstance(v, float) and math.isfinite(v)]
    whole = all(v == int(v) and abs(v) < 10_000 for v in floats)
    return [_text(value, whole) for value in values]


def _text(value: bool | int | float, whole: bool) -> str:
    if isinstance(value, float) and math.isfinite(value):
        sign = "−" if math.copysign(1, value) < 0 else ""
        return sign + (f"{abs(value):.0f}." if whole else f"{abs(value):#.4g}").replace("e-", "e−")
    return number(value) if isinstance(value, float) else str(value).replace("-", "−")


def values(tensor: torch.Tensor) -> list[bool | int | float]:
    """The values of ``tensor`` row by row; float8 and its kin as the floats that they stand for."""
    flat = tensor.detach().cpu().flatten()
    flat = flat.double() if flat.is_floating_point() else flat
    return flat.tolist()


def _cell(
    texts: dict[tuple[int, ...], str],
    shape: tuple[int, ...],
    start: tuple[int, ...],
    row: tuple[int, ...] | None,
    column: tuple[int, ...] | None,
) -> Cell | None:
    if row is None or column is None:
        return None
    index = start + row + column
    flat = 0
    for i, size in zip(index, shape, strict=True):
        flat = flat * size + i
    return Cell(texts[index], index, flat)


def _texts(tensor: torch.Tensor, drawn: list[list[int | None]]) -> dict[tuple[int, ...], str]:
    """Index to text, for the kept cells only: a million others are never looked at."""
    places = [[i for i in dim if i is not None] for dim in drawn]
    if tensor.is_meta:
        return dict.fromkeys(product(*places), "?")
    picked = tensor.detach()
    for dim, indices in enumerate(places):
        picked = picked.index_select(
            dim, torch.tensor(indices, dtype=torch.long, device=picked.device)
        )
    return dict(zip(product(*places), value_texts(values(picked)), strict=True))
