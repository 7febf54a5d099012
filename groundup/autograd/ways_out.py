"""The ways out of the graph: what each returns, what it shares, what still trains."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from groundup.engine import lesson
from groundup.engine.failures import Failure
from groundup.engine.observe import run
from groundup.engine.snapshot import brief


@dataclass(frozen=True)
class Way:
    """What the lesson ``way_out`` found on one way; a gradient is None where there is none."""

    name: str
    returned: str
    tracked: bool
    shared: bool
    w_grad: str | None
    b_grad: str | None
    failure: Failure | None


def follow(name: str) -> Way:
    """Run the lesson ``way_out`` on the way called ``name``.

    Raises:
        ValueError: if there is no such way.
    """
    finished = run(lesson.load("way_out").set(way=name).text)
    values = finished.variables
    w, b = values["w"].grad, values["b"].grad
    return Way(
        name,
        values["returned"],
        values["tracked"],
        values["shared"],
        None if w is None else brief(w, 2),
        None if b is None else brief(b, 2),
        finished.failure,
    )


@cache
def every_way() -> tuple[Way, ...]:
    """All ways, staying in first."""
    return tuple(map(follow, lesson.load("way_out").choices["way"].parameter.options))


@dataclass(frozen=True)
class HeldMemory:
    """Bytes kept for the backward pass, of a forward pass of so many ``layers``."""

    layers: int
    tracked: int
    untracked: int


@lru_cache(maxsize=64)
def kept_memory(layers: int, batch: int, width: int) -> tuple[HeldMemory, ...]:
    """Measure with the lesson ``kept_memory``, for up to four depths that end at ``layers``.

    Raises:
        ValueError: if a size is outside the lesson's bounds.
    """
    text = lesson.load("kept_memory").set(batch=batch, width=width, layers=layers)
    depths = sorted({max(1, layers * part // 4) for part in range(1, 5)})
    return tuple(
        HeldMemory(
            depth,
            *(
                run(text.set(layers=depth, tracked=tracked).text).variables["kept_bytes"]
                for tracked in (True, False)
            ),
        )
        for depth in depths
    )
