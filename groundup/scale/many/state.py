"""The state spread out: what is run for it, and what each worker is found to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from groundup.engine import lesson
from groundup.engine.lesson import Lesson
from groundup.scale.many.seen import Seen
from groundup.scale.spread.sending import ROUNDS
from groundup.scale.spread.ways import SPREADS
from groundup.workers import Job

WORKERS = 2
FULLY_SHARD = "fully_shard"
MEASURED = (*SPREADS, FULLY_SHARD)
"""What can be measured: the hand-written ways, and torch's own."""

AT_END = ("held", "sent_in_a_step", "difference")
MEGABYTES = 256
"""torch's own brings modules with it that nothing else needs."""


def planned(measured: str, **settings: object) -> Lesson:
    """The lesson that trains on workers, its state spread in one of the ways :data:`MEASURED`.

    Raises:
        ValueError: for a setting that is not allowed.
    """
    if measured == FULLY_SHARD:
        return lesson.load("torch_splits").set(way=FULLY_SHARD, **settings)
    return lesson.load("state_spread").set(spread=measured, **settings)


def job(made: Lesson) -> Job:
    """``made`` on two workers."""
    return Job(made.text, WORKERS, at_end=AT_END, megabytes=MEGABYTES)


def jobs() -> Iterator[tuple[str, Job]]:
    """The runs that are recorded."""
    for measured in MEASURED:
        yield f"state_{measured}", job(planned(measured))


def parameters(made: Lesson) -> int:
    """How many parameters the lesson's model has: two layers with biases."""
    hidden, intermediate = (int(made.settings[name]) for name in ("hidden", "intermediate"))
    return 2 * hidden * intermediate + hidden + intermediate


def expected(measured: str, count: int, workers: int) -> dict[str, int]:
    """Bytes that each worker should keep of a model of ``count`` float32 weights, with Adam."""
    stage = SPREADS.index("weights" if measured == FULLY_SHARD else measured)
    part = -(-count // workers) * workers
    kept = {"weights": 4 * part, "gradients": 4 * part, "optimizer": 8 * part}
    shared = {"optimizer": 1, "gradients": 2, "weights": 3}
    return {what: size // workers if stage >= shared[what] else size for what, size in kept.items()}


def rows(seen: Seen, made: Lesson, measured: str) -> list[dict[str, str]]:
    """Measured and expected bytes of each worker, by what they hold."""
    should = expected(measured, parameters(made), seen.world_size)
    held = [seen.end(rank)["held"] for rank in range(seen.world_size)]
    return [
        {
            "": what,
            "by the formula": f"{should[what]:,}",
            **{f"worker {rank}": f"{one[what]:,}" for rank, one in enumerate(held)},
        }
        for what in should
    ]


def words(seen: Seen, made: Lesson) -> str:
    """What was measured, in a sentence or two."""
    ends: list[Mapping[str, Any]] = [seen.end(rank) for rank in range(seen.world_size)]
    whole = 16 * parameters(made)
    most = max(sum(end["held"].values()) for end in ends)
    largest = max(end["difference"] for end in ends)
    told = (
        f"Each worker keeps at most **{most:,} bytes**; one process alone keeps {whole:,}. After "
        f"{made.settings['steps']} steps the weights differ by {largest:.2g} from those of one "
        "process that had all examples. Adam divides by the size of a gradient, and so enlarges "
        "the rounding of small ones."
    )
    if "sent_in_a_step" not in ends[0]:
        return told
    return f"{told} {_sending(seen, made)}"


def _sending(seen: Seen, made: Lesson) -> str:
    """What each sends in a step, and how many rounds of the weights' bytes that is."""
    n, sent = seen.world_size, seen.end(0)["sent_in_a_step"]
    round_of_weights = 4 * -(-parameters(made) // n) * (n - 1)
    rounds, formula = sent // round_of_weights, ROUNDS[str(made.settings["spread"])]
    told = (
        f"In a step each sends **{sent:,} bytes**: {rounds} times (N − 1) / N of the weights' bytes"
    )
    if rounds == formula:
        return f"{told}, as the formula says."
    return (
        f"{told}. The formula says {formula}, since FSDP lets the weights go after the forward "
        "pass and gathers them again for the backward pass. This script keeps them until the step "
        "is over: it gathers them once."
    )
