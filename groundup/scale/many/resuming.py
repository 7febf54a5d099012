"""A worker is killed in mid-training, all start anew from the checkpoint: what is lost?"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from groundup.engine import lesson
from groundup.engine.lesson import Lesson
from groundup.engine.snapshot import number
from groundup.scale.many.seen import whence
from groundup.workers import Event, Job, Launcher, WorkersError
from groundup.workers.job import Reason
from groundup.workers.launcher import always

CHECKPOINT = "checkpoint.pt"
WORKERS = 2
KILLED = 1
AT_STEP = 90
"""After so many steps (from 1) worker :data:`KILLED` is killed."""


def planned(**settings: object) -> Lesson:
    """The script that is taken home, with a checkpoint.

    Raises:
        ValueError: for a setting that is not allowed.
    """
    return lesson.load("train_on_many").set(checkpoint=CHECKPOINT, **settings)


def job(made: Lesson) -> Job:
    """``made`` on two workers."""
    return Job(made.text, WORKERS, each_step=("steps", "whole"), at_end=("weights",))


@dataclass(frozen=True)
class Resumed:
    """Three trainings by one text, each as what worker 0 said after each step and at its end.

    Attributes:
        killed: in which a worker was killed; it has no end.
        words: how that one ended.
        resumed: the same text, started once more in the same folder.
        undisturbed: the same text in a folder of its own, left alone.
    """

    killed: Sequence[Mapping[str, Any]]
    words: str
    resumed: Sequence[Mapping[str, Any]]
    undisturbed: Sequence[Mapping[str, Any]]
    ends: Sequence[Mapping[str, Any]]

    @property
    def reached(self) -> int:
        """Steps that were done when the worker died."""
        return int(self.killed[-1]["steps"])

    @property
    def saved(self) -> int:
        """Steps that the last checkpoint held."""
        return int(self.resumed[0]["steps"]) - 1

    @property
    def difference(self) -> float:
        """The largest between a weight of the resumed training and of the undisturbed one."""
        one, other = ([value for tensor in end["weights"] for value in tensor] for end in self.ends)
        return float(max(abs(a - b) for a, b in zip(one, other, strict=True)))

    def said(self) -> list[str]:
        """What is lost and what goes on, from the numbers."""
        lost = self.reached - self.saved
        same = "exactly those" if not self.difference else f"{number(self.difference)} from those"
        return [
            f"**What happened.** {self.words}",
            f"**What is lost.** {self.reached} steps were done, and the last checkpoint held "
            f"{self.saved}: so {lost} step{'s' * (lost != 1)} were done twice.",
            f"**What goes on.** All workers started anew with step {self.saved + 1}. After "
            f"{self.resumed[-1]['steps']} steps their weights are {same} of a training that "
            "nothing disturbed.",
        ]


def kill_and_resume(
    made: Lesson, launcher: Launcher, folder: Path, present: Callable[[], bool]
) -> Generator[str, None, Resumed]:
    """Train until a worker is killed, again from the checkpoint, and once undisturbed.

    It yields what it is about to do. ``folder`` is where the checkpoint is written.

    Raises:
        WorkersError: if a run ended otherwise than it was meant to.
    """
    here = replace(job(made), folder=str(folder))
    yield f"Training on {WORKERS} workers, until worker {KILLED} is killed …"
    killed, words = _until_killed(launcher, here, present)
    yield "The same script starts again, in the same folder …"
    resumed = list(launcher.run(here, present))
    yield "And once more in an empty folder, undisturbed, to compare …"
    alone = list(launcher.run(job(made), present))
    return Resumed(killed, words, _steps(resumed), _steps(alone), (_end(resumed), _end(alone)))


def _until_killed(
    launcher: Launcher, here: Job, present: Callable[[], bool]
) -> tuple[Sequence[Mapping[str, Any]], str]:
    events: list[Event] = []
    meant: Reason = "died"
    try:
        events.extend(launcher.run(replace(here, kill=(KILLED, AT_STEP - 1)), present))
    except WorkersError as error:
        if error.reason != meant:
            raise
        return _steps(events), str(error)
    raise WorkersError("The training was over before its worker could be killed.", "late")


def _steps(events: Sequence[Event]) -> list[Mapping[str, Any]]:
    return [e.numbers for e in events if e.rank == 0 and e.kind == "step"]


def _end(events: Sequence[Event]) -> Mapping[str, Any]:
    return next(e.numbers for e in events if e.rank == 0 and e.kind == "done")


# What was recorded, for a server without room

FILE = Path(__file__).with_name("resumed.json")


@dataclass(frozen=True)
class Kept:
    """A recorded training that lost a worker, and where and when it was recorded."""

    seen: Resumed
    whence: str


def recorded() -> Kept:
    """The training that was recorded."""
    kept = json.loads(FILE.read_text("utf-8"))
    return Kept(Resumed(**kept["seen"]), whence(kept["recorded"]))


def record(launcher: Launcher, made: Mapping[str, str]) -> None:
    """Have a worker killed, and write what came of it."""
    with TemporaryDirectory() as folder:
        going = kill_and_resume(planned(), launcher, Path(folder), always)
        while True:
            try:
                next(going)
            except StopIteration as over:
                kept = {"recorded": made, "seen": asdict(over.value)}
                FILE.write_text(json.dumps(kept, separators=(",", ":")) + "\n", "utf-8")
                return
