"""A difference between a result and what is right, in words."""

from __future__ import annotations

from typing import Any, NamedTuple

import torch

from groundup.course.tasks.results import Result, apart
from groundup.engine.snapshot import number

MAX_SHOWN = 6
"""So many values are told; of more, the first one that differs."""


class Told(NamedTuple):
    """``where`` in a tensor, as an index is written, and both values in words."""

    where: str
    got: str
    right: str


def told(got: Result, right: Result, about: str, tolerance: float) -> Told:
    """The difference ``about`` which :func:`results.difference` spoke."""
    a, b = got.value, right.value
    both = got.kind == right.kind == "tensor" and a is not None and b is not None
    if about == "value" and both and a.shape == b.shape and a.numel() > MAX_SHOWN:
        place = apart(a, b, tolerance)
        where = torch.unravel_index(torch.tensor(place), a.shape)
        index = ", ".join(str(int(one)) for one in where)
        return Told(f"[{index}]", *(_nested(t.flatten()[place].item()) for t in (a, b)))
    return Told("", _one(got, about), _one(right, about))


def _one(one: Result, about: str) -> str:
    if one.kind != "tensor":
        return _plain(one, about)
    if one.value is None:
        return "a tensor whose values are not looked at"
    if about in {"kind", "shape"}:
        return _shaped(one.value, about)
    if about == "dtype":
        return f"of dtype {str(one.value.dtype).removeprefix('torch.')}"
    if about == "watched":
        return "watched by autograd"
    return _nested(one.value.item() if one.value.numel() == 1 else one.value.tolist())


def _shaped(value: torch.Tensor, about: str) -> str:
    few = f": {_nested(value.tolist())}" if value.numel() <= MAX_SHOWN else ""
    if about == "kind":
        return f"a tensor{few}" if not value.dim() else f"a tensor of shape {_sizes(value)}{few}"
    return f"of shape {_sizes(value)}{few}"


def _sizes(value: torch.Tensor) -> str:
    return str(tuple(value.shape))


def _plain(one: Result, about: str) -> str:
    if one.value is None and one.kind != "NoneType":
        return f"of type {one.kind}"
    if one.kind in {"int", "float"}:
        return f"Python's number {_nested(one.value)}" if about == "kind" else _nested(one.value)
    shown = repr(one.value)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"


def _nested(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_nested, value))}]"
    return number(value) if isinstance(value, float) else str(value)
