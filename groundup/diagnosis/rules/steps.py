"""Updates that go wrong: uphill, twice, to a new tensor, or with a new optimizer each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import torch

from groundup.diagnosis.findings import Finding
from groundup.diagnosis.history import Stepper
from groundup.diagnosis.marks import Mark
from groundup.diagnosis.mode import Call, Listeners
from groundup.diagnosis.rule import Rule, Scene
from groundup.diagnosis.words import called
from groundup.engine.snapshot import number

UPHILL = 0.999
"""The least cosine between a move and the gradient of one that goes straight uphill."""


class Steps(Rule):
    """Looks at the directions and at what steps were made with."""

    def listen(self, to: Listeners) -> None:
        """A new tensor in the place of an update is a difference."""
        self._new: dict[int, tuple[int, int]] = {}
        to.add("sub", "add", "rsub", "subtract", after=self._difference)
        to.add("grad", after=self._asked)

    def _difference(self, call: Call, result: Any) -> None:
        leaf = self.of.leaves.known(call.first)
        if leaf is None or len(call.args) < 2 or (not leaf.pending and not leaf.passes):
            return
        marks = self.of.marks.of(call.args[1], "from gradient")
        if any(mark.what == leaf.number for mark in marks):
            line, count = self._new.get(leaf.number, (call.line, 0))
            self._new[leaf.number] = (line, count + 1)

    def _asked(self, call: Call, result: Any) -> None:
        inputs = call.get(1, "inputs")
        inputs = [inputs] if isinstance(inputs, torch.Tensor) else list(inputs or ())
        for one, gradient in zip(inputs, result or (), strict=False):
            leaf = self.of.leaves.known(one)
            if leaf is not None and call.kwargs.get("create_graph"):
                self.of.data.add(leaf.number)
            if leaf is not None and isinstance(gradient, torch.Tensor):
                self.of.marks.put(gradient, [Mark("from gradient", call.line, leaf.number, "all")])

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """Those of the four that happened."""
        yield from self._rebound()
        yield from self._uphill()
        yield from self._again()
        yield from self._rebuilt()
        yield from self._constants()

    def _rebound(self) -> Iterator[Finding]:
        for leaf in self.of.leaves.all:
            line, count = self._new.get(leaf.number, (0, 0))
            if count > 1 < leaf.passes and not leaf.changed and not leaf.updates:
                yield Finding(
                    "rebound",
                    line,
                    f"This makes a new tensor, and {called(leaf)} stays as it was: {count} times "
                    "its gradient was used so, and it never changed.",
                    fix="Change it in place, within torch.no_grad(): w -= …",
                    mistake="update_makes_constant",
                )
                return

    def _uphill(self) -> Iterator[Finding]:
        moved = [leaf for leaf in self.of.leaves.all if len(leaf.slopes) > 1]
        still = [leaf for leaf in self.of.leaves.all if leaf.passes > 1 and not leaf.changed]
        # Towards a highest point the slope grows less: then up is where the text wants to go.
        up = all(min(leaf.slopes) > UPHILL and leaf.pulls[-1] > leaf.pulls[0] for leaf in moved)
        if moved and not still and up:
            losses = [value for _, value in self.of.losses]
            yield Finding(
                "uphill",
                moved[0].hand_line,
                f"The update moves {called(moved[0])} along its gradient, uphill: the loss went "
                f"from {number(losses[0])} to {number(losses[-1])}.",
                fix="Subtract the rate times the gradient.",
            )

    def _again(self) -> Iterator[Finding]:
        for one in self.of.steppers:
            if one.repeated > 1:
                yield Finding(
                    "two_steps",
                    one.step_line,
                    f"{one.repeated} steps were taken with gradients that a step had used already: "
                    "no backward() was in between.",
                    fix="Call step() once after each backward().",
                    mistake="two_steps",
                )

    def _constants(self) -> Iterator[Finding]:
        for one in self.of.steppers:
            if one.constants and one.steps and one.leaves:
                yield Finding(
                    "constant",
                    one.constant_line,
                    f"{one.constants} of the tensors that the optimizer was given require no "
                    "gradient: they stay as they are.",
                    fix="Make them with requires_grad=True.",
                )

    def _rebuilt(self) -> Iterator[Finding]:
        made: dict[int, list[Stepper]] = defaultdict(list)
        for one in self.of.steppers:
            if one.steps:
                made[one.line].append(one)
        for line, same in made.items():
            kept = set.intersection(*(one.leaves for one in same))
            forgets = same[0].remembers
            if len(same) > 2 and kept and forgets and all(one.steps == 1 for one in same):
                yield Finding(
                    "rebuilt",
                    line,
                    f"A new {same[0].kind} is made for each step ({len(same)} so far), so what "
                    "it remembers of earlier gradients is lost.",
                    fix="Make the optimizer once, before the loop.",
                )
