"""Which cells of the inputs make each cell of a result, found by letting torch move indices."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import torch

from groundup.shapes.budget import work
from groundup.shapes.factor_links import Sources, contracted, convolved, looked_up, windows
from groundup.shapes.rules import Question, judge
from groundup.shapes.torch_calls import call
from groundup.tensors.strides import Layout

MAX_CELLS = 150
"""Tensors with more cells than this are not linked cell by cell."""


def sources(q: Question, rows: torch.Tensor | None = None) -> Sources | None:
    """The cells that each result cell of ``q`` is made of; None if there are none, or too many.

    ``rows`` are the whole numbers that an embedding looks up; without them a counts from 0.
    """
    result = judge(q).result
    cells = math.prod(result or ())
    if result is None or max(q.a.numel, q.b.numel, cells, work(q, result) // 100) > MAX_CELLS:
        return None
    a = torch.arange(q.a.numel).reshape(q.a.shape)
    b = torch.arange(q.b.numel).reshape(q.b.shape)
    match q.op:
        case "@":
            links = _products(a, b)
        case "einsum":
            links = contracted(q)
        case "+" | "-" | "*" | "/":
            pair = a.broadcast_to(result), b.broadcast_to(result)
            links = [{"a": [i], "b": [j]} for i, j in zip(*map(_flat, pair), strict=True)]
        case "cat" | "stack":
            join = torch.cat if q.op == "cat" else torch.stack
            links = [
                {"a": [i]} if i < a.numel() else {"b": [i - a.numel()]}
                for i in _flat(join([a, b + a.numel()], dim=q.numbers[0]))
            ]
        case "sum" | "mean":
            links = [{"a": group} for group in _groups(a, q.numbers)]
        case "nn.Linear":
            links = _layer(a, q.numbers[1])
        case "nn.Conv2d":
            links = convolved(q, a)
        case "nn.MaxPool2d":
            links = [{"a": cells} for cells, _ in windows(a, *q.numbers)]
        case "nn.Embedding":
            links = looked_up(_flat(a % q.numbers[0] if rows is None else rows), q.numbers[1])
        case "cross_entropy":
            links = [{"a": _flat(a), "b": _flat(b)}]
        case _:
            # A view of a tensor that is turned may be impossible; a reshape picks the same cells.
            moved = replace(q, op="reshape") if q.op == "view" else q
            links = [{"a": [i]} for i in _flat(call(moved, a, b))]
    return links


def both_ways(
    by_result: Sources, result: str = "result"
) -> dict[str, dict[int, dict[str, list[int]]]]:
    """Links from each result cell to its sources, and from each source to the results it is in."""
    links: dict[str, dict[int, dict[str, list[int]]]] = {result: {}}
    for cell, parts in enumerate(by_result):
        links[result][cell] = parts
        for name, places in parts.items():
            for place in places:
                back = links.setdefault(name, {}).setdefault(place, {result: []})
                back[result].append(cell)
    return links


def _products(a: torch.Tensor, b: torch.Tensor) -> Sources:
    """Rows of ``a`` with columns of ``b``; a vector counts as one row, or as one column."""
    a = a.unsqueeze(0) if a.ndim == 1 else a
    b = b.unsqueeze(1) if b.ndim == 1 else b
    fronts = Layout(tuple(a.shape[:-2])), Layout(tuple(b.shape[:-2]))
    batch = judge(Question("+", *fronts)).result or ()
    rows = a.broadcast_to(*batch, *a.shape[-2:]).unsqueeze(-2)
    columns = b.broadcast_to(*batch, *b.shape[-2:]).mT.unsqueeze(-3)
    inner = a.shape[-1]
    shape = (*batch, a.shape[-2], b.shape[-1], inner)
    if not inner:
        return [{"a": [], "b": []} for _ in range(math.prod(shape[:-1]))]
    pairs = [side.broadcast_to(shape).reshape(-1, inner).tolist() for side in (rows, columns)]
    return [{"a": i, "b": j} for i, j in zip(*pairs, strict=True)]


def _layer(a: torch.Tensor, outputs: int) -> Sources:
    inputs = a.shape[-1]
    return [
        {"a": row, "weight": [o * inputs + i for i in range(inputs)], "bias": [o]}
        for row in a.reshape(-1, inputs).tolist()
        for o in range(outputs)
    ]


def _groups(a: torch.Tensor, dims: Sequence[int]) -> list[list[int]]:
    """The cells that are added together, one list for each cell of the sum."""
    gone = sorted({d % a.ndim for d in dims}) if dims and a.ndim else list(range(a.ndim))
    remaining = [d for d in range(a.ndim) if d not in gone]
    count = 1
    for d in remaining:
        count *= a.shape[d]
    if a.numel() == 0:
        return [[] for _ in range(count)]
    groups: list[list[int]] = a.permute((*remaining, *gone)).reshape(count, -1).tolist()
    return groups


def _flat(tensor: torch.Tensor) -> list[int]:
    flat: list[int] = tensor.flatten().tolist()
    return flat
