"""Runs that were recorded, for a server that has no room for workers; and how they are made.

``python -m groundup.scale.many`` runs every job of :data:`JOBS` and writes what the workers said.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import torch

from groundup.scale.many import batch, break_even, cut, resuming, room, state
from groundup.scale.many.seen import Seen
from groundup.workers import Event, Job, Launcher

FOLDER = Path(__file__).with_name("recorded")

JOBS: tuple[Callable[[], Iterator[tuple[str, Job]]], ...] = (
    batch.jobs,
    break_even.jobs,
    cut.jobs,
    state.jobs,
)
"""What is recorded: each gives names of files, and the jobs that they are recordings of."""


def made() -> Mapping[str, str]:
    """Where and when a run is recorded."""
    return {
        "date": datetime.now(UTC).strftime("%-d %B %Y"),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "machine": f"{platform.system()} with {room.cores()} cores",
        "cores": str(room.cores()),
    }


def record() -> None:
    """Run all jobs, and write what their workers said."""
    FOLDER.mkdir(exist_ok=True)
    with Launcher() as launcher:
        for name, job in (pair for jobs in JOBS for pair in jobs()):
            events = [asdict(event) for event in launcher.run(job)]
            kept = {"recorded": made(), "text": job.text, "world_size": job.world_size}
            _write(name, json.dumps(kept | {"events": events}, separators=(",", ":")))
            print(name, file=sys.stderr)
        resuming.record(launcher, made())


def _write(name: str, text: str) -> None:
    (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")


@cache
def recorded(text: str, world_size: int) -> Seen | None:
    """The recording of ``text`` on so many workers, if there is one."""
    for file in sorted(FOLDER.glob("*.json")):
        kept = json.loads(file.read_text("utf-8"))
        if (kept["text"], kept["world_size"]) == (text, world_size):
            events = [Event(**event) for event in kept["events"]]
            return Seen(text, world_size, events, kept["recorded"])
    return None
