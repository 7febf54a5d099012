"""Chapter 6, a large language model: unseen inputs, and what is right for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

from groundup.course.tasks.chapter_4 import line
from groundup.course.tasks.chapter_5 import count
from groundup.course.tasks.drawn import Draw, Given, Unseen, tensor
from groundup.engine.snapshot import number

# 6.1 Inside a transformer


def _block(draw: Draw) -> str:
    hidden = draw.randint(2, 4)
    intermediate = draw.randint(hidden + 1, 6)
    first = f"W1, b1 = {tensor(draw, intermediate, hidden)}, {tensor(draw, intermediate)}"
    second = f"W2, b2 = {tensor(draw, hidden, intermediate)}, {tensor(draw, hidden)}"
    return f"x = {tensor(draw, 2, hidden)}\n{first}\n{second}"


def _fed_forward(given: Given) -> Mapping[str, Any]:
    between = nn.functional.gelu(nn.functional.linear(given.x, given.W1, given.b1))
    made = given.W1, given.b1, given.W2, given.b2
    y = nn.functional.linear(between, given.W2, given.b2)
    return {"shapes": sorted(tuple(p.shape) for p in made), "y": y}


# 6.2 From 2 to 8 billion


def parameters(hidden: int, intermediate: int) -> int:
    """How many parameters the feed-forward network has, by torch."""
    layers = ((hidden, intermediate), (intermediate, hidden))
    return count(*(nn.Linear(*sizes, device="meta") for sizes in layers))


def _budget(draw: Draw) -> str:
    hidden, intermediate = draw.randint(8, 64), draw.randint(8, 200)
    spare = draw.choice([0, 1, hidden, 2 * hidden])
    return f"hidden, budget = {hidden}, {parameters(hidden, intermediate) + spare}"


def _widest(given: Given) -> Mapping[str, Any]:
    """By halving, and by counting what torch makes."""
    fits, too_wide = 0, given.budget
    while too_wide - fits > 1:
        middle = (fits + too_wide) // 2
        if parameters(given.hidden, middle) <= given.budget:
            fits = middle
        else:
            too_wide = middle
    return {"intermediate": fits}


# 6.3 The same loop


def _line(draw: Draw) -> str:
    return f"{line(draw, draw.randint(20, 40), 'y_true')}\nepochs = 200"


def _line_faults(given: Given, made: Given) -> str:
    """The loss is near that of least squares, and the line near its line."""
    ends = made.at_0_and_1.value
    if ends is None or made.at_0_and_1.kind != "tensor" or tuple(ends.shape) != (2, 1):
        return "`model` must give one number for each example."
    bias, weight = ends[0].item(), (ends[1] - ends[0]).item()
    inputs = torch.cat([given.X, torch.ones_like(given.X)], 1)
    best = torch.linalg.lstsq(inputs, given.y_true).solution
    least = nn.functional.mse_loss(inputs @ best, given.y_true).item()
    loss = nn.functional.mse_loss(given.X * weight + bias, given.y_true).item()
    if loss < least + 0.01:
        return ""
    return f"The loss ends at {number(loss, 3)}. For these examples {number(least, 3)} is possible."


UNSEEN = {
    "ffn-class": Unseen(_block, _fed_forward, draws=4),
    "ffn-budget": Unseen(
        _budget,
        _widest,
        ("hidden, budget = 64, 6513", "hidden, budget = 16, 676"),
        exact=True,
    ),
    "last-block": Unseen(_line, names=("at_0_and_1",), faults=_line_faults, draws=2),
}
