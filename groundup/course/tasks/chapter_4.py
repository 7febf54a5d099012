"""Chapter 4, the training loop: unseen inputs, and what is right for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

from groundup.course.tasks.drawn import Draw, Given, Unseen, tensor

# 4.1 Guess and score


def _guesses(draw: Draw) -> str:
    n = draw.randint(2, 6)
    return f"y_hat = {tensor(draw, n, 1)}\ny = {tensor(draw, n, 1)}"


def _mse(given: Given) -> Mapping[str, Any]:
    return {"loss": nn.MSELoss()(given.y_hat, given.y)}


# 4.2 The five steps


def _few_examples(draw: Draw) -> str:
    n = draw.randint(3, 6)
    w, b = round(draw.uniform(-2, 2), 1), round(draw.uniform(-2, 2), 1)
    return f"x = {tensor(draw, n)}\ny = {tensor(draw, n)}\nw, b = {w}, {b}"


def _gradients(given: Given) -> Mapping[str, Any]:
    w, b = (torch.tensor(value, requires_grad=True) for value in (given.w, given.b))
    dw, db = torch.autograd.grad(nn.functional.mse_loss(w * given.x + b, given.y), (w, b))
    return {"dw": dw, "db": db}


def line(draw: Draw, n: int, y: str = "y") -> str:
    """Examples of a line, as a program draws them."""
    w, b = round(draw.uniform(-3, 3), 1), round(draw.uniform(-3, 3), 1)
    seed = f"torch.manual_seed({draw.randint(1, 99)})"
    data = f"X = torch.randn({n}, 1)\n{y} = {w} * X + {b} + 0.1 * torch.randn({n}, 1)"
    return f"{seed}\n{data}"


def _start(draw: Draw, epochs: int) -> str:
    w, b = round(draw.uniform(-2, 2), 1), round(draw.uniform(-2, 2), 1)
    return f"w0, b0 = {w}, {b}\nrate, epochs = {draw.choice([0.05, 0.1])}, {epochs}"


def loop(draw: Draw) -> str:
    """What a training loop begins with."""
    return f"{line(draw, draw.randint(20, 40))}\n{_start(draw, draw.randint(6, 12))}"


def trained(given: Given) -> Mapping[str, Any]:
    """Where torch's own optimizer and layer end after all epochs."""
    return _trained(given, given.y.reshape(-1, 1), len(given.X))


def _trained(given: Given, y: torch.Tensor, size: int) -> Mapping[str, Any]:
    layer = nn.Linear(1, 1)
    nn.init.constant_(layer.weight, given.w0)
    nn.init.constant_(layer.bias, given.b0)
    optimizer = torch.optim.SGD(layer.parameters(), lr=given.rate)
    for _ in range(given.epochs):
        for some_x, some_y in zip(*(torch.split(t, size) for t in (given.X, y)), strict=True):
            optimizer.zero_grad()
            loss: Any = nn.functional.mse_loss(layer(some_x), some_y)
            loss.backward()
            optimizer.step()
    return {"w": layer.weight.item(), "b": layer.bias.item()}


# 4.4 Break it


def _flat(draw: Draw) -> str:
    lines = line(draw, draw.randint(20, 40)).split("\n")
    return "\n".join([*lines, "y = y.flatten()", _start(draw, 12)])


# 4.5 A few at a time


def _in_batches(draw: Draw) -> str:
    n, size = draw.randint(20, 30), draw.choice([3, 4, 7])
    return f"{line(draw, n)}\n{_start(draw, 2)}\nsize = {size}"


def _batched(given: Given) -> Mapping[str, Any]:
    return _trained(given, given.y, given.size)


def _parts(draw: Draw) -> str:
    parts, size = draw.randint(2, 5), draw.randint(2, 6)
    start = round(draw.uniform(-2, 2), 1)
    return f"{line(draw, parts * size)}\nparts, size = {parts}, {size}\nw0 = {start}"


def _whole_gradient(given: Given) -> Mapping[str, Any]:
    w = torch.tensor([[given.w0]], requires_grad=True)
    return {"g": torch.autograd.grad(nn.functional.mse_loss(given.X @ w, given.y), w)[0]}


UNSEEN = {
    "mse": Unseen(_guesses, _mse),
    "order": Unseen(loop, trained, draws=4),
    "gradients-by-hand": Unseen(_few_examples, _gradients),
    "whole-loop": Unseen(loop, trained, draws=4),
    "missing-line": Unseen(loop, trained, draws=4),
    "flat-line": Unseen(_flat, trained, draws=4),
    "stale-guess": Unseen(loop, trained, draws=4),
    "batches": Unseen(_in_batches, _batched, draws=4),
    "add-batches": Unseen(_parts, _whole_gradient),
}
