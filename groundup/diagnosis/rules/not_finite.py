"""Where a number stops being one: the logarithm of 0, a division by 0, the root of less."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from groundup.diagnosis.findings import Finding
from groundup.diagnosis.mode import Call, Listeners
from groundup.diagnosis.rule import Rule, Scene

NAMES = ("log", "log2", "log10", "div", "true_divide", "sqrt", "rsqrt", "pow", "exp", "reciprocal")
MOST = 10_000
"""Of larger tensors nobody asks."""
OFTEN = 400
"""Of a line so many calls are looked at."""


class NotFinite(Rule):
    """Hears what may leave the numbers, until the first that does."""

    def listen(self, to: Listeners) -> None:
        """Those functions that can."""
        self._first: tuple[int, str, float] | None = None
        self._counts: dict[int, int] = {}
        to.add(*NAMES, after=self._looks)

    def _looks(self, call: Call, result: Any) -> None:
        count = self._counts[call.line] = self._counts.get(call.line, 0) + 1
        if self._first or count > OFTEN or type(result) is not torch.Tensor:
            return
        if not result.requires_grad or result.numel() > MOST or result.is_meta:
            return
        plain = result.detach()
        bad = ~torch.isfinite(plain)
        if bool(bad.any()) and bool(torch.isfinite(call.first.detach()).all()):
            self._first = (call.line, call.name, float(plain[bad][0]))

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """The first of them, if the loss became none."""
        if self._first and "finite" in self.of.broken:
            line, name, value = self._first
            yield Finding(
                "not_finite",
                line,
                f"{name} gives {value} here from finite numbers, and from there on the loss is "
                "not finite.",
                fix="Keep what goes in away from there: clamp it, or add a small number.",
            )
