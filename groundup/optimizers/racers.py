"""Who can race: every optimizer that torch has and that fits, and plain variants of SGD.

A racer's settings start at torch's defaults; the variants, which are what SGD's own switches are
for, start with theirs set.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from groundup.engine.edits import replace_once
from groundup.engine.lesson import Lesson, load, table
from groundup.optimizers import catalogue
from groundup.optimizers.catalogue import Hyperparameter, Value

MAX_RACERS = 8
"""How many may race at once: more could not be told apart, and would take the server's time."""


@dataclass(frozen=True)
class Racer:
    """One that can race: ``optimizer`` is its name in torch.optim."""

    name: str
    optimizer: str
    begins_with: tuple[tuple[str, Value], ...] = ()

    @property
    def hyperparameters(self) -> tuple[Hyperparameter, ...]:
        """What can be set on it besides its learning rate, with this racer's defaults."""
        changed = dict(self.begins_with)
        listed = catalogue.hyperparameters(self.optimizer)
        return tuple(
            replace(hyperparameter, default=changed.get(hyperparameter.key, hyperparameter.default))
            for hyperparameter in listed
        )

    @property
    def defaults(self) -> dict[str, Value]:
        """Its settings to begin with, by :attr:`Hyperparameter.key`."""
        return {
            hyperparameter.key: hyperparameter.default for hyperparameter in self.hyperparameters
        }

    @property
    def key(self) -> str:
        """Its name as it can stand in a link."""
        return self.name.lower()

    @property
    def asks_itself(self) -> bool:
        """Whether its ``step`` must be handed a closure, as it asks for the loss by itself."""
        step = inspect.signature(catalogue.optimizer_class(self.optimizer).step)
        return step.parameters["closure"].default is inspect.Parameter.empty


_KNOWN = "Adagrad RMSprop Adam Adadelta AdamW NAdam RAdam Adamax LBFGS Rprop ASGD Adafactor"
_PLACE = {name: place for place, name in enumerate(_KNOWN.split())}
"""The order in which they are offered and coloured; one that torch adds comes last."""


@cache
def racers() -> dict[str, Racer]:
    """All of them, by name."""
    variants = (
        Racer("SGD", "SGD"),
        Racer("Momentum", "SGD", (("momentum", 0.9),)),
        Racer("Nesterov", "SGD", (("momentum", 0.9), ("nesterov", True))),
    )
    names = sorted(catalogue.names(), key=lambda name: _PLACE.get(name, len(_PLACE)))
    others = (Racer(name, name) for name in names if name != "SGD")
    return {racer.name: racer for racer in (*variants, *others)}


@dataclass(frozen=True)
class Landscape:
    """A function of two numbers, as a lesson writes it.

    Attributes:
        lesson: the lesson's name.
        choice: the lesson's choice of landscape; empty where it has none.
        params: the names of the two numbers.
        start: where a search begins, unless someone puts it elsewhere.
        rate: a learning rate that SGD can bear here.
        minima: where it is lowest; empty where that depends on the data.
        view: the part that is drawn: low and high of the first number, then of the second.
    """

    name: str
    lesson: str
    choice: str
    params: tuple[str, str]
    start: tuple[float, float]
    rate: float
    minima: tuple[tuple[float, float], ...]
    view: tuple[float, float, float, float]


_XY = ("x", "y")
_ALL = (
    Landscape("ravine", "descend", "ravine", _XY, (-7, 1.5), 0.09, ((0, 0),), (-8, 3, -2.5, 2.5)),
    Landscape(
        "Rosenbrock", "descend", "Rosenbrock", _XY, (-1.5, 2), 0.001, ((1, 1),), (-2, 2, -1, 3)
    ),
    Landscape(
        "Beale", "descend", "Beale", _XY, (1, 1.5), 0.005, ((3, 0.5),), (-4.5, 4.5, -4.5, 4.5)
    ),
    Landscape(
        "saddle",
        "descend",
        "saddle",
        _XY,
        (-1.5, 0.01),
        0.03,
        ((0, 1), (0, -1)),
        (-2, 2, -1.7, 1.7),
    ),
    Landscape("straight line", "descend_line", "", ("w", "b"), (-1, 0), 0.1, (), (-2, 4, -1.5, 3)),
)

LANDSCAPES = {landscape.name: landscape for landscape in _ALL}


def descend(
    landscape: Landscape,
    racer: Racer,
    settings: Mapping[str, Value],
    *,
    rate: float,
    steps: int,
    start: tuple[float, float],
    seed: int = 0,
    device: str = "cpu",
) -> Lesson:
    """The lesson in which ``racer`` under ``settings`` descends ``landscape`` from ``start``.

    Raises:
        ValueError: for a value that the lesson does not allow.
    """
    descent = load(landscape.lesson)
    params = f"[{', '.join(landscape.params)}]"
    line = catalogue.written(racer.optimizer, settings, params)
    plain = catalogue.written("SGD", {}, params)
    descent = replace(descent, source=replace_once(descent.source, plain, line))
    places = dict(zip((f"start_{name}" for name in landscape.params), start, strict=True))
    chosen = {"landscape": landscape.choice} if landscape.choice else {"seed": seed}
    way = "closure" if racer.asks_itself else "backward"
    return descent.set(learning_rate=rate, steps=steps, device=device, way=way, **places, **chosen)


@dataclass(frozen=True)
class RacePreset:
    """A race worth seeing: what to look for, and the settings by their names in a link."""

    title: str
    said: str
    settings: dict[str, Any]


@cache
def presets() -> tuple[RacePreset, ...]:
    """All presets, in the order in which they are offered."""
    listed = table("descend")["presets"].items()
    return tuple(RacePreset(title, entry["said"], entry["settings"]) for title, entry in listed)
