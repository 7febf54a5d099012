"""Decimals that are cut off because a tensor holds whole numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import torch

from groundup.diagnosis.findings import Finding
from groundup.diagnosis.marks import Mark
from groundup.diagnosis.mode import Call, Listeners
from groundup.diagnosis.rule import Rule, Scene
from groundup.engine.snapshot import number

LOOKED_AT = 1_000
"""So many numbers of a list are looked at."""


class WholeNumbers(Rule):
    """Hears where decimals become whole numbers."""

    def listen(self, to: Listeners) -> None:
        """Tensors that are made, written into, and divided."""
        self._cut: dict[int, tuple[float, Any]] = {}
        self._divided: dict[int, tuple[int, int, Any]] = {}
        to.add("tensor", "as_tensor", after=self._made)
        to.add("__setitem__", "fill_", "copy_", before=self._written)
        to.add("sum", "count_nonzero", after=self._counted)
        to.add("__floordiv__", "floor_divide", after=self._floored)

    def _made(self, call: Call, result: Any) -> None:
        if type(result) is torch.Tensor and _whole(result):
            found = _fraction(call.first)
            if found is not None:
                self._cut.setdefault(call.line, (found, result.dtype))

    def _written(self, call: Call) -> None:
        target, value = call.first, call.args[-1]
        if not isinstance(target, torch.Tensor) or not _whole(target):
            return
        if isinstance(value, torch.Tensor):
            value = value.detach().reshape(-1)[:LOOKED_AT].tolist() if _real(value) else None
        found = _fraction(value)
        if found is not None:
            self._cut.setdefault(call.line, (found, target.dtype))

    def _counted(self, call: Call, result: Any) -> None:
        source = call.first
        if isinstance(source, torch.Tensor) and source.dtype is torch.bool and len(call.args) == 1:
            self.of.marks.put(result, [Mark("count", call.line)])

    def _floored(self, call: Call, result: Any) -> None:
        counted = self.of.marks.one(call.first, "count")
        if counted and isinstance(result, torch.Tensor) and result.numel() == 1:
            share, count = result.item(), call.first.item()
            times, zeros, _ = self._divided.get(call.line, (0, 0, 0))
            zero = share == 0 and count > 0
            self._divided[call.line] = (times + 1, zeros + zero, count)

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """Each line once."""
        for line, (value, dtype) in self._cut.items():
            yield Finding(
                "truncated",
                line,
                f"A tensor of {dtype} holds only whole numbers: {number(value)} became "
                f"{int(value)}.",
                fix="Use decimals: dtype=torch.float32.",
                mistake="integer_parameter",
            )
        for line, (times, zeros, count) in self._divided.items():
            if zeros and zeros == times:
                yield Finding(
                    "floored",
                    line,
                    f"// drops the decimals: {count} right answers gave a share of 0.",
                    fix="Divide with /.",
                )


def _whole(tensor: torch.Tensor) -> bool:
    return not (tensor.dtype.is_floating_point or tensor.dtype.is_complex) and (
        tensor.dtype is not torch.bool
    )


def _real(tensor: torch.Tensor) -> bool:
    return tensor.dtype.is_floating_point and not tensor.is_meta


def _fraction(value: Any, left: int = LOOKED_AT) -> float | None:
    """The first number in ``value`` that is not whole."""
    if isinstance(value, float):
        return value if math.isfinite(value) and not value.is_integer() else None
    if isinstance(value, list | tuple) and left:
        found = (_fraction(one, left // 8) for one in value[:left])
        return next((one for one in found if one is not None), None)
    return None
