"""How a tensor's indices become places in its storage: shape, strides, offset.

Source of the rules: torch's own notes on tensor views. A cell's place is
``offset + index[0] * strides[0] + index[1] * strides[1] + …``, counted in elements, not bytes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Shape = tuple[int, ...]


def contiguous_strides(shape: Shape) -> Shape:
    """Row-major strides: the last dimension moves by 1 (sizes of 0 count as 1, as in torch)."""
    strides: list[int] = []
    step = 1
    for size in reversed(shape):
        strides.insert(0, step)
        step *= max(size, 1)
    return tuple(strides)


@dataclass(frozen=True)
class Layout:
    """Sizes and strides of a tensor; without ``strides`` it is contiguous."""

    shape: Shape
    strides: Shape = ()

    def __post_init__(self) -> None:
        if len(self.strides) != len(self.shape):
            object.__setattr__(self, "strides", contiguous_strides(self.shape))

    @property
    def numel(self) -> int:
        """The number of cells: 1 for no dimensions, 0 where a size is 0."""
        return math.prod(self.shape)

    def transposed(self) -> Layout:
        """The layout of ``.mT``: the last two dimensions have changed places."""
        s, t = self.shape, self.strides
        return Layout((*s[:-2], s[-1], s[-2]), (*t[:-2], t[-1], t[-2]))


def place(index: Shape, strides: Shape, offset: int = 0) -> int:
    """The place of the cell ``index`` in the storage."""
    return offset + sum(i * s for i, s in zip(index, strides, strict=True))


def arithmetic(index: Shape, strides: Shape, offset: int = 0) -> str:
    """:func:`place` written out: ``1·4 + 2·1 = 6``."""
    terms = [f"{i}·{s}" for i, s in zip(index, strides, strict=True)]
    if offset:
        terms.insert(0, str(offset))
    return f"{' + '.join(terms) or '0'} = {place(index, strides, offset)}"


def index_at(flat: int, shape: Shape) -> Shape:
    """The index of the cell that is number ``flat`` when ``shape`` is counted row by row."""
    index: list[int] = []
    for size in reversed(shape):
        flat, rest = divmod(flat, size)
        index.insert(0, rest)
    return tuple(index)


def view_strides(layout: Layout, sizes: Shape) -> Shape | None:
    """Strides that read ``layout`` as ``sizes`` without moving a cell, or None if none do.

    Dimensions that lie densely one in the other form a block; each block must be cut into whole
    new dimensions. ``sizes`` must hold as many cells as ``layout``.
    """
    if layout.numel == 0:
        return layout.strides if sizes == layout.shape else contiguous_strides(sizes)
    blocks = _blocks(layout)
    strides: list[int] = []
    left, step = blocks.pop() if blocks else (1, 1)
    for size in reversed(sizes):
        while left == 1 and size > 1 and blocks:
            left, step = blocks.pop()
        if left % size:
            return None
        strides.insert(0, step)
        left, step = left // size, step * size
    return tuple(strides)


def _blocks(layout: Layout) -> list[tuple[int, int]]:
    """(cells, stride) of each run of dimensions that lie densely one in the other."""
    blocks: list[tuple[int, int]] = []
    for size, stride in zip(layout.shape, layout.strides, strict=True):
        if size == 1:
            continue
        if blocks and blocks[-1][1] == size * stride:
            blocks[-1] = (blocks[-1][0] * size, stride)
        else:
            blocks.append((size, stride))
    return blocks
