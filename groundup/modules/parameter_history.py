"""One model's training with its parameters measured after each epoch, and a file loaded into it.

The lesson's text measures nothing: between two epochs the paused script's ``model`` is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch

from groundup.engine.execution import TURN
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.modules.model_contents import FILE, Held, parameters


@dataclass(frozen=True)
class History:
    """One named parameter over a run: as it is in the end, and its norms.

    ``norms[n]`` is its norm after n epochs, ``grad_norms[n]`` that of its gradient, None where it
    has none.
    """

    held: Held
    norms: list[float]
    grad_norms: list[float | None]


class Watched:
    """A lesson run to its end, and where the learner holds the record of it.

    Attributes:
        lesson: the lesson on the picture.
        run: its finished run.
        histories: one for each named parameter; empty if the text failed (see ``run.failure``).
        order, at, playing: what the player was last told, or told us.
    """

    def __init__(self, lesson: Lesson) -> None:
        self.order = 0
        self._record(lesson)

    def show(self, lesson: Lesson) -> None:
        """Stand at the end of ``lesson``, which is run if it is another one."""
        if (lesson.text, lesson.files) != (self.lesson.text, self.lesson.files):
            self._record(lesson)

    def train(self, lesson: Lesson) -> None:
        """Run ``lesson`` and play its record from the start."""
        self._record(lesson)
        self.at, self.playing = 0, self.run.epochs > 0

    def held(self, order: int, at: int, playing: bool) -> None:
        """The browser says that the learner holds the record ``at`` so many epochs, or plays on."""
        if order == self.order:
            self.at, self.playing = min(max(at, 0), self.run.epochs), playing

    def _record(self, lesson: Lesson) -> None:
        run, histories = recorded(lesson)
        self.lesson, self.run, self.histories = lesson, run, histories
        self.order += 1
        self.at, self.playing = self.run.epochs, False


def recorded(lesson: Lesson) -> tuple[Run, list[History]]:
    """Run ``lesson`` to its end, measuring its model's parameters before and after each epoch."""
    run = Run(lesson.text, name=lesson.name, files=lesson.files)
    run.enter("optimizer")
    moments = [_measured(run)]
    while run.state == "paused":
        before = run.epochs
        run.finish(epochs=before + 1)
        if run.epochs > before:
            moments.append(_measured(run))
    if run.failure:
        return run, []
    rows = zip(*moments, strict=True)
    return run, [
        History(row[-1], [one.norm for one in row], [one.grad_norm for one in row]) for row in rows
    ]


def _measured(run: Run) -> list[Held]:
    with TURN, torch.no_grad():
        return parameters(run.variables["model"]) if "model" in run.variables else []


def with_numbers(lesson: Lesson, content: bytes | None) -> Lesson:
    """``lesson`` with the numbers of the file ``content``, which its text loads before training."""
    if content is None:
        return lesson
    return replace(lesson.edit("load"), files={FILE: content})
