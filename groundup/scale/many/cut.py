"""The layer cut: what is run for it, and what the run says, part by part."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from groundup.engine import lesson
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run, run
from groundup.scale.many.seen import Seen
from groundup.workers import Job

WORKERS = 2
AT_END = (
    *("mine", "x", "y", "y_whole", "outputs", "inside", "wrong", "neurons"),
    *("sent", "held", "differences"),
)


def planned(**settings: object) -> Lesson:
    """The lesson that cuts a block, with such settings.

    Raises:
        ValueError: for a setting that is not allowed.
    """
    return lesson.load("layer_cut").set(**settings)


def job(made: Lesson) -> Job:
    """``made`` with one part on each worker."""
    return Job(made.text, WORKERS, at_end=AT_END)


def jobs() -> Iterator[tuple[str, Job]]:
    """The runs that are recorded."""
    for model, cut in itertools.product(("article", "gated"), ("outputs", "inputs")):
        yield f"cut_{model}_{cut}", job(planned(model=model, cut=cut))


def alone(made: Lesson) -> list[Mapping[str, Any]]:
    """What one process says that does every part: one row, as if of one worker."""
    return [_plain(run(made.text))]


def _plain(done: Run) -> dict[str, Any]:
    return {name: _numbers(done.variables[name]) for name in AT_END if name in done.variables}


def _numbers(value: Any) -> Any:
    """Tensors as lists of numbers, wherever they stand in ``value``."""
    if hasattr(value, "tolist"):
        return value.tolist()
    return [_numbers(one) for one in value] if isinstance(value, list | tuple) else value


def said(seen: Seen) -> list[Mapping[str, Any]]:
    """What each worker of a run held at its end, from worker 0 on."""
    return [seen.end(rank) for rank in range(seen.world_size)]


def by_part(said: list[Mapping[str, Any]], name: str) -> list[Any]:
    """What the parts have of ``name``, part 0 first, whichever worker had them."""
    pairs = [pair for one in said for pair in zip(one["mine"], one[name], strict=True)]
    return [value for _, value in sorted(pairs, key=lambda pair: pair[0])]


def difference(said: list[Mapping[str, Any]]) -> float:
    """The largest difference of any output or gradient to the whole block's, on any worker."""
    return max(float(gap) for one in said for gap in one["differences"].values())


def bytes_summed(said: list[Mapping[str, Any]], way: str) -> int:
    """Bytes that each worker puts into sums on its way ``forward`` or ``backward``."""
    return sum(size for name, size in said[0]["sent"] if name == way)
