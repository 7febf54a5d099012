"""A broken invariant, told as a finding: with its way out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import torch

from groundup.diagnosis.checks import broken_of
from groundup.diagnosis.findings import Finding
from groundup.diagnosis.history import Broken
from groundup.diagnosis.leaves import Leaf
from groundup.diagnosis.mode import Call, Listeners
from groundup.diagnosis.rule import Rule, Scene
from groundup.diagnosis.words import broken as words
from groundup.diagnosis.words import called

FIXES = {
    "cleared": "Clear the gradients before backward(), or after the update: never in between.",
    "early": "Call backward() before step().",
    "no step": "Call optimizer.step() after backward().",
    "fresh": "Clear the gradients in each pass: optimizer.zero_grad(), or w.grad.zero_() by hand.",
    "present": "Compute the prediction and its loss inside the loop, after each update.",
    "nonzero": "Begin with small random weights, not with zeros, and look at the loss's shape.",
    "evaluation": "Call model.eval() before asking for answers, and model.train() before training.",
    "left out": "Give the optimizer every parameter that should learn.",
}
MISTAKES = {
    "cleared": "zero_before_step",
    "fresh": "never_zeroed",
    "evaluation": "eval_forgotten",
    "left out": "half_a_model",
}


class Invariants(Rule):
    """Tells of broken invariants, of each at the line where it can be mended."""

    def listen(self, to: Listeners) -> None:
        """Where a root or a length is 0, its slope is infinite."""
        self._root = 0
        to.add("sqrt", "norm", "vector_norm", "log", after=self._infinite)

    def _infinite(self, call: Call, result: Any) -> None:
        if self._root or type(result) is not torch.Tensor or not result.requires_grad:
            return
        if not result.is_meta and result.numel() <= 1_000:
            plain = result.detach()
            if bool((plain == (-math.inf if call.name == "log" else 0)).any()):
                self._root = call.line

    def _not_a_number(self) -> Iterator[Finding]:
        for leaf in self.of.leaves.all:
            if leaf.nan_line and "finite" not in self.of.broken:
                yield Finding(
                    "nan_gradient",
                    self._root or leaf.nan_line,
                    f"The loss is finite, and the gradient of {called(leaf)} is nan: at 0 the "
                    "slope of a root is infinite.",
                    fix="Add a small number under the root.",
                    mistake="square_root_of_zero",
                )
                return

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """One for each; that the loss is not finite is told with the rate that made it so."""
        yield from self._not_a_number()
        for key, one in broken_of(self.of).items():
            how = one.numbers[0] if key == "changed" else key
            if how in FIXES:
                line = self._line(how, one, scene)
                yield Finding(
                    key=f"{key}: {how}" if how != key else key,
                    line=line,
                    sentence=words(key, one),
                    fix=FIXES[how],
                    mistake=MISTAKES.get(how, ""),
                )

    def _line(self, how: str, one: Broken, scene: Scene) -> int:
        match how:
            case "fresh":
                return self.of.elsewhere or one.line
            case "left out" if one.leaf is not None:
                return self._left_out(one.leaf, scene)
            case "nonzero":
                return self._zeros(one)
        return one.line

    def _left_out(self, leaf: Leaf, scene: Scene) -> int:
        """The optimizer's line if it should have got the parameter, else where that was made."""
        for stepper in self.of.steppers:
            if stepper.steps and not stepper.leaves & self.of.reached:
                return stepper.line
        steppers = [one for one in self.of.steppers if one.steps]
        if steppers and leaf.number in registered(scene.names, self.of):
            return steppers[-1].line
        return leaf.line

    def _zeros(self, one: Broken) -> int:
        """Where weights of nothing but zeros were made, if there are such."""
        for leaf in self.of.leaves.all:
            if leaf.idle and leaf.start is not None and not leaf.start.any():
                return leaf.filled_line or leaf.line
        return one.line


def registered(names: Any, history: Any) -> set[int]:
    """The numbers of the leaves that a module among ``names`` calls its parameters."""
    found = set()
    for value in list(names.values()):
        parameters = getattr(value, "parameters", None)
        if callable(parameters) and "_modules" in getattr(value, "__dict__", {}):
            known = (history.leaves.known(one) for one in parameters())
            found |= {leaf.number for leaf in known if leaf is not None}
    return found
