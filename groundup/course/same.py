"""What a run found, written as a choice; and whether two such writings mean the same."""

from __future__ import annotations

import math
import re

import torch

TOLERANCE = 0.005
"""Two numbers are the same if they differ by at most this share of the larger one."""

_MINUS = str.maketrans({"−": "-", "–": "-"})
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?(e[+-]?\d{1,2})?|[+-]?\.\d+", re.ASCII)


def written(value: object) -> str:
    """``value`` as a choice has it: ``(2, 3)``, ``int64``, ``yes``, ``None``, ``1.2``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, torch.dtype):
        return str(value).removeprefix("torch.")
    if isinstance(value, torch.Tensor) and value.numel() == 1:
        return written(value.item())
    if isinstance(value, torch.Tensor):
        return " ".join(written(one) for one in value.flatten().tolist())
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(tuple(value)) if isinstance(value, torch.Size) else str(value)


def same(one: str, other: str) -> bool:
    """Whether both say the same: two numbers may differ by rounding, but not in their sign."""
    first, second = number(one), number(other)
    if first is None or second is None:
        return one == other
    if whole(one) and whole(other):
        return first == second  # what was counted is not rounded
    return math.isclose(first, second, rel_tol=TOLERANCE)


def distance(one: str, other: str) -> float:
    """How far apart two numbers are as they are written; 0 between words."""
    first, second = number(one), number(other)
    return 0.0 if first is None or second is None else abs(first - second)


def number(said: str) -> float | None:
    """The number that ``said`` writes; None for anything else."""
    plain = said.strip().translate(_MINUS)
    return float(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else None


def whole(said: str) -> bool:
    """Whether ``said`` writes a whole number, digit for digit."""
    return bool(re.fullmatch(r"[+-]?[0-9,]+", said.strip().translate(_MINUS)))
