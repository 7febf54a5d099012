"""Chapter 2, slopes: unseen inputs, and what is right for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch

from groundup.course.tasks.drawn import Draw, Given, Unseen

_CURVES = ("w ** 2", "w ** 3 - w", "(w - 3) ** 2", "5 * w + 1")


def slope_of(f: Callable[[Any], Any], w: float) -> float:
    """The slope of ``f`` at ``w``, by autograd and in float64."""
    t = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    f(t).backward()
    return float(t.grad) if t.grad is not None else 0.0


# 2.1 Which way is down?


def _at(w: float, curve: str) -> str:
    return f"w, h = {w}, 0.001\n\ndef f(w):\n    return {curve}"


def _curve(draw: Draw) -> str:
    return _at(round(draw.uniform(-2, 2), 2), draw.choice(_CURVES[1:]))


def _slope(given: Given) -> Mapping[str, Any]:
    return {"slope": slope_of(given.f, given.w)}


# 2.2 Downhill


def _valley(draw: Draw) -> str:
    w, rate = round(draw.uniform(3, 5), 1), draw.choice([0.05, 0.1, 0.2])
    lowest = round(draw.uniform(-2, 2), 1)
    given = f"w, rate, steps = {w}, {rate}, {draw.randint(3, 12)}"
    return f"{given}\n\ndef slope(w):\n    return 2 * (w - {lowest})"


def _walked(given: Given) -> Mapping[str, Any]:
    """In a closed form: each step leaves 1 - 2 * rate of the way to the lowest place."""
    lowest = -given.slope(0.0) / 2
    return {"w": lowest + (given.w - lowest) * (1 - 2 * given.rate) ** given.steps}


# 2.3 The switch


def _start(draw: Draw) -> str:
    return f"start = {round(draw.uniform(-3, 3), 2)}"


def _switched(given: Given) -> Mapping[str, Any]:
    return {"g": 2 * (given.start - 4)}


def _places(draw: Draw) -> str:
    places = [round(draw.uniform(-2, 2), 1) for _ in range(draw.randint(3, 6))]
    return f"places = {places}\n\ndef f(w):\n    return {draw.choice(_CURVES[:3])}"


def _slopes(given: Given) -> Mapping[str, Any]:
    return {"slopes": torch.tensor([slope_of(given.f, place) for place in given.places])}


# 2.4 Slopes add up


def _start_and_factor(draw: Draw) -> str:
    return f"start, k = {round(draw.uniform(1, 3), 1)}, {draw.randint(2, 9)}.0"


def _of_square(given: Given) -> Mapping[str, Any]:
    return {"g": 2 * given.start}


UNSEEN = {
    "rise-over-run": Unseen(
        _curve, _slope, (_at(1.3, _CURVES[1]), _at(-1.0, _CURVES[2])), tolerance=0.02
    ),
    "walk": Unseen(_valley, _walked),
    "switch-on": Unseen(_start, _switched),
    "many-slopes": Unseen(_places, _slopes),
    "fresh": Unseen(_start_and_factor, _of_square),
}
