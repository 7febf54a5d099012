"""What the workers said so far, and what it means for the whole run."""

from __future__ import annotations

import signal
import time
from collections.abc import Mapping
from typing import Any

from groundup.workers.job import Event, Job, WorkersError

GRACE = 0.5
"""Seconds after the first bad news: those whom it dragged along may speak before it does."""
KINDS = ("begun", "step", "done")


class Watch:
    """One run as it is told.

    Attributes:
        over: whether no worker is left.
    """

    def __init__(self, job: Job) -> None:
        self.over = False
        self._job = job
        self._began = time.monotonic()
        self._heard = dict.fromkeys(range(job.world_size), self._began)
        self._steps = dict.fromkeys(range(job.world_size), 0)
        self._done: set[int] = set()
        self._failed: dict[int, Mapping[str, Any]] = {}
        self._killed: dict[int, int] = {}
        self._since: float | None = None

    def take(self, message: Mapping[str, Any]) -> Event | None:
        """Note ``message``; the event that it is, if it is one for the page."""
        if "over" in message:
            self.over = True
        elif "ended" in message:
            self._ended(message["ended"], message["status"])
        elif "rank" in message:
            return self._said(message["rank"], message["kind"], message["numbers"])
        return None

    def check(self, now: float) -> None:
        """Raise what is wrong, once that is known.

        Raises:
            WorkersError: naming the worker it began with.
        """
        if self._since is not None and (self.over or now > self._since + GRACE):
            raise self._first_cause()
        if self.over:
            return
        if now > self._began + self._job.seconds:
            raise WorkersError(
                f"The workers were ended after {self._job.seconds:g} seconds, the time that they "
                "have.",
                "late",
            )
        if any(now > self._heard[rank] + self._job.silence for rank in self._waiting):
            raise self._hangs()

    @property
    def _waiting(self) -> list[int]:
        return [rank for rank in self._heard if rank not in self._done]

    def _said(self, rank: int, kind: Any, numbers: Mapping[str, Any]) -> Event | None:
        self._heard[rank] = time.monotonic()
        self._steps[rank] += kind == "step"
        if kind == "done":
            self._done.add(rank)
        if kind in KINDS:
            return Event(rank, kind, numbers)
        self._failed[rank] = {**numbers, "kind": kind}
        self._since = self._since or time.monotonic()
        return None

    def _ended(self, rank: int, status: int) -> None:
        if rank not in self._done and rank not in self._failed:
            self._killed[rank] = status
            self._since = self._since or time.monotonic()
        self._done.add(rank)

    def _first_cause(self) -> WorkersError:
        """One that was killed, else the first that failed: the others fail when it is missing.

        Each says when it failed: they are not read in the order in which they wrote.
        """
        for rank, status in self._killed.items():
            return WorkersError(f"{_how(rank, status)} {self._others()}", "died", rank)
        rank, said = min(self._failed.items(), key=lambda failed: failed[1]["at"])
        if said["kind"] == "loud":
            words = f"Worker {rank} told more than it may."
            return WorkersError(f"{words} {self._others()}", "loud", rank)
        line = f", line {said['line']}" if said["line"] else ""
        words = f"Worker {rank} failed{line}: {said['error']}: {said['message']}"
        return WorkersError(f"{words}\n\n{self._others()}", "failed", rank)

    def _hangs(self) -> WorkersError:
        """The one that is behind the others, who wait for it."""
        behind = min(self._steps[rank] for rank in self._waiting)
        ranks = [rank for rank in self._waiting if self._steps[rank] == behind]
        who = f"Worker {ranks[0]}" if len(ranks) < len(self._waiting) else "No worker"
        got = "got no further" if len(ranks) < len(self._waiting) else "got any further"
        words = f"{who} {got} for {self._job.silence:g} seconds, after {behind} steps."
        return WorkersError(f"{words} {self._others()}", "hangs", ranks[0])

    def _others(self) -> str:
        if self._job.world_size == 1:
            return "Nothing of it is left."
        return "The others would wait for it for ever, so all were ended."


def _how(rank: int, status: int) -> str:
    if status >= 0:
        return f"Worker {rank} ended itself, with status {status}, before its text was over."
    name = signal.strsignal(-status) or f"signal {-status}"
    return f"Worker {rank} died: the system ended its process ({name})."
