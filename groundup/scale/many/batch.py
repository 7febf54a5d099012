"""The batch split: what is run for it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from groundup.engine import lesson
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.workers import Job

WORKERS = (2, 4)
EACH_STEP = ("own", "mean", "before", "after", "sent", "loss")
AT_END = ("x_share", "y_share")


def planned(*, weighed: bool = False, **settings: object) -> Lesson:
    """The lesson that trains on workers, with such settings.

    Raises:
        ValueError: for a setting that is not allowed.
    """
    made = lesson.load("data_parallel").set(**settings)
    return made.edit("weighed") if weighed else made


def job(made: Lesson, workers: int) -> Job:
    """``made`` on so many workers, with the lines that look inside."""
    return Job(made.edit("look_inside").text, workers, each_step=EACH_STEP, at_end=AT_END)


def jobs() -> Iterator[tuple[str, Job]]:
    """The runs that are recorded."""
    ways = (("even", False), ("uneven", False), ("uneven", True))
    for workers, optimizer, (split, weighed) in itertools.product(WORKERS, ("SGD", "Adam"), ways):
        made = planned(optimizer=optimizer, split=split, weighed=weighed)
        name = f"batch_{workers}_{optimizer}_{split}" + ("_weighed" if weighed else "")
        yield name, job(made, workers)


def one_process(made: Lesson) -> list[dict[str, dict[str, float]]]:
    """Of the same training in one process, with the whole batch: each step's gradients and weights.

    They are called ``mean`` and ``after``, as the workers call theirs.
    """
    steps: list[dict[str, dict[str, float]]] = []

    def note(variables: Mapping[str, Any]) -> None:
        w, b = variables["model"].parameters()
        mean, after = (w.grad.item(), b.grad.item()), (w.item(), b.item())
        steps.append({"mean": _named(mean), "after": _named(after)})

    Run(alone(made).text, record=(), watch=note).finish()
    return steps


def _named(values: tuple[float, float]) -> dict[str, float]:
    return dict(zip(("w", "b"), values, strict=True))


def alone(made: Lesson) -> Lesson:
    """The same training in one process, with the whole batch."""
    same = {**made.settings, "split": "even"}
    return lesson.load("data_parallel").set(**same).edit("one_process")
