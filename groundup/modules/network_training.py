"""A network's training, filmed: its numbers each epoch, and pictures at some of the epochs.

The lesson's text knows nothing of it. Between two epochs the paused script's ``model`` is asked
what it says of a grid and of the examples (:mod:`groundup.modules.network_pictures`).
"""

from __future__ import annotations

import threading
import time

import torch

from groundup.engine.execution import TURN
from groundup.engine.lesson import Lesson
from groundup.engine.observe import SLICE, Run
from groundup.modules.network_pictures import (
    FAR,
    Frame,
    Shot,
    developed,
    frame_epochs,
    hidden_units,
    shot,
    view_of,
)

WHOLE = 0.5
"""Seconds of computing that a press may take before the rest is delivered in pieces."""

UNDEVELOPED = 8
"""Shots that wait for each other: torch's calls cost more than such small tensors' arithmetic."""


class Film:
    """One learner's network, trained and filmed.

    Attributes:
        lesson: the lesson on the picture.
        run: its run.
        view: what is drawn; None if the text failed before its loop (see ``run.failure``).
        order, at, playing: what the player was last told, or told us.
        lock: held by whoever works with the film. A page that is run again may begin before the
            thread of its last run has ended.
    """

    def __init__(self, lesson: Lesson) -> None:
        self.lock = threading.RLock()
        self._interrupted = False
        self.order = 0
        self.reset(lesson)

    def reset(self, lesson: Lesson) -> None:
        """Stand before the first epoch of ``lesson``."""
        self.lesson = lesson
        self.run = Run(lesson.text, name=lesson.name)
        self.total = int(lesson.settings["epochs"])
        self._frames: list[Frame] = []
        self._shots: list[Shot] = []
        self._waiting = frame_epochs(self.total)
        self.run.enter("epoch")
        self.view = None if self.run.failure else view_of(self.run.variables)
        if self.view:
            found = self.run.variables
            self._asked = torch.cat([self.view.grid().to(found["X"].device), found["X"]])
            self._film()
        self.order += 1
        self.at, self.playing = 0, False

    def train(self, lesson: Lesson) -> None:
        """Compute ``lesson`` (all of it, or half a second's worth) and play it from the start."""
        self._interrupted = False
        self.reset(lesson)
        self.compute()
        self.playing = self.run.epochs > 0

    def interrupt(self) -> None:
        """Ask whoever computes in another thread to end soon, until the next :meth:`train`."""
        self._interrupted = True

    def compute(self, seconds: float = WHOLE) -> None:
        """Go on for about ``seconds``, letting other learners have their turns."""
        deadline = time.perf_counter() + seconds
        while self.run.state == "paused" and time.perf_counter() < deadline:
            if self._interrupted:
                return
            self.run.advance(SLICE, epochs=self._waiting[0] if self._waiting else None)
            if self._waiting and self.run.epochs >= self._waiting[0]:
                self._film()
        if self.run.state == "failed":
            self.total = self.run.epochs

    def held(self, order: int, at: int, playing: bool) -> None:
        """The browser says that the learner holds the run ``at`` so many epochs, or plays on."""
        if order == self.order:
            self.at, self.playing = min(max(at, 0), self.run.epochs), playing

    @property
    def complete(self) -> bool:
        """Whether every epoch was computed."""
        return self.run.state != "paused"

    @property
    def hidden(self) -> list[int]:
        """How many units each hidden layer has."""
        return hidden_units(self.run.variables["model"])

    @property
    def frames(self) -> list[Frame]:
        """The pictures so far."""
        self._develop()
        return self._frames

    def _film(self) -> None:
        self._waiting.pop(0)
        with TURN, torch.no_grad():
            self._shots.append(shot(self.run.epochs, self.run.variables["model"], self._asked))
        # Those of many units take megabytes each.
        if len(self._shots) == UNDEVELOPED or (self.view and self.view.every == FAR):
            self._develop()

    def _develop(self) -> None:
        assert self.view
        if self._shots:
            with TURN, torch.no_grad():
                self._frames += developed(self._shots, self.view)
            self._shots = []
