"""The learner as the optimizer: each place that was tried, as the lesson's text computed it."""

from __future__ import annotations

from dataclasses import dataclass

from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.training.surface import Point

CLOSE = 1.01
"""Found: a loss of at most 1.01 times the best one (or next to nothing above it)."""


GOAL = 1.0
"""Where the line is hidden, it is looked for until the loss is below this."""


def begins(lesson: Lesson) -> Point:
    """Where ``lesson`` (``by_hand``) puts w and b at first, as a slider shows them."""
    variables = Run(lesson.text, name=lesson.name, files=lesson.files).finish().variables
    return round(variables["hand_w"], 2), round(variables["hand_b"], 2)


def at(lesson: Lesson, place: Point) -> Lesson:
    """``lesson`` with the learner at ``place``: those two numbers stand in its text."""
    return lesson.set(begin="chosen", hand_w=place[0], hand_b=place[1])


@dataclass(frozen=True)
class Try:
    """One place: the loss there, its gradients, and where gradient descent would step to."""

    w: float
    b: float
    loss: float
    w_grad: float
    b_grad: float
    next: Point


class Hand:
    """The tries on one set of examples; other examples begin a new count.

    Attributes:
        tries: each place tried, in order; a place that is merely looked at again adds none.
        lesson: the lesson of the last try.
        best, best_loss: least squares' own answer.
        x, y: the examples.
        start: where the sliders began.
        hidden: w and b of the line that made the examples, if the text does not say them.
    """

    def __init__(self) -> None:
        self.tries: list[Try] = []
        self.x: list[float] = []
        self.y: list[float] = []
        self.best: Point = (0.0, 0.0)
        self.best_loss = 0.0
        self.text = ""
        self.start: Point | None = None
        self.hidden: Point | None = None

    def place(self, lesson: Lesson) -> None:
        """Run ``lesson`` (``by_hand``, set to the learner's w and b) and add it to the tries."""
        if lesson.text == self.text:
            return
        self.text = lesson.text
        run = Run(lesson.text, name=lesson.name, files=lesson.files).finish()
        variables = run.variables
        x, y = variables["X"].flatten().tolist(), variables["y_true"].flatten().tolist()
        if (x, y) != (self.x, self.y):
            self.tries = []
        self.x, self.y = x, y
        self.best = (variables["best_w"].item(), variables["best_b"].item())
        self.best_loss = variables["best_loss"].item()
        drawn = lesson.settings["line"] == "hidden"
        self.hidden = (variables["true_w"], variables["true_b"]) if drawn else None
        self._add(_try(run))

    def _add(self, attempt: Try) -> None:
        last = self.tries[-1] if self.tries else None
        if last and (last.w, last.b) == (attempt.w, attempt.b):
            self.tries[-1] = attempt
        elif len(self.tries) < 1000:
            self.tries.append(attempt)

    @property
    def goal(self) -> float:
        """The loss to come below: :data:`GOAL`, or twice the best where noise forbids that."""
        return max(GOAL, 2 * self.best_loss)

    @property
    def below_at(self) -> int | None:
        """The number of the first try whose loss was below the goal; None if none was."""
        return next((n for n, one in enumerate(self.tries, 1) if one.loss < self.goal), None)

    @property
    def searching(self) -> bool:
        """Whether a hidden line is looked for still: then nothing may give it away."""
        return self.hidden is not None and self.below_at is None

    @property
    def found_at(self) -> int | None:
        """The number of the first try that was close to the best; None if none was."""
        limit = max(self.best_loss * CLOSE, self.best_loss + 1e-4)
        return next((n for n, attempt in enumerate(self.tries, 1) if attempt.loss <= limit), None)

    @property
    def columns(self) -> dict[str, list[float]]:
        """The tries as a run's columns: one place, its loss and its gradients in each row."""
        return {
            "loss": [attempt.loss for attempt in self.tries],
            "w": [attempt.w for attempt in self.tries],
            "b": [attempt.b for attempt in self.tries],
            "w.grad": [attempt.w_grad for attempt in self.tries],
            "b.grad": [attempt.b_grad for attempt in self.tries],
        }


def _try(run: Run) -> Try:
    def at(name: str) -> float:
        value = run.scalar(name)
        assert value is not None, f"{name} is no number in {run.text}"
        return value

    return Try(
        at("w"), at("b"), at("loss"), at("w.grad"), at("b.grad"), (at("next_w"), at("next_b"))
    )
