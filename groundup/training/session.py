"""A training run under the learner's hand: trained whole, held, changed, resumed.

Nothing here draws and nothing waits. The player in the browser plays what was computed; this
object knows which run that is, where the learner holds it, and what a change of the text means.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from groundup.engine.failures import Failure
from groundup.engine.lesson import Lesson
from groundup.engine.observe import SLICE, Run
from groundup.engine.playback import Playback
from groundup.engine.run_log import UpdateLog
from groundup.training import schedule
from groundup.training.broken_loop import beside
from groundup.training.moments import Moments, moments
from groundup.training.schedule import Schedule
from groundup.training.surface import LossSurface, Point

WATCHED = 80
"""So many passes of a run are watched for its invariants."""


@dataclass(frozen=True)
class Setting:
    """What the lesson made before its loop: the examples, and (w, b) at the start."""

    x: list[float]
    y: list[float]
    start: Point
    surface: LossSurface

    def moments(self, run: Run) -> Moments:
        """Line, loss and gradient at each place of ``run``, which began here."""
        return moments(run.columns, self.start, self.x, self.y)


class Training(Playback):
    """One learner's run of a training lesson.

    Attributes:
        lesson: the lesson on the picture.
        run: its run; before the first press it stands at the loop.
        walked: whether the learner walks through it, statement by statement.
        guess: what the learner predicted of this run before it was trained.
        beside: runs from the same start that are shown with it: the healthy text of a broken one.
    """

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self.reset(lesson)

    def reset(self, lesson: Lesson) -> None:
        """Stand before the first epoch of ``lesson``."""
        self._begin(lesson)
        self.guess: str | None = None
        self.walked = False
        self._stand(0)

    # What the learner does

    def train(self, lesson: Lesson, guess: str | None = None) -> None:
        """Compute ``lesson`` (all of it, or a second's worth) and play it from the start."""
        self.reset(lesson)
        self.guess = guess
        self.compute()
        self._play()

    def walk(self, lesson: Lesson) -> None:
        """The learner walks through ``lesson``, statement by statement: the picture is its own.

        It is computed as for Train, so that any epoch of it can be gone to.
        """
        if self.stale(lesson):
            self.reset(lesson)
        self.walked = True
        if not self.run.epochs:
            self.compute()

    def show(self, lesson: Lesson) -> None:
        """The controls now say ``lesson``.

        A change of the learning rate while the run is held leads to the same past and another
        future, so the text runs again. Any other change waits for Train while a run is on, and
        is shown at once where none is.
        """
        if lesson.text == self.lesson.text:
            return
        if self.holding and self._same_past(lesson):
            at = self.at
            self._begin(lesson)
            self.compute()
            self.at = min(at, self.furthest)
        elif not (self.playing or self.holding):
            self.reset(lesson)

    def rescheduled(self, now: Schedule, rate: float) -> Schedule:
        """The schedule after the learning rate was moved to ``rate``: empty if no run is held."""
        if not self.holding:
            return ()
        former = self.lesson.settings["learning_rate"]
        return schedule.changed_at(now, float(former), self.at, rate)

    # What the page asks

    @property
    def runs(self) -> list[Run]:
        """Every run in the picture, the learner's own first."""
        return [self.run, *self.beside.values()]

    @property
    def feeding(self) -> bool:
        """Whether what is played, or walked through, is not computed to its end yet."""
        return (self.playing or self.walked) and not self.complete

    @property
    def failure(self) -> Failure | None:
        """What the text raised."""
        return self.run.failure

    @property
    def track(self) -> UpdateLog:
        """The learner's own way at each update."""
        return self.run.track

    @property
    def total(self) -> int:
        """How many epochs the run has when it is complete."""
        return self.furthest if self.complete else int(self.lesson.settings["epochs"])

    @property
    def holding(self) -> bool:
        """Whether the learner holds it between its first epoch and its last."""
        return not self.playing and 0 < self.at < self.total

    @property
    def witnessed(self) -> tuple[bool, int]:
        """Whether the learner has seen it run, and how many passes they know of."""
        return self.seen_to_end or bool(self.failure and self.complete), WATCHED

    def stale(self, lesson: Lesson) -> bool:
        """Whether the picture is that of another text than ``lesson``'s."""
        return self.lesson.text != lesson.text

    def _begin(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.run = Run(lesson.text, name=lesson.name, files=lesson.files)
        self.beside = {
            name: Run(other.text, name=lesson.name, files=lesson.files)
            for name, other in beside(lesson).items()
        }
        settings = [_enter_loop(run) for run in self.runs]
        # A mistake may fail before the loop; the healthy run beside it has the same examples.
        self.setting = next((setting for setting in settings if setting), None)

    def _advance(self) -> None:
        # All of them get their slice, so that none is far ahead of the others.
        for run in self.runs:
            run.advance(SLICE)

    def _same_past(self, lesson: Lesson) -> bool:
        def past(version: Lesson) -> Lesson:
            earlier = tuple(entry for entry in version.schedule if entry[0] < self.at)
            return replace(version, schedule=earlier)

        return past(lesson).text == past(self.lesson).text


def _enter_loop(run: Run) -> Setting | None:
    """Execute up to the head of the epoch loop, and read what stands there.

    None if the text failed before it got there (see ``run.failure``).
    """
    if not run.enter("epoch") or run.failure:
        return None
    variables = run.variables
    x, y = variables["X"].flatten().tolist(), variables["y_true"].flatten().tolist()
    start = (variables["w"].item(), variables["b"].item())
    return Setting(x, y, start, LossSurface.of(x, y))
