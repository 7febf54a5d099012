"""A tensor's numbers as plain data, which no graph holds on to."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from groundup.engine.snapshot import number

MAX_NUMBERS = 40
"""How many of a tensor's numbers are kept."""


@dataclass(frozen=True)
class Values:
    """The first :data:`MAX_NUMBERS` numbers of a tensor, row by row, and its shape."""

    shape: tuple[int, ...]
    numbers: tuple[float, ...]

    @property
    def count(self) -> int:
        """How many numbers the tensor holds."""
        return math.prod(self.shape)

    @property
    def single(self) -> float | None:
        """The number, where there is just one."""
        return self.numbers[0] if self.count == 1 else None

    @property
    def size(self) -> str:
        """The shape in words: ``2×3``, ``4``, or ``scalar``.

        >>> Values((2, 1), (0.5, 1.0)).size, Values((), (0.5,)).size
        ('2×1', 'scalar')
        """
        return size(self.shape)

    def text(self, max_numbers: int = 4) -> str:
        """The numbers with 4 digits: ``0.5``, ``[1, 2]``, ``[1, 2, … 12 numbers]``.

        >>> Values((2, 2), (1.0, 2.0, 3.0, 4.0)).text()
        '[1, 2; 3, 4]'
        """
        if not self.shape:
            return number(self.numbers[0])
        if self.count > max_numbers or self.count > len(self.numbers):
            shown = ", ".join(number(v) for v in self.numbers[:2])
            return f"[{shown}, … {self.count} numbers]" if self.count else "[ ]"
        if len(self.shape) == 1:
            return f"[{', '.join(number(v) for v in self.numbers)}]"
        width = self.shape[-1] or 1
        rows = [self.numbers[i : i + width] for i in range(0, self.count, width)]
        return f"[{'; '.join(', '.join(number(v) for v in row) for row in rows)}]"


def values(tensor: torch.Tensor) -> Values:
    """The :class:`Values` of ``tensor`` as it is now."""
    # Not reshape: it would copy the whole of a tensor that is spread out over another.
    first = torch.arange(min(tensor.numel(), MAX_NUMBERS), device=tensor.device)
    numbers = tensor.detach().take(first).to(torch.float64)
    return Values(tuple(tensor.shape), tuple(numbers.tolist()))


def size(shape: tuple[int, ...]) -> str:
    """``shape`` in words: ``2×3``, ``4``, or ``scalar``."""
    return "×".join(map(str, shape)) or "scalar"
