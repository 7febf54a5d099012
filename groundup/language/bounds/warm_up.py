"""What torch imports at its first use: done before a text runs, whose seconds it would take."""

from __future__ import annotations

import importlib
from functools import cache

import torch

LAZILY_IMPORTED = ("torch.distributions", "torch.func", "torch.utils.data", "torch._refs")


@cache
def warm_up() -> None:
    """Import all that a text may make torch import; once in a process.

    An import that a bound cut short would begin again with each text.
    """
    for name in LAZILY_IMPORTED:
        importlib.import_module(name)
    weight = torch.nn.Parameter(torch.zeros(1))
    weight.grad = torch.zeros_like(weight)
    for kind in (torch.optim.SGD, torch.optim.Adam):
        kind([weight]).step()
    # The first arithmetic on the meta device imports for a second.
    _ = torch.empty(1, device="meta").exp() * 2
    torch.linalg.matrix_norm(torch.empty(2, 2, device="meta"))
