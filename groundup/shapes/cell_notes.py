"""How the number in each cell of a result comes about, written out."""

from __future__ import annotations

from collections.abc import Callable

import torch

from groundup.shapes.factor_links import Sources
from groundup.shapes.rules import ELEMENTWISE, Question
from groundup.tensors.grid import value_texts, values

MAX_TERMS = 6


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
    if q.op in {"@", "einsum", "nn.Linear", "nn.Conv2d"}:
        others = [picked[name] for name in ("a", "b", "weight") if name in picked]
        terms = [" × ".join(factors) for factors in zip(*others, strict=True)]
        return _sum(terms + picked.get("bias", []))
    if q.op in ELEMENTWISE:
        return f"{picked['a'][0]} {SIGNS[q.op]} {picked['b'][0]}"
    if q.op in _OF_MANY:
        return _OF_MANY[q.op](picked["a"])
    if q.op == "nn.Embedding":
        return f"row {picked['a'][0]} of the table, column {parts['weight'][0] % q.numbers[1]},"
    name = next(iter(parts))
    return f"cell {parts[name][0]} of {name}, counted row by row,"


def _sum(terms: list[str]) -> str:
    shown = [*terms[: MAX_TERMS - 1], "…", terms[-1]] if len(terms) > MAX_TERMS else terms
    return " + ".join(shown) or "nothing to add"


SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_OF_MANY: dict[str, Callable[[list[str]], str]] = {
    "sum": _sum,
    "mean": lambda cells: f"({_sum(cells)}) ÷ {len(cells)}",
    "nn.MaxPool2d": lambda cells: (
        f"the largest of {', '.join(cells[:MAX_TERMS])}" + ", …" * (len(cells) > MAX_TERMS)
    ),
    "cross_entropy": lambda cells: "the mean of −log softmax(a) at the classes in b",
}
