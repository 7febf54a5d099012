"""Optimizers racing over one landscape from one start: real runs, recorded step by step."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import torch

from groundup.engine.execution import EXECUTION_LOCK
from groundup.engine.lesson import Lesson
from groundup.engine.observe import SLICE, Run
from groundup.engine.playback import Playback
from groundup.engine.run_log import log_spec
from groundup.optimizers import catalogue
from groundup.optimizers.catalogue import Value
from groundup.optimizers.inner_state import StateLog
from groundup.optimizers.racers import Landscape, Racer, descend
from groundup.training.surface import LossSurface, Point

STEPS_A_SLICE = 200
"""All racers' together: after a slice whoever wants the race itself gets it."""
STEPS_AT_LEAST = 50
"""Each racer's in a slice."""
EVALUATIONS = 5_000
"""How often one racer may ask for the loss: LBFGS may do so 125 times in each step."""
SIDE = 96
"""The landscape is drawn from its heights at so many places across, and down."""
NEAR = 0.001
"""A racer has arrived when its loss is this close above the lowest."""


@dataclass(frozen=True)
class Plan:
    """What is to be raced: everything that the controls say.

    ``settings`` holds every hyperparameter of each racer, ``rates`` its learning rate.
    """

    landscape: Landscape
    start: Point
    steps: int
    racers: tuple[Racer, ...]
    rates: Mapping[str, float]
    settings: Mapping[str, Mapping[str, Value]]
    seed: int = 0
    device: str = "cpu"

    def lesson(self, name: str) -> Lesson:
        """The text that the racer called ``name`` runs."""
        racer = next(candidate for candidate in self.racers if candidate.name == name)
        return descend(
            self.landscape,
            racer,
            self.settings[name],
            rate=self.rates[name],
            steps=self.steps,
            start=self.start,
            seed=self.seed,
            device=self.device,
        )

    def refusals(self) -> dict[str, str]:
        """What torch says to the racers whose settings it does not accept, by name."""
        refused = {}
        for racer in self.racers:
            arguments = catalogue.arguments(racer.optimizer, self.settings[racer.name])
            if said := catalogue.refusal(racer.optimizer, arguments, self.rates[racer.name]):
                refused[racer.name] = said
        return refused


@dataclass
class Entry:
    """One racer's run."""

    racer: Racer
    lesson: Lesson
    run: Run
    recorder: StateLog

    def advance(self, steps: int) -> bool:
        """Take a turn, at most until ``steps`` are complete; return whether there is more."""
        # One that asks by itself is looked at after each of its steps.
        goal = self.run.epochs + 1 if self.racer.asks_itself else steps
        more = self.run.advance(SLICE, epochs=goal, alone=True)
        if more and self.racer.asks_itself and self.evaluations[-1] > EVALUATIONS:
            self.run.close()
            self.run.ended = f"it had asked for the loss more than {EVALUATIONS:,} times"
            return False
        return more

    @property
    def losses(self) -> Sequence[float]:
        """The loss that each step began with."""
        return self.run.columns["loss"]

    @property
    def table(self) -> dict[str, Sequence[float]]:
        """What the text says that it records: the loss, and the two numbers after each step."""
        names = log_spec(self.run.text).each_epoch
        columns = self.recorder.columns | self.run.columns
        return {name: columns.get(name, ()) for name in names}

    @property
    def evaluations(self) -> Sequence[float]:
        """How often the loss had been asked for after each step, in all."""
        return self.recorder.columns.get("evaluations", ())

    @property
    def failed(self) -> str:
        """What the run raised, if it did."""
        return f"{self.run.failure.kind}: {self.run.failure.message}" if self.run.failure else ""


@dataclass(frozen=True)
class Result:
    """How a racer did. ``arrived`` and ``asked`` are the steps and evaluations it needed to come
    within :data:`NEAR` of the lowest loss; None if it did not. ``lost`` is the step at which a
    number stopped being finite."""

    name: str
    steps: int
    evaluations: int
    loss: float
    distance: float
    arrived: int | None
    asked: int | None
    lost: int | None
    failed: str


@dataclass(frozen=True)
class Ground:
    """The landscape under a race.

    Attributes:
        view: low and high of the first number, then of the second.
        heights: the loss at SIDE × SIDE places, float64; rows from the second number's high to low.
        minima: where it is lowest.
        lowest: the loss there.
    """

    view: tuple[float, float, float, float]
    heights: torch.Tensor
    minima: tuple[Point, ...]
    lowest: float


class Race(Playback):
    """A race, computed in slices.

    Attributes:
        plan: what is raced.
        entries: the racers' runs; those that torch refused do not start.
        refused: what torch said to the others.
        ground: the landscape under them.
    """

    _started: bool

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._prepare(plan)

    def show(self, plan: Plan) -> None:
        """Race ``plan`` at once (all of it, or a second's worth), unless it is the one raced."""
        if plan != self.plan:
            self._prepare(plan)
        if not self._started:
            self._started = True
            self.compute()
            self._play()

    @property
    def runs(self) -> list[Run]:
        """Every racer's run."""
        return [entry.run for entry in self.entries]

    @property
    def furthest(self) -> int:
        """The last place on either clock, which may count steps or evaluations."""
        asked = [int(entry.evaluations[-1]) for entry in self.entries if entry.evaluations]
        return max(super().furthest, *asked, 0)

    def _prepare(self, plan: Plan) -> None:
        self.refused = plan.refusals()
        self.ground = _ground(plan)
        started = [entrant for entrant in plan.racers if entrant.name not in self.refused]
        self.entries = [_entry(plan, racer) for racer in started]
        self.plan, self._reached, self._started = plan, 0, False

    def _advance(self) -> None:
        # All keep about the same step, so that none is far ahead of the others.
        self._reached += max(STEPS_A_SLICE // len(self.entries), STEPS_AT_LEAST)
        for entry in self.entries:
            while entry.run.epochs < self._reached and entry.advance(self._reached):
                pass

    def entry(self, name: str) -> Entry | None:
        """The run of the racer called ``name``, if it races."""
        return next((entry for entry in self.entries if entry.racer.name == name), None)

    def results(self) -> list[Result]:
        """How each racer did, the lowest loss first."""
        results = [self._result(entry) for entry in self.entries]
        return sorted(results, key=lambda result: (not math.isfinite(result.loss), result.loss))

    def _result(self, entry: Entry) -> Result:
        ended = entry.run.variables.get("final")
        losses = [*entry.losses, ended] if ended is not None else list(entry.losses)
        near = self.ground.lowest + NEAR
        arrived = next((n for n, loss in enumerate(losses) if loss <= near), None)
        asked = None if arrived is None else int(entry.evaluations[arrived - 1]) if arrived else 0
        lost = next((n for n, loss in enumerate(losses) if not math.isfinite(loss)), None)
        places = [entry.recorder.columns.get(name, [start])[-1] for name, start in self._starts()]
        return Result(
            entry.racer.name,
            entry.run.epochs,
            int(entry.evaluations[-1]) if entry.evaluations else 0,
            losses[-1] if losses else math.nan,
            min(math.dist(places, low) for low in self.ground.minima),
            arrived,
            asked,
            lost,
            entry.failed,
        )

    def _starts(self) -> list[tuple[str, float]]:
        return list(zip(self.plan.landscape.params, self.plan.start, strict=True))


def _entry(plan: Plan, racer: Racer) -> Entry:
    lesson, recorder = plan.lesson(racer.name), StateLog(plan.landscape.params)
    # Where it stands is in the recorder: once is enough. Its code's steps are a recording of their
    # own.
    run = Run(lesson.text, name=lesson.name, record=("loss",), watch=recorder, by_epoch=True)
    return Entry(racer, lesson, run, recorder)


def _ground(plan: Plan) -> Ground:
    """What is under the race; the heights are those of the function in the lesson's own text."""
    lesson = descend(
        plan.landscape, plan.racers[0], {}, rate=0.1, steps=1, start=plan.start, seed=plan.seed
    )
    return _under(lesson.text, plan.landscape, _view(plan.landscape.view, plan.start))


@lru_cache(maxsize=16)
def _under(text: str, landscape: Landscape, view: tuple[float, float, float, float]) -> Ground:
    """The ground within ``view``: of one text the same for every race, and for a whole class."""
    probe = Run(text)
    probe.enter("f")
    variables = probe.variables
    across = torch.linspace(view[0], view[1], SIDE, dtype=torch.float64)
    down = torch.linspace(view[3], view[2], SIDE, dtype=torch.float64)[:, None]
    if landscape.minima:
        with EXECUTION_LOCK, torch.no_grad():
            heights = variables["f"](across, down)
            lowest = variables["f"](
                *(torch.tensor(v, dtype=torch.float64) for v in landscape.minima[0])
            )
        return Ground(view, heights, landscape.minima, lowest.item())
    surface = LossSurface.of(
        variables["X"].flatten().tolist(), variables["y_true"].flatten().tolist()
    )
    heights = surface.loss(across, down)
    return Ground(view, heights, (surface.optimum,), surface.floor)


def _view(
    box: tuple[float, float, float, float], start: Point
) -> tuple[float, float, float, float]:
    """``box``, made wider where the start lies outside it."""
    low_x, high_x, low_y, high_y = box
    room_x, room_y = 0.05 * (high_x - low_x), 0.05 * (high_y - low_y)
    return (
        min(low_x, start[0] - room_x),
        max(high_x, start[0] + room_x),
        min(low_y, start[1] - room_y),
        max(high_y, start[1] + room_y),
    )


def whole(plan: Plan) -> Race:
    """``plan`` raced to its end."""
    race = Race(plan)
    race.finish()
    return race
