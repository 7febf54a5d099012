"""What a tensor looks like at one moment, as plain data that outlives the tensor's next change."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch


@dataclass(frozen=True)
class Snapshot:
    """A variable at one moment.

    ``grad`` is None where the tensor has none, which is not the same as ``"0"``; the fields from
    ``requires_grad`` on are None where the variable is no tensor.
    """

    name: str
    value: str
    grad: str | None = None
    shape: tuple[int, ...] | None = None
    dtype: str | None = None
    device: str | None = None
    requires_grad: bool | None = None
    is_leaf: bool | None = None
    grad_fn: str | None = None
    retains_grad: bool | None = None
    version: int | None = None


def snapshot(name: str, value: Any) -> Snapshot:
    """Describe ``value`` (a tensor, a number, anything with a repr) under ``name``."""
    if not isinstance(value, torch.Tensor):
        text = number(value) if isinstance(value, float) else repr(value)
        return Snapshot(name, text if len(text) <= 60 else text[:57] + "...")
    # Asking a non-leaf for its grad makes torch warn.
    has_grad = value.is_leaf or value.retains_grad
    return Snapshot(
        name=name,
        value=brief(value),
        grad=brief(value.grad) if has_grad and value.grad is not None else None,
        shape=tuple(value.shape),
        dtype=str(value.dtype).removeprefix("torch."),
        device=str(value.device),
        requires_grad=value.requires_grad,
        is_leaf=value.is_leaf,
        grad_fn=value.grad_fn.name().removesuffix("0") if value.grad_fn else None,
        retains_grad=value.retains_grad,
        # Inference tensors do not track their version, and raise when asked for it.
        version=None if value.is_inference() else value._version,
    )


def brief(tensor: torch.Tensor, max_numbers: int = 1) -> str:
    """The first ``max_numbers`` values of ``tensor``: ``1.5``, or ``0.1, … (50)``.

    Where several stand in more than one dimension, how they do: ``0.1, … (50×1)``.
    """
    if tensor.is_meta:
        return "no values: device meta"
    values = tensor.detach().flatten()[:max_numbers].tolist()
    shown = ", ".join(number(v) if isinstance(v, float) else str(v) for v in values)
    every = tensor.numel() <= max_numbers
    if every and (tensor.numel() <= 1 or tensor.dim() == 1):
        return shown
    sizes = "×".join(f"{size:,}" for size in tensor.shape)
    return f"{shown} ({sizes})" if every else f"{shown}, … ({sizes})"


def number(value: float, digits: int = 4) -> str:
    """``value`` to ``digits`` significant digits, with NaN and ∞ by name and a real minus sign.

    >>> number(1.99193), number(-0.00001), number(float("inf"))
    ('1.992', '−1e-05', '∞')
    """
    if math.isnan(value):
        return "NaN"
    text = "∞" if math.isinf(value) else f"{abs(value):.{digits}g}"
    return "−" + text if value < 0 else text
