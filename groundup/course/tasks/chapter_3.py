"""Chapter 3, the graph: unseen inputs, and what is right for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from groundup.course.tasks.chapter_2 import slope_of
from groundup.course.tasks.drawn import Draw, Given, Unseen
from groundup.engine.snapshot import number

# 3.1 What PyTorch writes down


def _leaves(draw: Draw) -> str:
    values = draw.sample(range(2, 10), 3)
    made = (
        f"{n} = torch.tensor({v}.0, requires_grad=True)" for n, v in zip("abx", values, strict=True)
    )
    return "\n".join(made)


def _graph_faults(given: Given, made: Given) -> str:
    """The number, and which operations autograd wrote down for it."""
    z, right = made.z, given.x.item() * (given.a.item() + given.b.item())
    if z.kind != "tensor" or z.value is None or z.value.numel() != 1:
        return "`z` must be a tensor with one number."
    if abs(z.value.item() - right) > 1e-4 * right:
        return f"`z` is {number(z.value.item())}; right is {number(right)}."
    if not z.made_by:
        return "The number is right, but no operation was written down: `z.grad_fn` is None."
    last, *before = z.made_by
    if last != "MulBackward0":
        return f"The number is right, but `z.grad_fn` is `{last}`, and × must come last."
    if before != ["AccumulateGrad", "AddBackward0"]:
        return "The number is right, but × does not get x and a sum that both leaves lead to."
    return ""


# 3.2 Who is to blame?


def _three(draw: Draw) -> str:
    w, y = round(draw.uniform(-3, 3), 1), round(draw.uniform(-3, 3), 1)
    return f"w, x, y = {w}, {round(draw.uniform(1.5, 3), 1)}, {y}"


def _chained(given: Given) -> Mapping[str, Any]:
    return {"g": slope_of(lambda w: (w * given.x - given.y) ** 2, given.w)}


# 3.3 Ways out


def _start_and_rate(draw: Draw) -> str:
    return f"start, rate = {round(draw.uniform(2, 5), 1)}, {draw.choice([0.05, 0.2, 0.3])}"


def _updated(given: Given) -> Mapping[str, Any]:
    moved = given.start - given.rate * 2 * (given.start - 1)
    return {"w_is_the_same": True, "w_is_a_watched_leaf": True, "w": torch.tensor(moved)}


def _start_and_x(draw: Draw) -> str:
    return f"start, x = {round(draw.uniform(1, 3), 1)}, {round(draw.uniform(2, 4), 1)}"


def _held(given: Given) -> Mapping[str, Any]:
    fixed = given.start + 1
    return {"g": 2 * (given.start * given.x - fixed) * given.x}


def _start_and_xs(draw: Draw) -> str:
    xs = [round(draw.uniform(-3, 3), 1) for _ in range(draw.randint(2, 5))]
    return f"start, xs = {round(draw.uniform(0.2, 2), 1)}, {xs}"


def _total(given: Given) -> Mapping[str, Any]:
    return {"total": float(sum((given.start * x - 1) ** 2 for x in given.xs))}


UNSEEN = {
    "build": Unseen(_leaves, names=("z",), faults=_graph_faults),
    "chain-by-hand": Unseen(_three, _chained),
    "update-leaf": Unseen(_start_and_rate, _updated),
    "hold-fixed": Unseen(_start_and_x, _held),
    "plain-total": Unseen(_start_and_xs, _total, exact=True),
}
