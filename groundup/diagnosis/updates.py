"""Listen to updates: the steps of optimizers, and what a text writes into parameters by hand."""

from __future__ import annotations

import sys
import weakref
from types import FrameType
from typing import Any

import torch

from groundup.diagnosis.history import History, Stepper
from groundup.diagnosis.leaves import Leaf, identity, same, sample, size_of
from groundup.diagnosis.lines import place
from groundup.diagnosis.marks import Mark
from groundup.diagnosis.mode import Call, Listeners

IN_PLACE = (
    "add_",
    "sub_",
    "mul_",
    "div_",
    "addcmul_",
    "addcdiv_",
    "copy_",
    "lerp_",
    "__setitem__",
    "neg_",
    "clamp_",
    "zero_",
    "fill_",
    "normal_",
    "uniform_",
    "set_",
    "pow_",
    "true_divide_",
    "subtract_",
    "multiply_",
    "_foreach_add_",
    "_foreach_sub_",
)
MOST = 200
"""So many optimizers are known."""
FACTORIES = (
    *("tensor", "zeros", "ones", "randn", "rand", "full", "empty", "linspace", "arange"),
    *("zeros_like", "ones_like", "randn_like", "rand_like", "eye", "randint"),
)
WATCHED = 8
"""Of so many updates of a parameter it is measured whether they go downhill."""


class Updates:
    """Hears the steps of optimizers and writes to leaves."""

    def __init__(self, history: History, listeners: Listeners, file: str) -> None:
        self._of, self._file = history, file
        self._before_write: tuple[Any, Any] | None = None
        listeners.add("is_leaf.get", before=self._maybe_optimizer)
        listeners.add(*IN_PLACE, before=self._writing, after=self._written)
        listeners.add("data.set", before=self._writing, after=self._replaced)
        listeners.add("data.get", "detach", after=self._handed_out)
        listeners.add("grad.get", after=self._looked_at)
        listeners.add(*FACTORIES, after=self._made)
        listeners.add("zero_", "fill_", "zeros_", "ones_", "constant_", before=self._filled)
        listeners.add("grad_fn.get", before=self._registered)
        listeners.add("grad.set", "zero_", before=self._clearing)

    # Optimizers

    def _maybe_optimizer(self, call: Call) -> None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code.co_name != "add_param_group":
            if frame.f_code.co_filename == self._file:
                return
            frame = frame.f_back
        made = frame.f_locals.get("self") if frame else None
        if isinstance(made, torch.optim.Optimizer):
            stepper = self.stepper(made, call.line)
            leaf = self._of.leaves.of(call.first, call.line)
            if leaf is not None and call.first.requires_grad:
                leaf.in_optimizer = True
                stepper.leaves.add(leaf.number)
            elif not isinstance(call.first, torch.nn.Parameter):
                stepper.constants += 1
                made = self._of.marks.one(call.first, "made")
                stepper.constant_line = made.line if made else call.line

    def stepper(self, optimizer: torch.optim.Optimizer, line: int = 0) -> Stepper:
        """What is known of ``optimizer``."""
        for found in self._of.steppers[:-9:-1]:
            if found.ref() is optimizer:
                return found
        made = Stepper(line, type(optimizer).__name__, weakref.ref(optimizer))
        if len(self._of.steppers) < MOST:
            self._of.steppers.append(made)
        return made

    def before_step(self, optimizer: torch.optim.Optimizer, *, closure: bool) -> None:
        """``optimizer`` is about to step; with a ``closure`` it computes gradients itself."""
        if closure:
            return
        parameters = _held(optimizer)
        again = [
            leaf.used == identity(tensor.grad) and not leaf.given
            for tensor in parameters
            if (leaf := self._of.leaves.known(tensor)) is not None and tensor.grad is not None
        ]
        self.stepper(optimizer).repeated += bool(again) and all(again)

    def after_step(self, optimizer: torch.optim.Optimizer) -> None:
        """``optimizer`` has made a step."""
        line = place(self._file, 2).line
        stepper = self.stepper(optimizer, line)
        stepper.steps += 1
        stepper.step_line = line
        first = optimizer.param_groups[0]
        stepper.remembers = bool(first.get("momentum") or "betas" in first or "alpha" in first)
        if len(stepper.rates) < 4_000:
            stepper.rates.append(float(first.get("lr", 0.0)))
        self._of.updates += 1
        for tensor in _held(optimizer):
            leaf = self._of.leaves.of(tensor, line) if tensor.requires_grad else None
            if leaf is not None:
                leaf.in_optimizer = True
                stepper.leaves.add(leaf.number)
                self._updated(leaf, tensor, line)
        for leaf, _ in self._of.leaves.alive():
            if leaf.given and leaf.number not in stepper.leaves:
                leaf.passed_over += 1

    def _updated(self, leaf: Leaf, tensor: torch.Tensor, line: int) -> None:
        gradient = tensor.grad
        if leaf.stale and gradient is not None and size_of(gradient):
            self._of.broke("fresh", leaf.stale[0], *leaf.stale[1:], leaf.used_line, leaf=leaf)
        if leaf.given:
            leaf.updates += 1
            leaf.first_update = leaf.first_update or line
            if not leaf.changed:
                self._compare(leaf, tensor, line)
        self._of.clears.clear()
        leaf.used = identity(gradient)
        leaf.used_line, leaf.given, leaf.stale, leaf.pending = line, 0.0, None, False

    def _compare(self, leaf: Leaf, tensor: torch.Tensor, line: int) -> None:
        leaf.changed = leaf.start is not None and not same(leaf.start, tensor)
        if leaf.changed:
            self._of.held.add("changed")
            now = sample(tensor)
            if leaf.start.is_floating_point() and len(leaf.shape) > 1:
                leaf.jump = float((now - leaf.start).abs().mean()), float(leaf.start.abs().mean())
        elif leaf.unmoved is None:
            leaf.unmoved = (leaf.given, size_of(tensor.grad))
            leaf.early_line = line if leaf.forward and leaf.cleared_line else 0

    def _registered(self, call: Call) -> None:
        """A module asks each new parameter whether it is a leaf: this is where it is made."""
        if isinstance(call.first, torch.nn.Parameter) and call.first.requires_grad:
            self._of.leaves.of(call.first, call.line)

    def _made(self, call: Call, result: Any) -> None:
        if type(result) is torch.Tensor:
            self._of.marks.put(result, [Mark("made", call.line)])

    def _filled(self, call: Call) -> None:
        leaf = self._of.leaves.known(call.get(0, "tensor"))
        if leaf is not None:
            leaf.filled_line = call.line

    # By hand

    def _leaf_of(self, target: Any) -> tuple[Leaf | None, Any]:
        mark = self._of.marks.one(target, "alias")
        if mark is not None:
            leaf = self._of.leaves.all[mark.what]
            return leaf, leaf.ref()
        return self._of.leaves.known(target), target

    def _writing(self, call: Call) -> None:
        leaf, tensor = self._leaf_of(call.first)
        self._before_write = None
        if leaf is not None and tensor is not None and leaf.given and leaf.updates < WATCHED:
            gradient = tensor.grad
            self._before_write = (sample(tensor), None if gradient is None else sample(gradient))

    def _written(self, call: Call, _: Any) -> None:
        leaf, tensor = self._leaf_of(call.first)
        if leaf is None or tensor is None:
            return
        if tensor is not call.first:
            leaf.extra += 1
        self._of.restored |= call.name == "copy_" and leaf.updates > 0
        if not leaf.pending:
            return
        self._of.updates += 1
        self._of.by_hand += 1
        self._direction(leaf, tensor, call.line)
        self._updated(leaf, tensor, call.line)

    def _direction(self, leaf: Leaf, tensor: torch.Tensor, line: int) -> None:
        before, gradient = self._before_write or (None, None)
        now = sample(tensor)
        if before is None or gradient is None or now is None or not leaf.given:
            return
        moved = now - before
        length = float(moved.norm() * gradient.norm())
        if length:
            leaf.slopes.append(float((moved * gradient).sum()) / length)
            leaf.pulls.append(float(gradient.norm()))
            leaf.hand_line = line

    def _replaced(self, call: Call, result: Any) -> None:
        leaf = self._of.leaves.known(call.first)
        if leaf is not None:
            leaf.extra += 1
        self._written(call, result)

    def _handed_out(self, call: Call, result: Any) -> None:
        leaf = self._of.leaves.known(call.first) if call.args else None
        if leaf is not None and type(result) is torch.Tensor:
            self._of.marks.put(result, [Mark("alias", call.line, leaf.number)])

    # Gradients

    def _looked_at(self, call: Call, result: Any) -> None:
        leaf = self._of.leaves.known(call.first)
        if leaf is not None and type(result) is torch.Tensor:
            leaf.read += call.place.direct
            self._of.marks.put(
                result,
                [
                    Mark("gradient of", call.line, leaf.number),
                    Mark("from gradient", call.line, leaf.number, "all"),
                ],
            )

    def _clearing(self, call: Call) -> None:
        target = call.first
        if call.name == "grad.set":
            if len(call.args) < 2 or call.args[1] is not None:
                return
            leaf = self._of.leaves.known(target)
        else:
            mark = self._of.marks.one(target, "gradient of")
            leaf = self._of.leaves.all[mark.what] if mark else None
        if leaf is not None:
            leaf.cleared_line = call.line
            leaf.forward = False
            leaf.cleared_unused += leaf.given != 0
            if len(self._of.clears) < MOST:
                self._of.clears.append((call.line, leaf.number))
            leaf.used = leaf.stale = None


def _held(optimizer: torch.optim.Optimizer) -> list[torch.Tensor]:
    return [tensor for group in optimizer.param_groups for tensor in group["params"]]
