"""Chapter 5, PyTorch's tools: unseen inputs, and what is right for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch import nn

from groundup.course.tasks.chapter_4 import loop, trained
from groundup.course.tasks.drawn import Draw, Given, Unseen, tensor

# 5.2 nn.Linear


def _layer_sizes(draw: Draw) -> str:
    return f"i, o = {draw.randint(3, 5000)}, {draw.randint(3, 5000)}"


def _counted(given: Given) -> Mapping[str, Any]:
    return {"n": count(nn.Linear(given.i, given.o, device="meta"))}


def count(*layers: nn.Module) -> int:
    """How many parameters the layers have, by torch."""
    return sum(p.numel() for layer in layers for p in layer.parameters())


# 5.3 nn.Module


def _layer_values(draw: Draw) -> str:
    n, i, o = draw.randint(2, 4), *draw.sample(range(2, 6), 2)
    x, weight, bias = tensor(draw, n, i), tensor(draw, o, i), tensor(draw, o)
    return f"x = {x}\nweight = {weight}\nbias = {bias}"


def _model_of(given: Given) -> Mapping[str, Any]:
    """What ``nn.Linear`` makes of the same numbers."""
    o, i = given.weight.shape
    layer = nn.Linear(i, o)
    with torch.no_grad():
        layer.weight.copy_(given.weight)
        layer.bias.copy_(given.bias)
    shapes = sorted(tuple(p.shape) for p in layer.parameters())
    return {"shapes": shapes, "y_hat": layer(given.x)}


def _steady_model_of(given: Given) -> Mapping[str, Any]:
    right = _model_of(given)
    return {**right, "again": right["y_hat"]}


def _learning_model_of(given: Given) -> Mapping[str, Any]:
    return {**_model_of(given), "all_have_a_grad": True}


# 5.4 Adam


def _training(draw: Draw) -> str:
    return (
        f"torch.manual_seed({draw.randint(1, 99)})\n"
        "X, y = torch.randn(12, 2), torch.randn(12, 1)\n"
        "model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))\n"
        f"lr, steps = {draw.choice([0.03, 0.05, 0.2])}, {draw.randint(5, 12)}"
    )


Optimizer = Callable[[Iterable[nn.Parameter], float], torch.optim.Optimizer]


def _stepped_by(make: Optimizer) -> Callable[[Given], Mapping[str, Any]]:
    """Where torch's own optimizer brings the model of the case."""

    def learned(given: Given) -> Mapping[str, Any]:
        optimizer = make(given.model.parameters(), given.lr)
        for _ in range(given.steps):
            optimizer.zero_grad()
            loss: Any = nn.functional.mse_loss(given.model(given.X), given.y)
            loss.backward()
            optimizer.step()
        parts = [p.detach().flatten() for p in given.model.parameters()]
        return {"learned": torch.cat(parts)}

    return learned


# 5.5 Why bend it?


def _two_layers(draw: Draw) -> str:
    i, h, o = draw.sample(range(2, 6), 3)
    first = f"W1, b1 = {tensor(draw, h, i)}, {tensor(draw, h)}"
    return f"{first}\nW2, b2 = {tensor(draw, o, h)}, {tensor(draw, o)}"


def _merged(given: Given) -> Mapping[str, Any]:
    """The slopes and the height of the two layers at 0, by torch: all that a linear one has."""

    def both(x: torch.Tensor) -> torch.Tensor:
        between = nn.functional.linear(x, given.W1, given.b1)
        return nn.functional.linear(between, given.W2, given.b2)

    zeros = torch.zeros(given.W1.shape[1])
    return {"W": torch.func.jacrev(both)(zeros), "b": both(zeros)}


_SQUARE = """\
W1, b1 = torch.tensor([[1.0, 2.0], [3.0, 5.0]]), torch.tensor([1.0, -1.0])
W2, b2 = torch.tensor([[0.0, 1.0], [2.0, -1.0]]), torch.tensor([0.5, 2.0])"""

# 5.6 A small network


def _scores(draw: Draw) -> str:
    n, classes = draw.randint(8, 12), draw.randint(2, 4)
    y = [draw.randrange(classes) for _ in range(n)]
    return f"scores = {tensor(draw, n, classes)}\ny = torch.tensor({y})"


def _share(given: Given) -> Mapping[str, Any]:
    rows = zip(given.scores.tolist(), given.y.tolist(), strict=True)
    return {"share": sum(row.index(max(row)) == right for row, right in rows) / len(given.y)}


UNSEEN = {
    "three-lines": Unseen(loop, trained, draws=4),
    "count-linear": Unseen(_layer_sizes, _counted, exact=True),
    "model-class": Unseen(_layer_values, _steady_model_of, draws=4),
    "own-linear": Unseen(_layer_values, _learning_model_of, draws=4),
    "own-sgd": Unseen(
        _training, _stepped_by(lambda p, lr: torch.optim.SGD(p, lr=lr)), tolerance=1e-5, draws=3
    ),
    "own-adam": Unseen(
        _training, _stepped_by(lambda p, lr: torch.optim.Adam(p, lr=lr)), tolerance=1e-5, draws=3
    ),
    "merge": Unseen(_two_layers, _merged, (_SQUARE,)),
    "accuracy": Unseen(_scores, _share),
}
