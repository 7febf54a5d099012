"""A training run under the learner's hand: trained whole, held, stepped, changed, resumed.

Nothing here draws and nothing waits. The player in the browser plays what was computed; this
object knows which run that is, where the learner holds it, and what a change of the text means.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from groundup.engine.failures import Failure
from groundup.engine.instrument import Step
from groundup.engine.lesson import Lesson
from groundup.engine.observe import SLICE, Run
from groundup.engine.playback import Playback
from groundup.engine.run_log import UpdateLog
from groundup.engine.snapshot import Snapshot, snapshot
from groundup.training import schedule
from groundup.training.broken_loop import beside
from groundup.training.moments import Moments, moments
from groundup.training.schedule import Schedule
from groundup.training.surface import LossSurface, Point

_DATA = {"X", "y_true", "generator"}


@dataclass(frozen=True)
class ExecutedStep:
    """One executed statement: where, and the tensors before and after it."""

    step: Step
    before: dict[str, Snapshot]
    after: dict[str, Snapshot]


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
        moment: the statement that Step executed last, if the learner is stepping.
        guess: what the learner predicted of this run before it was trained.
        beside: runs from the same start that are shown with it: the healthy text of a broken one.
    """

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self.reset(lesson)

    def reset(self, lesson: Lesson) -> None:
        """Stand before the first epoch of ``lesson``."""
        self._begin(lesson)
        self.stepper: Run | None = None
        self.moment: ExecutedStep | None = None
        self.guess: str | None = None
        self._stand(0)

    # What the learner does

    def train(self, lesson: Lesson, guess: str | None = None) -> None:
        """Compute ``lesson`` (all of it, or a second's worth) and play it from the start."""
        self.reset(lesson)
        self.guess = guess
        self.compute()
        self._play()

    def follow_player(self, order: int, at: int, playing: bool) -> None:
        """The browser says where the learner holds the run: elsewhere, they step no more."""
        if order == self.order and (at != self.at or playing):
            self._stop_stepping()
        super().follow_player(order, at, playing)

    def step(self, lesson: Lesson) -> None:
        """Execute one statement of the loop, from where the run is held."""
        if self.stale(lesson) or self.at >= self.total:
            self.reset(lesson)
        if self.stepper is None:
            self.stepper = Run(self.lesson.text, name=self.lesson.name, files=self.lesson.files)
            _enter_loop(self.stepper)
            self.stepper.finish(epochs=self.at)
        before = _tensors(self.stepper)
        if step := self.stepper.step():
            self.moment = ExecutedStep(step, before, _tensors(self.stepper))
        for run in self.runs:
            run.finish(epochs=self.stepper.epochs)
        self._stand(self.stepper.epochs)

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
            self._stop_stepping()
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
    def failure(self) -> Failure | None:
        """What the text raised, in the run or under the learner's steps."""
        return self.run.failure or (self.stepper.failure if self.stepper else None)

    @property
    def now(self) -> dict[str, float | int | None] | None:
        """The paused script's numbers, while the learner is stepping through an epoch."""
        if self.stepper is None:
            return None
        numbers = {name: self.stepper.scalar(name) for name in self.stepper.columns}
        # Where an epoch has many updates, the picture's path goes on within it.
        updates = self.track.count // self.track.stride
        return {
            "at": self.stepper.epochs,
            "passed": updates or self.stepper.epochs,
            "epoch": self.stepper.variables.get("epoch"),
            **numbers,
        }

    @property
    def track(self) -> UpdateLog:
        """The learner's own way at each update, up to where Step has come if they are stepping."""
        return (self.stepper or self.run).track

    @property
    def total(self) -> int:
        """How many epochs the run has when it is complete."""
        return self.furthest if self.complete else int(self.lesson.settings["epochs"])

    @property
    def holding(self) -> bool:
        """Whether the learner holds it between its first epoch and its last."""
        return not self.playing and 0 < self.at < self.total

    @property
    def seen_to_end(self) -> bool:
        """Whether the learner has seen the run to its end."""
        return self.complete and not self.playing and 0 < self.furthest <= self.at

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

    def _stop_stepping(self) -> None:
        self.stepper = self.moment = None


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


def _tensors(run: Run) -> dict[str, Snapshot]:
    """The tensors that the loop works on, as they are now."""
    return {
        name: snapshot(name, value)
        for name, value in run.variables.items()
        if hasattr(value, "requires_grad") and name not in _DATA
    }
