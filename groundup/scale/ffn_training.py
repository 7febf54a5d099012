"""Training a model of many parameters under the learner's hand: computed in pieces, kept thin.

Each epoch's loss is recorded by the run itself; the curve through the data is the lesson's own
``y_hat``, looked at after some of the epochs.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from groundup.engine import lesson
from groundup.engine.failures import Failure
from groundup.engine.lesson import Lesson
from groundup.engine.observe import SLICE, Run
from groundup.engine.playback import Playback
from groundup.engine.words import count_in_words
from groundup.scale import measure
from groundup.scale.architecture import ffn_flops
from groundup.scale.measure import Budget
from groundup.scale.memory import ffn_training_bytes
from groundup.scale.promises import always, release

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
    """Bytes at the fullest moment of training it; the toy counts as a block one number wide."""
    at: Mapping[str, Any] = planned.settings
    hidden, inside = (1, 1) if at["model"] == "toy" else (at["hidden"], at["intermediate"])
    return ffn_training_bytes(hidden, inside, at["points"], at["optimizer"])


LIGHT = 2**24
"""Bytes that a block may take to be run a second time, a few passes long, beside a class."""


def light(planned: Lesson) -> bool:
    """Whether ``planned`` may be watched for its invariants."""
    return needed(planned) <= LIGHT


class FfnTraining(Playback):
    """One learner's run, kept as plain numbers once it is over, so that its memory goes back.

    Attributes:
        lesson: the lesson on the picture; None before the first press of Train.
        run: the run, while there is more of it.
        x, y: the examples.
        losses: one number for each complete epoch.
        curves: pairs of epochs complete and the predictions at ``x`` then, float32 as computed (a
            class of a hundred holds ten thousand of them).
        failure: what the text raised.
        output: what it printed.
        ended: why it stopped for good before its end, if it did.
    """

    lesson: Lesson | None
    run: Run | None
    x: list[float]
    y: list[float]
    losses: Sequence[float]
    curves: list[tuple[int, array[float]]]
    failure: Failure | None
    output: str
    ended: str

    def __init__(self) -> None:
        super().__init__()
        self.run = None
        self._present: Callable[[], bool] = always
        self._clear()

    def train(self, planned: Lesson, limit: Budget, present: Callable[[], bool] = always) -> None:
        """Compute ``planned`` (all of it, or a second's worth) and play it from the start.

        ``present`` says whether the learner is still there; if not, its memory goes back.

        Raises:
            ValueError: if the memory is taken; then no run is kept.
        """
        self._present = present
        self.begin(planned, limit)
        self.compute()
        self._play()

    def begin(self, planned: Lesson, limit: Budget) -> None:
        """Reserve the memory and stand before the first statement; what ran before is dropped.

        Raises:
            ValueError: if the memory is taken; then no run is kept.
        """
        self.stop()
        self._clear()
        self.run = measure.reserve(planned.text, needed(planned), limit, self, self._present)
        self.lesson, self.losses = planned, self.run.columns["loss"]

    def stop(self) -> None:
        """End it here, and give its memory back."""
        if self.run:
            self.failure, self.output = self.run.failure, self.run.output
            release(self.run)
            self.run = None

    def give_back(self, run: Run) -> None:
        """Let go of ``run``, which nobody plays; it is made anew when somebody does."""
        with self.exclusive():
            if self.run is run and run.state == "paused":
                release(run)
                self.run, self._given_back = None, True

    @property
    def complete(self) -> bool:
        """Whether everything was computed, or cannot be."""
        return not self._given_back and super().complete

    @property
    def runs(self) -> list[Run]:
        """The run, while there is more of it."""
        return [self.run] if self.run else []

    @property
    def furthest(self) -> int:
        """How many epochs are computed."""
        return len(self.losses)

    @property
    def epochs(self) -> int:
        """How many epochs there are when it is complete."""
        return self.furthest if self.complete else self._wanted

    @property
    def _wanted(self) -> int:
        return int(self.lesson.settings["epochs"]) if self.lesson else 0

    def _clear(self) -> None:
        self.lesson, self.failure, self.output = None, None, ""
        self.x, self.y, self.losses, self.curves = [], [], (), []
        self.ended, self._given_back = "", False

    def _make_anew(self) -> None:
        """Begin the run once more that was given back; what is known of it stays."""
        if self.lesson is None:
            return
        self._given_back = False
        text, size = self.lesson.text, needed(self.lesson)
        try:
            self.run = measure.reserve(text, size, measure.budget(), self, self._present)
        except ValueError as error:
            self.ended = str(error)

    def _advance(self) -> None:
        """Run to the next epoch whose curve is kept, for one slice at most."""
        if self._given_back:
            self._make_anew()
        if not (run := self.run):
            return
        last_epoch = self.curves[-1][0] if self.curves else 0
        wanted = (
            min(last_epoch + math.ceil(self._wanted / CURVES), self._wanted) if last_epoch else 1
        )
        # After the last epoch there are statements left, and nothing to keep.
        run.advance(SLICE, epochs=wanted if last_epoch < self._wanted else None)
        if last_epoch < wanted <= run.epochs:
            self.curves.append((run.epochs, array("f", column(run, "y_hat"))))
        if not self.x:
            self.x, self.y = column(run, "X"), column(run, "y_true")
        if run.epochs >= len(self.losses):
            # One that was made anew has caught up.
            self.losses = run.columns["loss"]
        if run.state != "paused":
            self.stop()


def column(run: Run, name: str) -> list[float]:
    """A tensor of one column as numbers; empty before it exists."""
    value = run.variables.get(name)
    return value.detach().flatten().tolist() if isinstance(value, torch.Tensor) else []


def best_line_loss(x: Sequence[float], y: Sequence[float]) -> float:
    """The mean squared error of the best straight line through the data, by least squares."""
    ones = torch.ones(len(x), dtype=torch.float64)
    design = torch.stack([torch.tensor(x, dtype=torch.float64), ones], dim=1)
    target = torch.tensor(y, dtype=torch.float64).unsqueeze(1)
    answer = torch.linalg.lstsq(design, target).solution
    return float((design @ answer - target).square().mean())


# A neuron's view


@dataclass(frozen=True)
class NeuronAnswers:
    """What every neuron of the trained block says about every input.

    ``neurons`` has a row for each of ``x`` and a column for each neuron; ``near_zero`` counts, for
    each row, those within one percent of the largest anywhere. ``added`` says what each of the
    neurons adds to ``y_hat``, and ``biases`` what the biases behind them do.
    """

    x: list[float]
    y_hat: list[float]
    neurons: torch.Tensor
    near_zero: list[int]
    added: torch.Tensor
    biases: float

    @property
    def limit(self) -> float:
        """What a neuron says is near zero below this."""
        return 0.01 * float(self.neurons.abs().max())

    @property
    def width(self) -> int:
        """How many neurons the block has."""
        return self.neurons.shape[1]

    def nearest(self, x: float) -> int:
        """The row whose input is nearest to ``x``."""
        return min(range(len(self.x)), key=lambda row: abs(self.x[row] - x))


MAX_FLOPS = 3e11
"""For a training that is done in one go: a few seconds on one core."""


def _flops(planned: Lesson) -> float:
    at: Mapping[str, Any] = planned.settings
    each = ffn_flops(at["hidden"], at["intermediate"], at["points"])
    return 3.0 * int(at["epochs"]) * each


def look_inside(planned: Lesson, limit: Budget) -> NeuronAnswers:
    """Train ``planned`` with the edit that notes the neurons, and read what was noted.

    Raises:
        ValueError: if the memory is taken, or the text failed.
    """
    if (work := _flops(planned)) > MAX_FLOPS:
        raise ValueError(
            f"This training takes about {count_in_words(work)} FLOPs, and at most "
            f"{count_in_words(MAX_FLOPS)} are done at once here: choose a smaller width or fewer "
            "epochs."
        )
    inside = planned.edit("look_inside")
    run = measure.reserve(inside.text, needed(inside), limit)
    try:
        variables = run.finish().variables
        if run.state != "done":
            raise ValueError(run.failure.message if run.failure else run.ended)
        x, y_hat = column(run, "X"), column(run, "y_hat")
        return NeuronAnswers(
            x,
            y_hat,
            variables["neurons"].cpu().clone(),
            variables["near_zero"].tolist(),
            variables["added"].cpu().clone(),
            variables["biases"].item(),
        )
    finally:
        release(run)
