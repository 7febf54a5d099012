"""The goals of chapter 4: a line found by hand, and a rate just below the limit."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from typing import Any

import torch

from groundup.course.tasks.reaching import (
    Reached,
    Settings,
    WrongSettingError,
    as_number,
    as_whole,
    ran,
)
from groundup.engine import lesson
from groundup.engine.snapshot import number
from groundup.training.by_hand import at

# 4.1: a loss below 0.05 in sixteen moves, on a line that the text draws and does not show

MOVES = 16
HIDDEN = {"line": "hidden"}


def new_line(attempt: int) -> Settings:
    """Examples of a line that was not seen before, and that 0 and 0 are far from."""
    draw = random.Random(f"line {attempt}")
    while True:
        begin = {"seed": draw.randint(1, 999), "data_line": "hidden", "hand_w": 0.0, "hand_b": 0.0}
        if _standing(begin)["loss"].item() > 1:
            return begin


def same_line(settings: Settings) -> Settings:
    """The learner's line, laid on the one that made the examples."""
    names = _standing(settings)
    return {"hand_w": round(names["true_w"], 2), "hand_b": round(names["true_b"], 2)}


def by_hand(settings: Settings) -> Reached:
    """The loss at the learner's place, on the line of the settings; ``moves`` are counted."""
    if settings.get("data_line", "hidden") != "hidden":
        raise WrongSettingError("The line must be hidden. Begin again with a new one.")
    names = _standing(settings)
    loss = names["loss"].item()
    got = f"The loss is {number(loss)}"
    if as_whole(settings, "moves", 1, 0, 10_000) > MOVES:
        return Reached(False, f"{MOVES} moves are over. Begin again with a new line.", got)
    if loss < 0.05:
        return Reached(True, "Found, by its slopes alone.", got)
    if math.hypot(names["hand_w"] - 2, names["hand_b"] - 1) < 0.2:
        return Reached(False, 0, got)
    return Reached(False, _which_way(names), got)


def _standing(settings: Settings) -> Mapping[str, Any]:
    """The text with the learner's line at its place, run."""
    data = {
        "seed": as_whole(settings, "seed", 0, 0, 999_999),
        "points": as_whole(settings, "points", 50, 2, 500),
        "noise": as_number(settings, "noise", 0.1, 0, 0.1),
    }
    w, b = as_number(settings, "hand_w", -1, -12, 12), as_number(settings, "hand_b", 0, -12, 12)
    return ran(at(lesson.load("by_hand").set(**HIDDEN, **data), (w, b)).text)


def _which_way(names: Mapping[str, Any]) -> str | int:
    """What the larger of the two slopes says."""
    slopes = {"w": names["w"].grad.item(), "b": names["b"].grad.item()}
    name = max(slopes, key=lambda one: abs(slopes[one]))
    if slopes[name] < 0:
        return 1 if name == "w" else "`b.grad` is below 0: a larger b lowers the loss."
    return f"`{name}.grad` is above 0: a smaller {name} lowers the loss."


# 4.3: a rate just below the limit

EPOCHS = 2_000
NEAR = 1e-3
"""So far above the least loss it counts as arrived."""


def new_data(attempt: int) -> Settings:
    """Examples whose limit is not that of the page's own."""
    draw = random.Random(f"data {attempt}")
    while True:
        data = {"seed": draw.randint(1, 9_999), "points": draw.randint(8, 40)}
        limit = _limit(data)
        if not 0.8 < limit < 1:
            return {**data, "lr": 0.1}


def below_limit(settings: Settings) -> Settings:
    """A rate a little below the limit."""
    return {"lr": round(0.95 * _limit(_examples(settings)), 4)}


def _examples(settings: Settings) -> dict[str, int]:
    return {
        "seed": as_whole(settings, "seed", 0, 0, 999_999),
        "points": as_whole(settings, "points", 50, 2, 500),
    }


def _limit(data: Mapping[str, int]) -> float:
    """2 / λmax of the loss on these examples."""
    X = ran(lesson.load("training_loop").set(epochs=1, **data).text)["X"]
    inputs = torch.cat([X, torch.ones_like(X)], 1)
    return 2 / float(torch.linalg.eigvalsh(2 / len(X) * inputs.T @ inputs)[-1])


def edge(settings: Settings) -> Reached:
    """It arrives with the rate, and no longer with one that is a tenth larger."""
    rate = as_number(settings, "lr", 0.1, 0.0001, 10)
    data = _examples(settings)
    if 0.8 < _limit(data) < 1:
        raise WrongSettingError("These are examples that you know. Begin again with new ones.")
    loss, best, first = _losses(rate, data)
    if not loss < best + NEAR:
        flies = not loss < first
        said = 1 if flies else f"After {EPOCHS:,} epochs it is still on its way: try a larger rate."
        return Reached(False, said, f"After {EPOCHS:,} epochs the loss is {number(loss)}")
    loss, best, _ = _losses(min(1.1 * rate, 10.0), data)
    if loss < best + NEAR:
        return Reached(False, 0, "It arrives, and with a rate a tenth larger too")
    return Reached(True, "It arrives, and with a tenth more it would not.")


def _losses(rate: float, data: Mapping[str, int]) -> tuple[float, float, float]:
    """The loss after all epochs, the least there is, and the one at the start."""
    names = ran(lesson.load("training_loop").set(learning_rate=rate, epochs=EPOCHS, **data).text)
    X, y = names["X"], names["y_true"]
    inputs = torch.cat([X, torch.ones_like(X)], 1)
    start = torch.tensor([[names["start_w"]], [names["start_b"]]])
    ends = torch.cat([names["w"].detach(), names["b"].detach().reshape(1, 1)])
    best = torch.linalg.lstsq(inputs, y).solution
    loss, least, first = (
        torch.mean((inputs @ place - y) ** 2).item() for place in (ends, best, start)
    )
    return loss, least, first
