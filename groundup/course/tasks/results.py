"""What a name holds at a run's end, read without running anything of the text, and compared."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch

MAX_NUMBERS = 10_000
"""The values of a larger tensor are not read."""
MAX_LISTED = 100

_BASE: Any = torch._C.TensorBase
_PLAIN = (int, float, bool, str, type(None))


@dataclass(frozen=True)
class Result:
    """What a name held: ``value`` is a tensor of its own, plain data, or None for what is neither.

    ``kind`` is ``"tensor"`` or the name of the class; ``watched`` says whether autograd watches it,
    and ``made_by`` are the names of its ``grad_fn`` and of those before that.
    """

    kind: str
    value: Any = None
    watched: bool = False
    made_by: tuple[str, ...] = ()


def results(names: Mapping[str, Any], wanted: tuple[str, ...]) -> dict[str, Result]:
    """What the ``wanted`` among the ``names`` hold."""
    return {name: result(names[name]) for name in wanted if name in names}


def result(value: Any) -> Result:
    """What ``value`` is."""
    if type(value) in {torch.Tensor, torch.nn.Parameter}:
        return _tensor(value)
    plain = _plain(value)
    kind = type.__dict__["__name__"].__get__(type(value))
    return Result(kind, plain[0] if plain else None)


def _tensor(value: torch.Tensor) -> Result:
    node = _BASE.grad_fn.__get__(value)
    before = [one.name() for one, _ in node.next_functions if one] if node else []
    made_by = (_short(node.name()), *sorted(map(_short, before))) if node else ()
    return Result("tensor", _values(value), _BASE.requires_grad.__get__(value), made_by)


def _values(value: torch.Tensor) -> torch.Tensor | None:
    """A copy of a tensor; None of one that has too many values, or none that can be read."""
    try:
        readable = value.layout is torch.strided and not value.is_meta
        return value.detach().clone() if readable and value.numel() <= MAX_NUMBERS else None
    except Exception:  # whatever a kind of tensor has against being read: vmap's, once it is over
        return None


def _short(name: str) -> str:
    return name.rpartition("::")[2]


def _plain(value: Any, deep: int = 4) -> tuple[Any] | None:
    """``value`` in a tuple, where it is a number, a text, or a short list of such; else None."""
    if type(value) in _PLAIN:
        return (value,)
    if type(value) not in {list, tuple, torch.Size} or not deep or len(value) > MAX_LISTED:
        return None
    parts = [_plain(one, deep - 1) for one in value]
    found = [part[0] for part in parts if part]
    made = found if type(value) is list else tuple(found)
    return (made,) if len(found) == len(parts) else None


# Comparing


def difference(got: Result, right: Result, tolerance: float = 1e-4, exact: bool = False) -> str:
    """How ``got`` is not ``right``: empty, or ``"kind"``, ``"shape"``, ``"dtype"``, ``"watched"``
    or ``"value"``.

    Where a plain number is right, a tensor with one number is too; but where it must be ``exact``,
    a whole number must be one, and nothing may be watched.
    """
    if right.kind == "tensor":
        return _from_tensor(got, right, tolerance)
    if isinstance(right.value, int | float) and not isinstance(right.value, bool):
        return _from_number(got, right, tolerance, exact)
    if got.kind != right.kind and {got.kind, right.kind} - {"list", "tuple", "Size"}:
        return "kind"
    return "" if got.value == right.value else "value"


def _from_tensor(got: Result, right: Result, tolerance: float) -> str:
    mine, theirs = got.value, right.value
    if got.kind != "tensor" or mine is None:
        return "kind"
    if mine.shape != theirs.shape:
        return "shape"
    if mine.dtype != theirs.dtype:
        return "dtype" if _close(mine, theirs, tolerance) else "value"
    return "" if _close(mine, theirs, tolerance) else "value"


def _from_number(got: Result, right: Result, tolerance: float, exact: bool) -> str:
    value = got.value
    if got.kind == "tensor" and value is not None:
        if value.numel() != 1:
            return "shape"
        value = value.item()
    if type(value) not in {int, float}:
        return "kind"
    if exact and isinstance(value, float) and isinstance(right.value, int):
        return "dtype"
    if not math.isclose(value, right.value, rel_tol=tolerance, abs_tol=tolerance):
        return "value"
    return "watched" if exact and got.watched else ""


def same_numbers(a: Result, b: Result) -> bool:
    """Whether two results are the same numbers in reading order, in whatever they stand."""
    mine, theirs = _numbers(a), _numbers(b)
    if mine is None or theirs is None:
        return False
    return mine.shape == theirs.shape and _close(mine, theirs, 1e-4)


def _numbers(one: Result) -> torch.Tensor | None:
    if one.kind == "tensor":
        return None if one.value is None else one.value.flatten()
    return torch.tensor([one.value]) if one.kind in {"int", "float"} else None


def apart(a: torch.Tensor, b: torch.Tensor, tolerance: float) -> int:
    """The first place, in reading order, at which tensors of one shape differ; 0 for none."""
    mine, theirs = _wide(a).flatten(), _wide(b).flatten()
    close = torch.isclose(mine, theirs, rtol=tolerance, atol=tolerance, equal_nan=True)
    places = (~close).nonzero()
    return int(places[0]) if len(places) else 0


def _close(a: torch.Tensor, b: torch.Tensor, tolerance: float) -> bool:
    a, b = _wide(a), _wide(b)
    return torch.allclose(a, b, rtol=tolerance, atol=tolerance, equal_nan=True)


def _wide(a: torch.Tensor) -> torch.Tensor:
    return a.to(torch.complex128 if a.is_complex() else torch.float64)


def alike(a: Result, b: Result) -> bool:
    """Whether two results are the same: of one kind, shape and dtype, watched alike, as large."""
    if a.kind != b.kind or (a.watched, a.made_by) != (b.watched, b.made_by):
        return False
    if a.kind == "tensor":
        return not _from_tensor(a, b, 1e-5) if a.value is not None else b.value is None
    if isinstance(a.value, float) and isinstance(b.value, float):
        return a.value == b.value or math.isclose(a.value, b.value, rel_tol=1e-5, abs_tol=1e-6)
    return bool(a.value == b.value)
