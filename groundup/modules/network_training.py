"""A network's training, recorded: its numbers each epoch, and pictures at some of the epochs.

The lesson's text knows nothing of it. Between two epochs the paused script's ``model`` is asked
what it says of a grid and of the examples (:mod:`groundup.modules.network_pictures`).
"""

from __future__ import annotations

import torch

from groundup.engine.execution import EXECUTION_LOCK
from groundup.engine.lesson import Lesson
from groundup.engine.observe import SLICE, Run
from groundup.engine.playback import Playback
from groundup.modules.network_pictures import (
    SPARSE_EVERY,
    Frame,
    RawPicture,
    finish_pictures,
    frame_epochs,
    hidden_units,
    take_picture,
    view_of,
)

UNDEVELOPED = 8
"""Shots that wait for each other: torch's calls cost more than such small tensors' arithmetic."""


class NetworkTraining(Playback):
    """One learner's network, trained and recorded.

    Attributes:
        lesson: the lesson on the picture.
        run: its run.
        total: how many epochs it has when it is complete.
        view: what is drawn; None if the text failed before its loop (see ``run.failure``).
    """

    press_seconds = 0.5

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self.reset(lesson)

    def reset(self, lesson: Lesson) -> None:
        """Stand before the first epoch of ``lesson``."""
        self.lesson = lesson
        self.run = Run(lesson.text, name=lesson.name)
        self.total = int(lesson.settings["epochs"])
        self._frames: list[Frame] = []
        self._shots: list[RawPicture] = []
        self._due = frame_epochs(self.total)
        self.run.enter("epoch")
        self.view = None if self.run.failure else view_of(self.run.variables)
        if self.view:
            variables = self.run.variables
            self._asked = torch.cat([self.view.grid().to(variables["X"].device), variables["X"]])
            self._recorded_training()
        self._stand(0)

    def show(self, lesson: Lesson) -> None:
        """Stand before ``lesson``, unless a run is on the picture: then it waits for Train."""
        if not (self.playing or self.run.epochs) and self.lesson.text != lesson.text:
            self.reset(lesson)

    def train(self, lesson: Lesson) -> None:
        """Compute ``lesson`` (all of it, or half a second's worth) and play it from the start."""
        self.reset(lesson)
        self.compute()
        self._play()

    @property
    def runs(self) -> list[Run]:
        """The one run."""
        return [self.run]

    @property
    def hidden(self) -> list[int]:
        """How many units each hidden layer has."""
        return hidden_units(self.run.variables["model"])

    @property
    def frames(self) -> list[Frame]:
        """The pictures so far."""
        self._develop()
        return self._frames

    def _advance(self) -> None:
        self.run.advance(SLICE, epochs=self._due[0] if self._due else None)
        if self._due and self.run.epochs >= self._due[0]:
            self._recorded_training()
        if self.run.state == "failed":
            self.total = self.run.epochs

    def _recorded_training(self) -> None:
        self._due.pop(0)
        with EXECUTION_LOCK, torch.no_grad():
            self._shots.append(
                take_picture(self.run.epochs, self.run.variables["model"], self._asked)
            )
        # Those of many units take megabytes each.
        if len(self._shots) == UNDEVELOPED or (self.view and self.view.every == SPARSE_EVERY):
            self._develop()

    def _develop(self) -> None:
        assert self.view
        if self._shots:
            with EXECUTION_LOCK, torch.no_grad():
                self._frames += finish_pictures(self._shots, self.view)
            self._shots = []
