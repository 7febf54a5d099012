"""One model's training with its parameters measured after each epoch, and a file loaded into it.

The lesson's text measures nothing: between two epochs the paused script's ``model`` is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch

from groundup.engine.execution import EXECUTION_LOCK
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.engine.playback import Playback
from groundup.modules.model_contents import FILE, ParameterFacts, parameters


@dataclass(frozen=True)
class History:
    """One named parameter over a run: as it is in the end, and its norms.

    ``norms[n]`` is its norm after n epochs, ``grad_norms[n]`` that of its gradient, None where it
    has none.
    """

    facts: ParameterFacts
    norms: list[float]
    grad_norms: list[float | None]


class TrainedModel(Playback):
    """A lesson run with its model's parameters measured before and after each epoch.

    Attributes:
        lesson: the lesson on the picture.
        run: its run.
    """

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self._record(lesson)

    def show(self, lesson: Lesson) -> None:
        """Stand at the end of ``lesson``, which is run if it is another one."""
        if (lesson.text, lesson.files) != (self.lesson.text, self.lesson.files):
            self._record(lesson)

    def train(self, lesson: Lesson) -> None:
        """Run ``lesson`` (all of it, or a second's worth) and play its record from the start."""
        self._begin(lesson)
        self.compute()
        self._play()

    @property
    def total(self) -> int:
        """How many epochs there are when it is complete."""
        return self.run.epochs if self.complete else int(self.lesson.settings["epochs"])

    @property
    def runs(self) -> list[Run]:
        """The one run."""
        return [self.run]

    @property
    def histories(self) -> list[History]:
        """One for each named parameter; empty if the text failed (see ``run.failure``)."""
        if self.run.failure:
            return []
        rows = zip(*self._moments, strict=True)
        return [
            History(row[-1], [entry.norm for entry in row], [entry.grad_norm for entry in row])
            for row in rows
        ]

    def _record(self, lesson: Lesson) -> None:
        self._begin(lesson)
        self.finish()
        self._stand(self.run.epochs)

    def _begin(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.run = Run(lesson.text, name=lesson.name, files=lesson.files)
        self.run.enter("optimizer")
        self._moments = [_measured(self.run)]

    def _advance(self) -> None:
        before = self.run.epochs
        self.run.advance(epochs=before + 1)
        if self.run.epochs > before:
            self._moments.append(_measured(self.run))


def _measured(run: Run) -> list[ParameterFacts]:
    with EXECUTION_LOCK, torch.no_grad():
        return parameters(run.variables["model"]) if "model" in run.variables else []


def with_numbers(lesson: Lesson, content: bytes | None) -> Lesson:
    """``lesson`` with the numbers of the file ``content``, which its text loads before training."""
    if content is None:
        return lesson
    return replace(lesson.edit("load"), files={FILE: content})
