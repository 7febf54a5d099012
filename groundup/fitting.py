"""Training a model of many parameters under the learner's hand: computed in pieces, kept thin.

Each epoch's loss is recorded by the run itself; the curve through the data is the lesson's own
``y_hat``, looked at after some of the epochs.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from groundup import lesson, measure
from groundup.lesson import Lesson
from groundup.measure import Budget
from groundup.memory import ffn_training_bytes
from groundup.observe import SLICE, Run

CURVES = 120
"""At most so many curves are kept of a run, evenly spread over its epochs."""

WIDTHS = (16, 32, 64, 128, 256, 512, 1024)
INSIDE = 4
"""Neurons in the block for each of its inputs, as in GPT-2."""


def planned(width: int, limit: Budget, **settings: object) -> Lesson:
    """The lesson that trains a block ``width`` wide.

    Raises:
        ValueError: for a setting that is not allowed, or a block past the budget.
    """
    made = lesson.load("train_ffn").set(hidden=width, intermediate=INSIDE * width, **settings)
    if needed(made) > limit.bytes:
        raise ValueError(measure.too_large(needed(made), limit))
    return made


def needed(planned: Lesson) -> int:
    """Bytes at the fullest moment of training it; the toy is taken for a block, which is larger."""
    at: Mapping[str, Any] = planned.settings
    return ffn_training_bytes(at["hidden"], at["intermediate"], at["points"], at["optimizer"])


@dataclass
class Fitting:
    """One learner's run. ``x`` and ``y`` are the data; ``curves`` pairs epochs with predictions."""

    lesson: Lesson
    run: Run
    order: int = 1
    playing: bool = True
    curves: list[tuple[int, list[float]]] = field(default_factory=list)

    @classmethod
    def start(cls, planned: Lesson, limit: Budget, order: int) -> Fitting:
        """Reserve the memory and stand before the first statement.

        Raises:
            ValueError: if the memory is taken.
        """
        text = planned.text
        return cls(planned, measure.reserve(text, needed(planned), limit), order)

    @property
    def epochs(self) -> int:
        """How many epochs the run has when it is complete."""
        over = self.run.state != "paused"
        return self.run.epochs if over else int(self.lesson.settings["epochs"])  # type: ignore[arg-type]

    @property
    def done(self) -> bool:
        return self.run.state != "paused"

    def compute(self, seconds: float) -> None:
        """Go on for about ``seconds``, keeping curves on the way."""
        deadline = time.perf_counter() + seconds
        while not self.done and time.perf_counter() < deadline:
            self._advance()

    def finish(self) -> Fitting:
        while not self.done:
            self._advance()
        return self

    def _advance(self) -> None:
        """Run to the next epoch whose curve is kept, for one slice at most."""
        total = int(self.lesson.settings["epochs"])  # type: ignore[arg-type]
        kept = self.curves[-1][0] if self.curves else 0
        wanted = min(kept + math.ceil(total / CURVES), total) if kept else 1
        # After the last epoch there are statements left, and nothing to keep.
        self.run.advance(SLICE, epochs=wanted if kept < total else None)
        if kept < wanted <= self.run.epochs:
            self.curves.append((self.run.epochs, column(self.run, "y_hat")))

    @property
    def data(self) -> tuple[list[float], list[float]]:
        """x and y of the examples."""
        return column(self.run, "X"), column(self.run, "y_true")


def best_line_loss(x: Sequence[float], y: Sequence[float]) -> float:
    """The mean squared error of the best straight line through the data, by least squares."""
    ones = torch.ones(len(x), dtype=torch.float64)
    design = torch.stack([torch.tensor(x, dtype=torch.float64), ones], dim=1)
    target = torch.tensor(y, dtype=torch.float64).unsqueeze(1)
    answer = torch.linalg.lstsq(design, target).solution
    return float((design @ answer - target).square().mean())


def column(run: Run, name: str) -> list[float]:
    """A tensor of one column as numbers; empty before it exists."""
    value = run.variables.get(name)
    return value.detach().flatten().tolist() if isinstance(value, torch.Tensor) else []


# A neuron's view


@dataclass(frozen=True)
class View:
    """What every neuron of the trained block says about every input.

    ``neurons`` has a row for each of ``x`` and a column for each neuron; ``near_zero`` counts, for
    each row, those within one percent of the largest anywhere.
    """

    x: list[float]
    y_hat: list[float]
    neurons: torch.Tensor
    near_zero: list[int]

    @property
    def width(self) -> int:
        return self.neurons.shape[1]

    def nearest(self, x: float) -> int:
        """The row whose input is nearest to ``x``."""
        return min(range(len(self.x)), key=lambda row: abs(self.x[row] - x))


def look_inside(planned: Lesson, limit: Budget) -> View:
    """Train ``planned`` with the edit that notes the neurons, and read what was noted.

    Raises:
        ValueError: if the memory is taken, or the text failed.
    """
    inside = planned.edit("look_inside")
    run = measure.reserve(inside.text, needed(inside), limit)
    try:
        found = run.finish().variables
        if run.state != "done":
            raise ValueError(run.failure.message if run.failure else run.ended)
        x, y_hat = column(run, "X"), column(run, "y_hat")
        return View(x, y_hat, found["neurons"].cpu().clone(), found["near_zero"].tolist())
    finally:
        measure.release(run)
