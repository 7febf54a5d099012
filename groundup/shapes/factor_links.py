"""Which cells are multiplied, compared or looked up: those of einsum and of layers."""

from __future__ import annotations

import math

import torch
from torch.nn import functional

from groundup.shapes.einsum import read_equation
from groundup.shapes.rules import Question, judge
from groundup.tensors.strides import Layout

Sources = list[dict[str, list[int]]]
"""For each cell of the result, in order: input name to flat places there."""


def contracted(q: Question) -> Sources:
    """For each cell of an einsum, the places of its factors: every letter is a coordinate."""
    equation = read_equation(q.spec)
    sizes = {
        letter: max(part.a or 0, part.b or 0)
        for letter, part in zip(equation.letters, judge(q).parts, strict=True)
    }
    every = tuple(sizes.values())
    cells = math.prod(sizes[letter] for letter in equation.result)
    inner = math.prod(every) // max(cells, 1)
    links: Sources = [{} for _ in range(cells)]
    for name, letters, layout in (("a", equation.a, q.a), ("b", equation.b or "", q.b)):
        if name == "b" and equation.b is None:
            continue
        places = torch.zeros(every, dtype=torch.int64)
        for letter, size, stride in zip(
            letters, layout.shape, Layout(layout.shape).strides, strict=True
        ):
            if size > 1:
                places += _coordinate(list(sizes), letter, size) * stride
        for parts, group in zip(links, places.reshape(cells, inner).tolist(), strict=True):
            parts[name] = group
    return links


def _coordinate(letters: list[str], letter: str, size: int) -> torch.Tensor:
    """0, 1, 2, … along the dimension of ``letter``, 1 wide along all others."""
    return torch.arange(size).reshape([size if one == letter else 1 for one in letters])


def windows(
    a: torch.Tensor, kernel: int, stride: int, padding: int
) -> list[tuple[list[int], list[int]]]:
    """For each place of a window in each channel: the cells in it, and their places in it."""
    marked = functional.pad(a.double(), [padding] * 4, value=-1.0)
    cut = marked.unfold(-2, kernel, stride).unfold(-2, kernel, stride)
    every: list[list[float]] = cut.reshape(-1, kernel * kernel).tolist()
    return [
        ([int(i) for i in window if i >= 0], [at for at, i in enumerate(window) if i >= 0])
        for window in every
    ]


def convolved(q: Question, a: torch.Tensor) -> Sources:
    """Cells of all channels under the window, with the weights of the output's kernel."""
    inputs, outputs, kernel, stride, padding = q.numbers
    links: Sources = []
    for picture in a.reshape(math.prod(a.shape[:-3]), *a.shape[-3:]):
        every = windows(picture, kernel, stride, padding)
        places = len(every) // inputs
        links += [
            {"bias": [out]} | _seen(every[place::places], out * inputs * kernel**2, kernel**2)
            for out in range(outputs)
            for place in range(places)
        ]
    return links


def _seen(
    channels: list[tuple[list[int], list[int]]], first: int, area: int
) -> dict[str, list[int]]:
    """The cells of all ``channels`` under a window, and the weights, which begin at ``first``."""
    return {
        "a": [i for cells, _ in channels for i in cells],
        "weight": [first + c * area + at for c, (_, ats) in enumerate(channels) for at in ats],
    }


def looked_up(rows: list[int], width: int) -> Sources:
    """The cells of the ``rows`` that were picked from a table as wide as ``width``."""
    return [
        {"a": [place], "weight": [row * width + column]}
        for place, row in enumerate(rows)
        for column in range(width)
    ]
