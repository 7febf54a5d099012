"""A slope without autograd: rise over run, and what it comes to where the run is short.

The curve stands in the lesson ``rise_over_run`` as it does in ``slope``; the picture asks the very
``f`` of the text that ran.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch

from groundup.autograd.slopes import Slope, curve_lesson, is_kink
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run, run
from groundup.engine.snapshot import number

NAME = "rise_over_run"
SHORT = 1e-5
"""A run so short that on a smooth curve rise over run is the tangent's slope."""


@dataclass(frozen=True)
class Rise(Slope):
    """What a run of the lesson found; ``slope`` is rise over run, ``central`` a short one.

    ``h`` is how far w went to either side, ``before`` and ``after`` are f there.
    """

    h: float = math.nan
    before: float = math.nan
    after: float = math.nan

    @property
    def rise(self) -> float:
        """How far f rises from one side to the other."""
        return self.after - self.before


def lesson_of(curve: str, formula: str, steps: int) -> Lesson:
    """The lesson with that curve (:func:`groundup.autograd.slopes.curve_lesson`).

    Without ``steps`` downhill its text ends with the slope.

    Raises:
        ValueError: if there is no such curve, or ``formula`` cannot be used.
    """
    return curve_lesson(curve, formula, NAME).set(downhill="walk" if steps else "stay")


def look(text: str, low: float, high: float) -> Rise:
    """Run ``text``, a form of the lesson; the curve is drawn from ``low`` to ``high``."""
    finished = run(text)
    return Rise(failure=finished.failure) if finished.failure else _read(finished, low, high)


def in_words(rise: Rise) -> str:
    """What the two slopes have to do with each other here."""
    if math.isnan(rise.slope) or math.isnan(rise.central):
        return "A value of f comes out here as NaN, not a number. Move w elsewhere."
    if rise.kink:
        return (
            f"**A kink:** slope {number(rise.left)} from the left, {number(rise.right)} from the "
            "right. Rise over run is something between, and there is no one tangent."
        )
    if rise.disagreement <= 1e-6 * max(1.0, abs(rise.central)):
        return "Rise over run is the tangent's slope here, to 6 digits."
    return (
        f"Rise over run misses the tangent's slope by {number(rise.disagreement)}: make h smaller."
    )


def _read(finished: Run, low: float, high: float) -> Rise:
    variables: dict[str, Any] = finished.variables
    f, at, h = variables["f"], variables["at"], variables["h"]
    ws = torch.linspace(low, high, 401, dtype=torch.float64)
    here = torch.tensor(at, dtype=torch.float64)
    trail = variables.get("trail", [at])
    left, right = _sides(f, here, SHORT)
    near_left, near_right = _sides(f, here, SHORT / 100)
    height = f(here).item()
    first = (f(here + h) - f(here - h)) / (2 * h)
    return Rise(
        at=at,
        height=height,
        slope=first.item(),
        left=left,
        right=right,
        central=(left + right) / 2,
        kink=is_kink(right - left, near_right - near_left, abs(height)),
        trail=tuple(trail),
        heights=tuple(f(torch.tensor(trail, dtype=torch.float64)).tolist()),
        ws=tuple(ws.tolist()),
        curve=tuple(f(ws).tolist()),
        slopes=tuple(((f(ws + h) - f(ws - h)) / (2 * h)).tolist()),
        h=h,
        before=f(here - h).item(),
        after=f(here + h).item(),
    )


def _sides(f: Any, here: torch.Tensor, gap: float) -> tuple[float, float]:
    """The slopes a short way to the left and to the right."""
    height = f(here)
    return ((height - f(here - gap)) / gap).item(), ((f(here + gap) - height) / gap).item()
