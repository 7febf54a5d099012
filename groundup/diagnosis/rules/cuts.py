"""Where a graph is cut, so that parameters that should learn get no gradient."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from groundup.diagnosis.findings import Finding
from groundup.diagnosis.graph import walk
from groundup.diagnosis.leaves import Leaf
from groundup.diagnosis.marks import Mark
from groundup.diagnosis.mode import Call, Listeners, tensors
from groundup.diagnosis.rule import Rule, Scene
from groundup.diagnosis.words import called

FEW = 2
NUMBERS = ("item", "__float__", "tolist", "__int__")
FACTORIES = ("tensor", "as_tensor", "full", "scalar_tensor", "from_numpy", "asarray")


class Cuts(Rule):
    """Hears what takes a result out of its graph, and whether a loss was made from it."""

    def listen(self, to: Listeners) -> None:
        """Any call may be one: under no_grad, or one that has no derivative."""
        self._floats: dict[float, int] = {}
        self._events: dict[int, tuple[str, int, set[int]]] = {}
        self._leaf: Mark | None = None
        to.always.append(self._any)
        to.add(*NUMBERS, after=self._number)
        to.add(*FACTORIES, after=self._made)
        to.add("backward", before=self._passes_back)

    def _event(self, call: Call, operand: torch.Tensor) -> None:
        """Remember what went out of the graph here, of the first few times of a line."""
        how, count, numbers = self._events.get(call.line, (call.name, 0, set()))
        if count < FEW and operand.grad_fn is not None:
            leaves = (self.of.leaves.known(one) for one in walk(operand).leaves)
            numbers |= {leaf.number for leaf in leaves if leaf is not None}
            self._events[call.line] = (how, count + 1, numbers)

    def _any(self, call: Call, result: Any) -> None:
        if type(result) is not torch.Tensor or result.requires_grad:
            return
        if call.name == "grad.get":
            return
        if any(one.requires_grad and one is not result for one in tensors(call.args)):
            how = call.name if torch.is_grad_enabled() or call.name == "detach" else "no_grad"
            self.of.marks.put(result, [Mark("cut", call.line, how.removesuffix(".get"), "all")])
            for one in tensors(call.args):
                self._event(call, one)

    def _number(self, call: Call, result: Any) -> None:
        if isinstance(call.first, torch.Tensor) and call.first.requires_grad:
            self._event(call, call.first)
            for value in result if isinstance(result, list) else [result]:
                if isinstance(value, float) and len(self._floats) < 2_000:
                    self._floats[value] = call.line

    def _made(self, call: Call, result: Any) -> None:
        value = call.get(1 if call.name == "full" else 0, "data")
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, float) and value in self._floats and type(result) is torch.Tensor:
            self.of.marks.put(result, [Mark("cut", call.line, "item", "all")])

    def _passes_back(self, call: Call) -> None:
        loss = call.first
        if isinstance(loss, torch.Tensor) and loss.requires_grad and loss.grad_fn is None:
            self._leaf = self._leaf or self.of.marks.one(loss, "cut")

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """For the parameters of optimizers that no loss was ever computed from."""
        if self._leaf:
            yield Finding(
                "cut",
                self._leaf.line,
                "This makes a new tensor from the loss's number, and no graph leads from it to a "
                "parameter. Its backward() gives them no gradient.",
                fix="Call backward() of the loss itself.",
                mistake="rebuilt_loss",
            )
            return
        lost = [
            leaf
            for leaf in self.of.leaves.all
            if leaf.in_optimizer and leaf.number not in self.of.reached
        ]
        if not lost or not self.of.backwards or not self.of.updates:
            return
        cuts = [mark for (kind, _), mark in self.of.through.items() if kind == "cut"]
        if cuts:
            yield _cut(lost, cuts[0])
        elif out := self._went_out({leaf.number for leaf in lost}):
            yield _cut(lost, out)
        elif self.of.reached:
            yield from self._unused(lost)

    def _went_out(self, lost: set[int]) -> Mark | None:
        """Where what was computed from ``lost`` left the graph, if it did."""
        for line, (how, _, numbers) in sorted(self._events.items()):
            if numbers & lost:
                return Mark("cut", line, how)
        return None

    def _unused(self, lost: list[Leaf]) -> Iterator[Finding]:
        """Layers that are made, trained, and never called."""
        if any(one.steps and not one.leaves & self.of.reached for one in self.of.steppers):
            return
        if any(leaf.passed_over > 1 and not leaf.changed for leaf in self.of.leaves.all):
            return
        yield Finding(
            "unused",
            lost[0].line,
            f"The optimizer holds {called(lost[0])}, and no loss was computed from it: it never "
            "gets a gradient.",
            fix="Use it in forward(), or leave it out.",
            mistake="unused_parameter",
        )


def _cut(lost: list[Leaf], mark: Mark) -> Finding:
    how = {"no_grad": "torch.no_grad()", "item": "a plain number", "data": ".data"}
    what = how.get(mark.what, f"{mark.what}()")
    return Finding(
        "cut",
        mark.line,
        f"{what} cuts the graph here: no gradient gets through to {called(lost[0])}.",
        evidence=(f"{len(lost)} of the optimizer's parameters have no gradient after backward().",),
        fix="Let the loss be computed from the result itself.",
        mistake="detached_output" if mark.what == "detach" else "rebuilt_loss",
    )
