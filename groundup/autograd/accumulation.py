"""How gradients add up: what each call of backward() contributes, and what clearing leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from groundup.engine import lesson
from groundup.engine.observe import Run, run
from groundup.engine.snapshot import number


@dataclass(frozen=True)
class Call:
    """One call of backward(): the gradient before it (None: no tensor), right after it, what is
    ``left`` when the loop comes round, and the ``x`` that its loss was made of."""

    grad_before: float | None
    grad: float
    left: float | None
    x: float = 1.0

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
    x = 1.0
    while step := observed.step():
        now = gradient(observed.variables.get("w"))
        if "for call in" in lines[step.line - 1]:
            if grad is not None:
                recorded.append(Call(before, grad, now, x))
            before = now
        elif "backward()" in lines[step.line - 1]:
            grad, x = now, observed.variables.get("x", x)
    if grad is not None:
        recorded.append(Call(before, grad, gradient(observed.variables.get("w")), x))
    return tuple(recorded)


def about_blocks(seen: Sequence[Call]) -> str:
    """Why the calls do not all add the same; empty where there is one alone."""
    if len(seen) < 2:
        return ""
    more = ", …" if len(seen) > _NAMED else ""
    each = ", ".join(number(call.x) for call in seen[:_NAMED]) + more
    added = ", ".join(number(call.contribution) for call in seen[:_NAMED]) + more
    return f"Each call has a loss of its own, for x is another: {each}. So the calls add {added}."


_NAMED = 6


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
