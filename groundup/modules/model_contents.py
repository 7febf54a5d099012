"""What a model holds, as plain data: parameters, layers, outputs; and its file, out and back."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import nn

FILE = "model.pt"
"""What a saved model's file is called."""
BINS = 24


@dataclass(frozen=True)
class ParameterFacts:
    """One named parameter; ``grad_norm`` is None where it has no gradient."""

    name: str
    shape: tuple[int, ...]
    count: int
    requires_grad: bool
    norm: float
    grad_norm: float | None


@dataclass(frozen=True)
class Layer:
    """A module in the tree: its dotted name (empty for the root), class, details, parameters."""

    name: str
    kind: str
    details: str
    count: int


@dataclass(frozen=True)
class Output:
    """What one layer gave: its shape, and how its numbers are distributed.

    ``edges`` has one number more than ``counts``; ``zeros`` is the share that is exactly 0,
    ``broken`` the share that is not finite: of the others the rest is said.
    """

    name: str
    shape: tuple[int, ...]
    mean: float
    std: float
    zeros: float
    broken: float
    edges: list[float]
    counts: list[int]


def parameters(model: nn.Module) -> list[ParameterFacts]:
    """Every named parameter of ``model``, in its order."""
    return [
        ParameterFacts(
            name,
            tuple(p.shape),
            p.numel(),
            p.requires_grad,
            p.detach().norm().item(),
            None if p.grad is None else p.grad.norm().item(),
        )
        for name, p in model.named_parameters()
    ]


def counted(facts: Sequence[ParameterFacts]) -> tuple[int, int]:
    """How many numbers the parameters ``facts`` have, and how many of those learn."""
    return sum(h.count for h in facts), sum(h.count for h in facts if h.requires_grad)


@dataclass(frozen=True)
class Answers:
    """What a model said about each example when asked twice; ``gap``: the largest difference."""

    pairs: list[tuple[float, float]]
    gap: float


def answers(once: torch.Tensor, again: torch.Tensor) -> Answers:
    """The answers ``once`` and ``again``, side by side."""
    pairs = list(zip(once.tolist(), again.tolist(), strict=True))
    return Answers(pairs, (once - again).abs().max().item())


def layers(model: nn.Module) -> list[Layer]:
    """The tree of ``model``: each module after its parent."""
    return [
        Layer(
            name,
            type(module).__name__,
            module.extra_repr(),
            sum(p.numel() for p in module.parameters()),
        )
        for name, module in model.named_modules()
    ]


def output(name: str, values: torch.Tensor) -> Output:
    """How the numbers that the layer ``name`` gave are distributed, in :data:`BINS` bins."""
    every = values.detach().flatten().cpu()
    # In float64 the distance between two finite float32s is finite too.
    flat = every[every.isfinite()].double()
    low, high = (flat.min().item(), flat.max().item()) if len(flat) else (0.0, 0.0)
    if low == high:
        low, high = low - 0.5, high + 0.5
    return Output(
        name,
        tuple(values.shape),
        flat.mean().item(),
        flat.std(correction=0).item() if len(flat) else math.nan,
        (every == 0).float().mean().item(),
        1 - len(flat) / len(every),
        torch.linspace(low, high, BINS + 1, dtype=torch.float64).tolist(),
        torch.histc(flat, BINS, low, high).int().tolist(),
    )


def saved(model: nn.Module) -> bytes:
    """The ``state_dict`` of ``model`` as ``torch.save`` writes it."""
    file = io.BytesIO()
    torch.save(model.state_dict(), file)
    return file.getvalue()
