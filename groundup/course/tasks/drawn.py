"""What the check of a task runs: programs with inputs that were not shown, and what is right."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, NamedTuple

import torch

from groundup.engine.execution import EXECUTION_LOCK, TorchState

Draw = random.Random
Given = SimpleNamespace
"""The values of a case's names."""


class Unseen(NamedTuple):
    """How a task's inputs are drawn, and what is right for them.

    ``inputs`` draws the lines that take the place of the task's own; those of ``forced`` come
    beside. ``right`` gives the right value of each name that is compared, by torch or in a closed
    form. Where no single value is right, ``faults`` says what is wrong with the values of
    ``names``, empty for nothing; it is handed the inputs and the :class:`Result` of each.
    """

    inputs: Callable[[Draw], str]
    right: Callable[[Given], Mapping[str, Any]] | None = None
    forced: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    faults: Callable[[Given, Given], str] | None = None
    tolerance: float = 1e-4
    exact: bool = False
    draws: int = 6


@contextmanager
def apart() -> Iterator[None]:
    """Torch in its first state, while nobody else executes: what is made here draws numbers."""
    with EXECUTION_LOCK:
        outside = TorchState.now()
        try:
            TorchState().put()
            yield
        finally:
            outside.put()


def values(lines: str) -> Given:
    """What the names of ``lines``, the app's own, hold when they ran."""
    names: dict[str, Any] = {}
    text = f"import torch\nfrom torch import nn\n{lines}"
    exec(compile(text, "inputs", "exec"), names)
    return Given(**{name: one for name, one in names.items() if name[:2] != "__"})


def listed(value: torch.Tensor | list[Any]) -> str:
    """``value`` as a program writes it, with two decimals."""
    if isinstance(value, torch.Tensor):
        value = value.tolist()
    if isinstance(value, list):
        return f"[{', '.join(map(listed, value))}]"
    return repr(round(value, 2) if isinstance(value, float) else value)


def tensor(draw: Draw, *sizes: int) -> str:
    """``torch.tensor(…)`` with drawn numbers of one decimal, no two of them equal in a row."""

    def part(sizes: tuple[int, ...]) -> Any:
        if not sizes:
            return round(draw.uniform(-4, 4), 1)
        return [part(sizes[1:]) for _ in range(sizes[0])]

    return f"torch.tensor({listed(part(sizes))})"
