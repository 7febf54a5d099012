"""Timing a feed-forward block on this machine, inside a budget of memory set beforehand.

The lesson ``time_ffn`` does the timing. Here is decided what may be timed, what it means, and who
else is using memory: every run is promised its bytes before it starts, and none starts past the
budget. A promise that nobody uses is taken back: :mod:`groundup.scale.promises`.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from groundup.engine import lesson
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.engine.words import bytes_in_words
from groundup.scale import architecture, promises
from groundup.scale.memory import ffn_bytes
from groundup.scale.promises import Holder, Promise, Room, release, reserved_bytes

WIDTHS = (64, 128, 256, 512, 1024, 2048, 4096)
RATIO = 3.5
TOKENS = (1, 128)

HOSTED_BYTES = 128 * 2**20
"""For all learners of a hosted copy together: it has about 1 GB, and torch takes a third."""

MAX_BYTES = 2 * 2**30

UNKNOWN_BYTES = 256 * 2**20


@dataclass(frozen=True)
class Point:
    """One measurement: ``forward`` and ``backward`` in seconds."""

    width: int
    intermediate: int
    tokens: int
    forward: float
    backward: float

    @property
    def seconds(self) -> float:
        """Both passes together."""
        return self.forward + self.backward

    @property
    def flops_per_second(self) -> float:
        """Both passes: the backward one takes twice as many FLOPs as the forward one."""
        return 3 * architecture.ffn_flops(self.width, self.intermediate, self.tokens) / self.seconds

    @property
    def bytes_read(self) -> int:
        """Bytes of both matrices, in float32: a forward pass reads them all, for any tokens."""
        return 8 * self.width * self.intermediate

    @property
    def bytes_per_second(self) -> float:
        """Weights read in the forward pass, in bytes a second."""
        return self.bytes_read / self.forward


# The budget


@dataclass(frozen=True)
class Budget:
    """What all timings together may hold, and the sentence that says why."""

    bytes: int
    reason: str


def budget() -> Budget:
    """A quarter of the memory that is free, at most 2 GiB; 128 MiB on a hosted copy.

    ``GROUNDUP_MEMORY_MIB`` overrides it; Streamlit's hosting mounts the app under ``/mount/src``.
    """
    if (limit := os.environ.get("GROUNDUP_MEMORY_MIB", "")).isdecimal():
        return Budget(int(limit) * 2**20, "set by GROUNDUP_MEMORY_MIB")
    if Path(__file__).is_relative_to("/mount/src"):
        return Budget(HOSTED_BYTES, "this is a hosted copy that many people share")
    free = free_bytes()
    if free is None:
        return Budget(UNKNOWN_BYTES, "this system does not say how much memory is free")
    if free // 4 > MAX_BYTES:
        return Budget(MAX_BYTES, f"less than a quarter of the {bytes_in_words(free)} free here")
    return Budget(free // 4, f"a quarter of the {bytes_in_words(free)} free here")


def free_bytes() -> int | None:
    """Memory that can be had without swapping; None where the system does not tell.

    A container's own limit counts where it is smaller.
    """
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        free = next(1024 * int(line.split()[1]) for line in lines if "MemAvailable" in line)
    except (OSError, StopIteration):
        return None
    return max(0, min(free, _container_bytes()))


def _container_bytes() -> int:
    group = Path("/sys/fs/cgroup")
    try:
        limit = (group / "memory.max").read_text("ascii").strip()
        used = int((group / "memory.current").read_text("ascii"))
    except (OSError, ValueError):
        return 2**62
    return int(limit) - used if limit.isdecimal() else 2**62


def reserve(
    text: str,
    needed: int,
    limit: Budget,
    holder: Holder | None = None,
    present: Callable[[], bool] = promises.always,
) -> Run:
    """A run of ``text``, with ``needed`` bytes promised to it for as long as it is kept.

    ``holder`` is told to let go of it when it has not computed for a minute, or as soon as its
    learner is no longer ``present``.

    Raises:
        ValueError: if that does not fit beside what other runs were promised.
    """
    if needed > limit.bytes:
        raise ValueError(too_large(needed, limit))
    run = Run(text)
    if not promises.promise(run, Promise(needed, holder, present), limit.bytes):
        raise ValueError(too_large(needed, limit))
    return run


@contextmanager
def room(needed: int, limit: Budget) -> Iterator[None]:
    """Have ``needed`` bytes promised while a text is executed in one go.

    Raises:
        ValueError: if that does not fit beside what runs were promised.
    """
    held = Room()
    if not promises.promise(held, Promise(needed), limit.bytes):
        raise ValueError(too_large(needed, limit))
    try:
        yield
    finally:
        # A text's functions and its names hold each other: its tensors go with a collection alone.
        gc.collect()
        release(held)


def too_large(needed: int, limit: Budget) -> str:
    """The sentence for a run that needs more than there is."""
    left = max(limit.bytes - reserved_bytes(), 0)
    return (
        f"This needs about {bytes_in_words(needed)}, and {bytes_in_words(left)} of "
        f"{bytes_in_words(limit.bytes)} ({limit.reason}) is left. "
        + ("Choose a smaller width." if needed > limit.bytes else "Try again in a minute.")
    )


@dataclass
class Timing:
    """One learner's timing: the run while it is under way, and what it has measured.

    Attributes:
        run: None before the first press, and once it is over.
        points: what was measured.
        alone: whether that is one core's time for it, and not the time on the wall.
        steps: how many points there will be.
        given_back: whether it was ended because nobody watched it.
    """

    run: Run | None = None
    points: list[Point] = field(default_factory=list)
    alone: bool = False
    steps: int = 0
    given_back: bool = False

    def begin(self, planned: Lesson, limit: Budget, present: Callable[[], bool]) -> None:
        """Reserve the memory for ``planned``, and stand before its first statement.

        Raises:
            ValueError: if the memory is taken.
        """
        widths: list[int] = planned.settings["widths"]
        self.run = reserve(planned.text, needed(max(widths)), limit, self, present)
        self.points, self.steps, self.given_back = [], steps(planned), False

    def look(self) -> None:
        """Take over what has been measured so far."""
        if run := self.run:
            self.points, self.alone = points(run), bool(run.variables.get("alone"))

    def end(self) -> None:
        """Keep what was measured, and give the memory back."""
        if run := self.run:
            self.look()
            release(run)
            self.run = None

    def give_back(self, run: Run) -> None:
        """Nobody watches ``run`` any more."""
        if self.run is run:
            self.end()
            self.given_back = True


# The plan


def needed(width: int) -> int:
    """Bytes for the widest point of a timing up to ``width``."""
    return ffn_bytes(width, int(RATIO * width), max(TOKENS))


def within_memory(limit: Budget) -> list[int]:
    """The widths that fit the budget."""
    return [width for width in WIDTHS if needed(width) <= limit.bytes]


def plan(widest: int, threads: int, limit: Budget) -> Lesson:
    """The lesson that times every width up to ``widest``.

    Raises:
        ValueError: for a width that is not offered or does not fit, or an impossible number of
            threads.
    """
    if widest not in WIDTHS:
        raise ValueError(f"width must be one of {', '.join(map(str, WIDTHS))}.")
    if needed(widest) > limit.bytes:
        largest = max(within_memory(limit), default=None)
        raise ValueError(
            f"Width {widest:,} needs about {bytes_in_words(needed(widest))}, more than the "
            f"{bytes_in_words(limit.bytes)} there is ({limit.reason}). "
            + (f"Choose {largest:,} or less." if largest else "Nothing can be timed here.")
        )
    if not 1 <= threads <= cores():
        raise ValueError(f"threads must be from 1 to {cores()}.")
    widths = [width for width in WIDTHS if width <= widest]
    return lesson.load("time_ffn").set(widths=widths, threads=threads)


def cores() -> int:
    """How many threads torch may be given here: the cores of the machine, at most 64."""
    return min(os.cpu_count() or 1, 64)


def steps(planned: Lesson) -> int:
    """How many points the lesson will measure."""
    return len(planned.settings["widths"]) * len(TOKENS)


def points(run: Run) -> list[Point]:
    """What ``run`` has measured so far."""
    return [Point(*row) for row in run.variables.get("results", [])]
