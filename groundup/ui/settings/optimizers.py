"""The controls of the optimizers' race; each racer's own are read from its torch signature."""

from groundup.engine import lesson
from groundup.figures.optimizers.race import EVALUATIONS, STEPS
from groundup.optimizers import catalogue
from groundup.optimizers.catalogue import Hyperparameter
from groundup.optimizers.racers import LANDSCAPES, MAX_RACERS, Racer, racers
from groundup.ui.controls.declaration import Control

SAME, RACER_KEYS = "one for all", "each its own"

_LESSON = lesson.load("descend").parameters


def key(racer: Racer, name: str) -> str:
    """The name in a link of the racer's hyperparameter ``name``; ``lr`` is its learning rate."""
    return f"{racer.key}_{name}"


def _control(racer: Racer, hyperparameter: Hyperparameter) -> Control:
    name = key(racer, hyperparameter.key)
    if hyperparameter.kind is bool:
        return Control(
            name,
            hyperparameter.label,
            "switch",
            bool(hyperparameter.default),
            parameter=hyperparameter.key,
        )
    if hyperparameter.options:
        options = (
            ("None", *hyperparameter.options) if hyperparameter.optional else hyperparameter.options
        )
        return Control(
            name, hyperparameter.label, "select", str(hyperparameter.default), options=options
        )
    if hyperparameter.optional:
        return Control(
            name,
            hyperparameter.label,
            "text",
            str(hyperparameter.default),
            help="A number, or None.",
        )
    assert isinstance(hyperparameter.default, int | float)
    small = 0 < hyperparameter.default < 0.01
    step = hyperparameter.default if small or hyperparameter.kind is int else 0.01
    return Control(
        name,
        hyperparameter.label,
        "number",
        hyperparameter.default,
        hyperparameter.low,
        hyperparameter.high,
        step,
    )


def racer_controls(racer: Racer) -> tuple[Control, ...]:
    """The racer's hyperparameters as controls, in the order of its signature."""
    return tuple(_control(racer, hyperparameter) for hyperparameter in racer.hyperparameters)


def rate(racer: Racer) -> Control:
    """The racer's own learning rate."""
    default = catalogue.default_rate(racer.optimizer)
    link = key(racer, "lr")
    return Control.of(_LESSON["learning_rate"], link, "lr", "number", default=default, step=default)


def _start(name: str, place: int) -> Control:
    return Control.of(
        _LESSON[f"start_{name}"],
        f"from_{name}",
        f"Start, {('first', 'second')[place]} number",
        "number",
        default=float(LANDSCAPES["ravine"].start[place]),
        step=0.1,
        help="Or click the landscape.",
    )


RACE = (
    Control(
        "landscape",
        "Landscape",
        "select",
        "ravine",
        options=tuple(LANDSCAPES),
        help="The loss as a function of two numbers; + marks where it is lowest.",
    ),
    Control(
        "racers",
        "Racers",
        "several",
        "SGD, Momentum, RMSprop, Adam",
        high=MAX_RACERS,
        options=tuple(racers()),
        help=f"Up to {MAX_RACERS} at once.",
    ),
    Control(
        "rates",
        "Learning rates",
        "segments",
        SAME,
        options=(SAME, RACER_KEYS),
        help="Each its own: those of torch's signatures, until you change them.",
    ),
    Control("shared_lr", "Learning rate of all", "log", 0.09, 0.0001, 10.0, 0.01),
    Control.of(_LESSON["steps"], "race_steps", "Steps", "number", step=50),
    _start("x", 0),
    _start("y", 1),
    Control(
        "race_by",
        "Count along the axis",
        "segments",
        STEPS,
        options=(STEPS, EVALUATIONS),
        help="LBFGS may ask for the loss and its gradient several times in one step, the others "
        "once.",
    ),
    Control("watched", "Show the inside of", "select", "Adam", options=tuple(racers())),
)

CONTROLS = (
    *RACE,
    *(control for racer in racers().values() for control in (rate(racer), *racer_controls(racer))),
)
