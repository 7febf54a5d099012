"""How gradients add up: what each call of backward() contributes, and what clearing leaves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from groundup.engine import lesson
from groundup.engine.observe import Run, run


@dataclass(frozen=True)
class Call:
    """One call of backward(): the gradient before it (None: no tensor), right after it, and what is
    ``left`` when the loop comes round."""

    grad_before: float | None
    grad: float
    left: float | None

    @property
    def contribution(self) -> float:
        """What this call added."""
        return self.grad - (self.grad_before or 0.0)


@dataclass(frozen=True)
class Cleared:
    """A way of clearing a gradient: what it ``left`` (None: no tensor), whether in the
    ``same_memory``, and how far the next step with momentum ``moved`` w."""

    way: str
    left: float | None
    same_memory: bool
    moved: float


def calls(text: str) -> tuple[Call, ...]:
    """Run ``text``, a form of the lesson ``adding_up``, and read w.grad around each backward()."""
    lines = text.splitlines()
    observed, recorded = Run(text), []
    before = grad = None
    while step := observed.step():
        now = gradient(observed.variables.get("w"))
        if "for call in" in lines[step.line - 1]:
            if grad is not None:
                recorded.append(Call(before, grad, now))
            before = now
        elif "backward()" in lines[step.line - 1]:
            grad = now
    if grad is not None:
        recorded.append(Call(before, grad, gradient(observed.variables.get("w"))))
    return tuple(recorded)


def gradient(tensor: Any) -> float | None:
    """The gradient that ``tensor``, of one number, holds; None if it holds none."""
    grad = getattr(tensor, "grad", None)
    return None if grad is None else float(grad.item())


@cache
def ways_to_clear() -> tuple[Cleared, ...]:
    """Run the lesson ``left_behind`` for each way."""
    left_behind = lesson.load("left_behind")
    ways = []
    for way in left_behind.choices["clear"].parameter.options:
        values = run(left_behind.set(clear=way).text).variables
        left = None if values["left"] is None else values["left"].item()
        ways.append(Cleared(way, left, values["same_memory"], values["moved"]))
    return tuple(ways)
