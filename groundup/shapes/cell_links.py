"""Which cells of the inputs make each cell of a result, found by letting torch move indices."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

from groundup.shapes.rules import Question, judge
from groundup.tensors.grid import value_texts, values
from groundup.tensors.strides import Layout

MAX_CELLS = 150
"""Tensors with more cells than this are not linked cell by cell."""
MAX_TERMS = 6

Sources = list[dict[str, list[int]]]
"""For each cell of the result, in order: input name to flat places there."""


def sources(q: Question) -> Sources | None:
    """The cells that each result cell of ``q`` is made of; None if there are none, or too many."""
    result = judge(q).result
    if result is None or max(q.a.numel, q.b.numel, math.prod(result)) > MAX_CELLS:
        return None
    a = torch.arange(q.a.numel).reshape(q.a.shape)
    b = torch.arange(q.b.numel).reshape(q.b.shape)
    match q.op:
        case "@":
            links = _products(a, b)
        case "+" | "-" | "*":
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
        case "reshape" | "view":
            links = [{"a": [i]} for i in _flat(a.reshape(q.numbers))]
        case _:
            links = [{"a": [i]} for i in _flat(getattr(a, q.op)(*_dims(q)))]
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


def notes(q: Question, links: Sources, tensors: dict[str, torch.Tensor]) -> list[str]:
    """For each cell of the result, how its number comes about: ``1 × 2 + 3 × 4 = 14``."""
    texts = {
        name: [text.removesuffix(".") for text in value_texts(values(tensor))]
        for name, tensor in tensors.items()
    }
    return [
        f"{_working(q, parts, texts)} = {texts['result'][cell]}" for cell, parts in enumerate(links)
    ]


def _working(q: Question, parts: dict[str, list[int]], texts: dict[str, list[str]]) -> str:
    picked = {name: [texts[name][place] for place in places] for name, places in parts.items()}
    if q.op in {"@", "nn.Linear"}:
        other = picked["b"] if q.op == "@" else picked["weight"]
        terms = [f"{x} × {y}" for x, y in zip(picked["a"], other, strict=True)]
        return _sum(terms + picked.get("bias", []))
    if q.op in {"+", "-", "*"}:
        return f"{picked['a'][0]} {q.op.replace('*', '×').replace('-', '−')} {picked['b'][0]}"
    if q.op == "mean":
        return f"({_sum(picked['a'])}) ÷ {len(picked['a'])}"
    if q.op == "sum":
        return _sum(picked["a"])
    name = next(iter(parts))
    return f"cell {parts[name][0]} of {name}, counted row by row,"


def _sum(terms: list[str]) -> str:
    shown = [*terms[: MAX_TERMS - 1], "…", terms[-1]] if len(terms) > MAX_TERMS else terms
    return " + ".join(shown) or "nothing to add"


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


def _dims(q: Question) -> tuple[object, ...]:
    return (q.numbers,) if q.op == "permute" else q.numbers


def _flat(tensor: torch.Tensor) -> list[int]:
    flat: list[int] = tensor.flatten().tolist()
    return flat
