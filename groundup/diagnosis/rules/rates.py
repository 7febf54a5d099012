"""Steps that are too long or too short, and rates that fall to nothing or not at all."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator

from groundup.diagnosis.findings import Finding
from groundup.diagnosis.rule import Rule, Scene, called, loops_around
from groundup.diagnosis.words import called as called_leaf
from groundup.engine.snapshot import number

RISE = 10.0
"""A loss that becomes so many times the first one, and ends above it, was driven up."""
TINY = 1e-5
TINY_CHANGE = 1e-3
"""A rate up to this, and a loss that changes by no more than this part of it, mean no learning."""
JUMP = 3.0
"""So many times its own size no weight should move in a step."""
SPENT = 5e-5
"""Of its first value, a rate so small takes no steps worth the name."""


class Rates(Rule):
    """Looks at the losses and at the rates of the steps."""

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """At most one of a loss, and what schedulers did."""
        yield from self._up(scene)
        yield from self._tiny(scene)
        yield from self._spent(scene)
        yield from self._never(scene)

    def _up(self, scene: Scene) -> Iterator[Finding]:
        losses = [value for _, value in self.of.losses]
        if len(losses) < 4 or not self.of.updates or not losses[0] > 0 or self.of.restored:
            return
        early = max(losses[: max(3, len(losses) // 20)])
        top = max((v if math.isfinite(v) else math.inf for v in losses), default=0.0)
        if top > RISE * early and not losses[-1] <= early:
            how = number(losses[-1]) if math.isfinite(losses[-1]) else str(losses[-1])
            yield Finding(
                "diverges",
                self._line(scene),
                f"The steps are too long: the loss went from {number(losses[0])} to {how}.",
                evidence=(f"after {len(losses)} passes",),
                fix="Take a smaller learning rate, or the mean of the loss.",
                mistake="step_too_long",
            )
        elif losses[1] > RISE * losses[0]:
            yield from self._jump(scene, losses)

    def _jump(self, scene: Scene, losses: list[float]) -> Iterator[Finding]:
        """The first step threw the weights far beyond their own size."""
        leaf = max(self.of.leaves.all, key=lambda one: one.jump[0])
        moved, size = leaf.jump
        if moved > JUMP * size > 0:
            yield Finding(
                "shot_up",
                self._line(scene),
                f"The first step moved the numbers of {called_leaf(leaf)} by {number(moved)}, and "
                f"they were about {number(size)}: the loss went from {number(losses[0])} to "
                f"{number(losses[1])}.",
                fix="Take a smaller learning rate.",
            )

    def _tiny(self, scene: Scene) -> Iterator[Finding]:
        """So short steps that the loss stays as it was."""
        losses = [value for _, value in self.of.losses]
        rates = [rate for one in self.of.steppers for rate in one.rates]
        never = [leaf for leaf in self.of.leaves.all if leaf.unmoved and not leaf.changed]
        short = any(leaf.unmoved and leaf.unmoved[1] for leaf in never) and not any(
            leaf.changed for leaf in self.of.leaves.all
        )
        if rates and len(losses) >= 20 and 0 < max(rates) <= TINY:
            spread = max(losses) - min(losses)
            short = short or spread < TINY_CHANGE * abs(losses[0])
        if short and losses:
            yield Finding(
                "rate_tiny",
                self._line(scene),
                f"The steps are too short: after {len(losses)} passes the loss went from "
                f"{number(losses[0])} to {number(losses[-1])}.",
                fix="Take a larger learning rate.",
            )

    def _line(self, scene: Scene) -> int:
        """Where the steps got their length: a sum for a mean, an optimizer, or by hand."""
        for node in ast.walk(scene.tree):
            if isinstance(node, ast.keyword) and ast.unparse(node) == "reduction='sum'":
                return node.value.lineno
        steppers = [one for one in self.of.steppers if one.steps]
        if steppers:
            return steppers[-1].line
        moved = [leaf.hand_line for leaf in self.of.leaves.all if leaf.hand_line]
        return rate_line(scene, moved[0]) if moved else self.of.backward_line

    def _spent(self, scene: Scene) -> Iterator[Finding]:
        for one in self.of.steppers:
            rates = one.rates
            low = sum(rate < SPENT * rates[0] for rate in rates)
            if len(rates) > 9 and low >= len(rates) / 5:
                at = next(n for n, rate in enumerate(rates) if rate < SPENT * rates[0])
                yield Finding(
                    "rate_spent",
                    next(_scheduled(scene), one.line),
                    f"After {at} of {len(rates)} steps the rate had fallen from "
                    f"{number(rates[0])} to {number(rates[at])}: the other steps change nothing.",
                    fix="Step the scheduler once each epoch, or let it fall more slowly.",
                )

    def _never(self, scene: Scene) -> Iterator[Finding]:
        for value in scene.names.values():
            count = getattr(value, "_step_count", None)
            kind = type(value)
            if "lr_scheduler" in str(kind.__module__) and count == 1:
                steps = max((one.steps for one in self.of.steppers), default=0)
                line = next((node.lineno for node in scene.calls(kind.__name__)), 0)
                if steps > 1 and line:
                    yield Finding(
                        "scheduler_idle",
                        line,
                        f"{steps} steps were taken, and {kind.__name__} was never stepped: the "
                        "rate stayed as it was.",
                        fix="Call scheduler.step() once each epoch.",
                    )


def _scheduled(scene: Scene) -> Iterator[int]:
    names = {
        name for name, value in scene.names.items() if "lr_scheduler" in str(type(value).__module__)
    }
    for node in scene.calls("step"):
        holder = node.func.value if isinstance(node.func, ast.Attribute) else None
        if isinstance(holder, ast.Name) and holder.id in names and called(node) == "step":
            yield node.lineno


def rate_line(scene: Scene, line: int) -> int:
    """Where the number was last set that the update in ``line`` multiplies with; else ``line``."""
    used: set[str] = set()
    for node in ast.walk(scene.tree):
        if isinstance(node, ast.BinOp | ast.AugAssign) and node.lineno == line:
            used |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    numbers = {name for name in used if type(scene.names.get(name)) in {int, float}}
    set_at = [
        node.lineno
        for node in ast.walk(scene.tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id in numbers
        and not loops_around(scene.tree, node.lineno)
    ]
    return max(set_at, default=line)
