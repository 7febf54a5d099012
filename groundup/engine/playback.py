"""A run that a player in the browser plays: computed in fair slices, held where the learner says.

Nothing here draws and nothing waits. What is played, and how it is computed, is each topic's own.
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from groundup.engine.execution import EXECUTION_LOCK
from groundup.engine.observe import Run
from groundup.engine.turns import TURNS

PATIENCE = 3
"""Whoever shares the machine with a class sees a first piece after so many times the usual."""


class Playback(ABC):
    """One learner's run (or several that are played together).

    Attributes:
        order: counts the orders to the player, so that it obeys each one once.
        at: epochs complete where the learner holds it.
        playing: whether the browser is playing it.
        press_seconds: how long a press may compute before the rest is delivered in pieces.
    """

    press_seconds = 1.0

    def __init__(self) -> None:
        self.order, self.at, self.playing = 0, 0, False
        self._lock = threading.RLock()
        self._counting = threading.Lock()
        self._others = 0

    # What differs from topic to topic

    @property
    @abstractmethod
    def runs(self) -> Sequence[Run]:
        """Every run that is played, the learner's own first."""

    @abstractmethod
    def _advance(self) -> None:
        """Compute a little more: about one slice of each run."""

    # What the player knows

    @property
    def furthest(self) -> int:
        """The last place where the learner can hold it: the epochs of the run that has most."""
        return max((run.epochs for run in self.runs), default=0)

    @property
    def complete(self) -> bool:
        """Whether everything was computed."""
        return all(run.state != "paused" for run in self.runs)

    @property
    def feeding(self) -> bool:
        """Whether the player is playing what is not computed to its end yet."""
        return self.playing and not self.complete

    @property
    def seen_to_end(self) -> bool:
        """Whether the learner has seen the run to its end."""
        return self.complete and not self.playing and 0 < self.furthest <= self.at

    def follow_player(self, order: int, at: int, playing: bool) -> None:
        """The browser says where the learner holds it; what belongs to an old order is ignored."""
        if order == self.order:
            self.at, self.playing = min(max(at, 0), self.furthest), playing

    # How it goes on

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Work with it alone; another thread that computes it ends soon.

        A page that is run again may begin before the thread of its last run has ended.
        """
        with self._counting:
            self._others += 1
        with self._lock:
            with self._counting:
                self._others -= 1
            yield

    def compute(self, seconds: float | None = None, *, least: float = 0.0) -> None:
        """Go on for ``seconds`` of turns (of a press, if not given), or one slice at least.

        Waiting for other learners' turns does not count, up to :data:`PATIENCE` times as long, and
        for longer until there were ``least`` seconds of turns. Ends early for :meth:`exclusive`.
        """
        with TURNS.aside():
            self._compute(self.press_seconds if seconds is None else seconds, least)

    def _compute(self, seconds: float, least: float) -> None:
        began, latest = EXECUTION_LOCK.seconds, time.monotonic() + PATIENCE * seconds
        while not self.complete:
            self._advance()
            own = EXECUTION_LOCK.seconds - began
            if own >= seconds or self._others:
                break
            if own >= least and EXECUTION_LOCK.wanted and time.monotonic() >= latest:
                break

    def finish(self) -> None:
        """Compute all that is left, letting other learners have their turns."""
        while not self.complete:
            self._advance()

    def _stand(self, at: int) -> None:
        """Order the player to stand at ``at``."""
        self.order += 1
        self.at, self.playing = at, False

    def _play(self) -> None:
        """Order the player to play from the start, unless it ended before its first epoch."""
        self._stand(0)
        self.playing = self.furthest > 0 or not self.complete
