"""Examples that are put into another order than their targets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from groundup.diagnosis.findings import Finding
from groundup.diagnosis.marks import Mark
from groundup.diagnosis.mode import Call, Listeners
from groundup.diagnosis.rule import Rule, Scene
from groundup.diagnosis.rules.shapes import LOSSES

TARGETED = (*LOSSES, "cross_entropy", "nll_loss", "binary_cross_entropy", "sub", "lstsq")


class Shuffled(Rule):
    """Hears an order being applied, and follows what it was applied to, and what stood beside."""

    def listen(self, to: Listeners) -> None:
        """Orders, their use, and where a prediction meets its target."""
        self._apart: dict[int, int] = {}
        self._orders = 0
        to.add("randperm", "argsort", after=self._ordered)
        to.add("__getitem__", after=self._taken)
        to.add(*TARGETED, before=self._meets)
        to.add("add", "lerp", "where", after=self._mixed)

    def _ordered(self, call: Call, result: Any) -> None:
        if type(result) is torch.Tensor and result.dim() == 1 and len(result) > 2:
            self._orders += 1
            self.of.marks.put(result, [Mark("order", call.line, self._orders)])

    def _taken(self, call: Call, result: Any) -> None:
        source, index = call.args[:2]
        order = self.of.marks.one(index, "order")
        if order is None or not isinstance(source, torch.Tensor) or len(source) != len(index):
            return
        self.of.marks.put(result, [Mark("shuffled", call.line, order.what, "all")])
        there = [one for one in list(self.names().values()) if type(one) is torch.Tensor]
        for other in (source, *there):
            if other is not index and other.dim() and len(other) == len(source):
                self.of.marks.put(other, [Mark("beside", call.line, order.what, "all")])

    def _mixed(self, call: Call, result: Any) -> None:
        """Examples are joined with others in another order: then both orders are meant."""
        orders = [
            {mark.what for mark in self.of.marks.of(one, "shuffled")}
            for one in call.args
            if isinstance(one, torch.Tensor) and one.dim() > 0
        ]
        if len(orders) > 1 and type(result) is torch.Tensor:
            for order in set.union(*orders) - set.intersection(*orders):
                self.of.marks.put(result, [Mark("mixed", call.line, order, "all")])

    def _meets(self, call: Call) -> None:
        one, other = call.get(0, "input"), call.get(1, "target")
        for answers, target in ((one, other), (other, one)):
            if not isinstance(answers, torch.Tensor) or not isinstance(target, torch.Tensor):
                continue
            mine = {mark.what: mark.line for mark in self.of.marks.of(answers, "shuffled")}
            its = {mark.what for mark in self.of.marks.of(target, "shuffled")}
            beside = {mark.what for mark in self.of.marks.of(target, "beside")}
            its |= {mark.what for mark in self.of.marks.of(answers, "mixed")}
            for order, line in mine.items():
                if order in beside and order not in its and _varies(target):
                    self._apart.setdefault(line, call.line)

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """The line that put the first of them into another order."""
        for line, met in list(self._apart.items())[:1]:
            yield Finding(
                "shuffled_apart",
                line,
                f"These examples are put into another order here, and their targets in line "
                f"{met} are not. Each answer is compared with another example's target.",
                fix="Take both with the same order: x[order], y[order].",
            )


def _varies(target: torch.Tensor) -> bool:
    plain = target.detach().reshape(-1)
    return len(plain) > 2 and not target.is_meta and bool((plain != plain[0]).any())
