"""Chapter 1, tensors: unseen inputs, and what is right for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from groundup.course.tasks.drawn import Draw, Given, Unseen, tensor
from groundup.engine.snapshot import number

# 1.1 One tensor


def _sizes(draw: Draw) -> str:
    rows = draw.randint(2, 6)
    return f"rows, columns = {rows}, {rows + draw.randint(1, 3)}"


def _zeros(given: Given) -> Mapping[str, Any]:
    return {"t": torch.zeros(given.rows, given.columns)}


def _any_shape(draw: Draw) -> str:
    sizes = [draw.randint(2, 4) for _ in range(draw.choice([1, 2, 3]))]
    return f"t = torch.rand({', '.join(map(str, sizes))})"


def _how_many(given: Given) -> Mapping[str, Any]:
    return {"n": len(given.t.flatten())}


def _range(draw: Draw) -> str:
    low = round(draw.uniform(-5, 2), 1)
    high = round(low + draw.uniform(1.2, 6), 1)
    rows, columns = draw.randint(21, 30), draw.randint(31, 40)
    return f"low, high, rows, columns = {low}, {high}, {rows}, {columns}"


def _random_faults(given: Given, made: Given) -> str:
    """A sample of so many numbers reaches both ends, and its mean lies in the middle."""
    t = made.t.value
    if made.t.kind != "tensor" or t is None or tuple(t.shape) != (given.rows, given.columns):
        return f"`t` must be a tensor of shape ({given.rows}, {given.columns})."
    low, high, width = t.min().item(), t.max().item(), given.high - given.low
    reach = f"`t` reaches from {number(low)} to {number(high)}"
    few = t.numel() < 100  # so few numbers need not reach far
    if low < given.low or high > given.high or (not few and high - low < 0.9 * width):
        return f"{reach}; {number(given.low)} to {number(given.high)} is wanted."
    if high - low < 0.1 * width:
        return f"{reach}: all numbers are nearly equal."
    away = abs(t.mean().item() - (given.low + given.high) / 2)
    return "" if few or away < 0.1 * width else f"{reach}, and not all places are as likely."


def _template(draw: Draw) -> str:
    dtype = draw.choice(["int64", "float64", "float32", "float16"])
    sizes = draw.randint(1, 3), draw.randint(1, 4)
    return f"template = {tensor(draw, *sizes)}.to(torch.{dtype})"


def _sevens(given: Given) -> Mapping[str, Any]:
    return {"t": torch.zeros_like(given.template) + 7}


# 1.2 Shapes that fit


def _vector(draw: Draw) -> str:
    return f"v = {tensor(draw, draw.randint(2, 6))}"


def _column(given: Given) -> Mapping[str, Any]:
    return {"c": torch.stack([given.v]).T}


def _two_tables(draw: Draw) -> str:
    n, k, m = draw.sample(range(2, 6), 3)
    return f"X = {tensor(draw, n, k)}\nW = {tensor(draw, m, k)}"


def _row_products(given: Given) -> Mapping[str, Any]:
    return {"y": torch.einsum("nk,mk->nm", given.X, given.W)}


# 1.3 Stretched shapes


def _table_and_column(draw: Draw) -> str:
    n, m = draw.sample(range(2, 6), 2)
    return f"t = {tensor(draw, n, m)}\nr = {tensor(draw, n)}"


def _row_bonus(given: Given) -> Mapping[str, Any]:
    return {"u": torch.stack([row + x for row, x in zip(given.t, given.r, strict=True)])}


def _two_vectors(draw: Draw) -> str:
    n, m = draw.sample(range(2, 6), 2)
    return f"a = {tensor(draw, n)}\nb = {tensor(draw, m)}"


def _products(given: Given) -> Mapping[str, Any]:
    return {"p": torch.tensor([[x * y for y in given.b] for x in given.a])}


def _table(draw: Draw) -> str:
    return f"t = {tensor(draw, *draw.sample(range(2, 6), 2))}"


def _centred(given: Given) -> Mapping[str, Any]:
    return {"c": torch.stack([column - sum(column) / len(column) for column in given.t.T]).T}


# 1.4 Small enough steps


def _whole_numbers(draw: Draw) -> str:
    return f"start = {[draw.randint(2, 9) for _ in range(draw.randint(2, 4))]}"


def _nudge_faults(given: Given, made: Given) -> str:
    """Which dtype it has is free, as long as it holds what arrives."""
    w, wanted = made.w.value, torch.tensor(given.start, dtype=torch.float64) + 0.01
    if made.w.kind != "tensor" or w is None or w.shape != wanted.shape:
        return f"`w` must be a tensor of {len(given.start)} numbers."
    if torch.allclose(w.double(), wanted, rtol=0, atol=5e-5):
        return ""
    place = int((w.double() - wanted).abs().argmax())
    came, right = w[place].item(), wanted[place].item()
    return f"{given.start[place]} became {came:g}; {right:g} is right."


UNSEEN = {
    "zeros-table": Unseen(_sizes, _zeros),
    "how-many": Unseen(
        _any_shape,
        _how_many,
        ("t = torch.rand(3)", "t = torch.rand(2, 3, 4)", "t = torch.rand(3, 2)"),
    ),
    "random-between": Unseen(_range, names=("t",), faults=_random_faults),
    "sevens-like": Unseen(
        _template, _sevens, ("template = torch.tensor([1.5, 2.5], dtype=torch.float64)",)
    ),
    "column": Unseen(_vector, _column),
    "fit-product": Unseen(
        _two_tables,
        _row_products,
        ("X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])\nW = torch.tensor([[0.0, 1.0], [4.0, 9.0]])",),
    ),
    "row-bonus": Unseen(
        _table_and_column,
        _row_bonus,
        ("t = torch.tensor([[0.0, 1.0], [2.0, 3.0]])\nr = torch.tensor([10.0, 20.0])",),
    ),
    "times-table": Unseen(
        _two_vectors,
        _products,
        ("a = torch.tensor([1.0, 2.0, 3.0])\nb = torch.tensor([4.0, 5.0, 6.0])",),
    ),
    "centre": Unseen(_table, _centred, ("t = torch.tensor([[0.0, 1.0], [4.0, 9.0]])",)),
    "nudge": Unseen(_whole_numbers, names=("w",), faults=_nudge_faults),
}
