"""A Python of its own for each run of a script: whatever the script does, the app stays as it is.

Importing torch takes seconds, so one that has done it waits for the next run.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from groundup.engine.trace import End, Trace, TraceLimits
from groundup.opened.job import Answer, Job

CHILD = Path(__file__).with_name("child.py")
ROOT = Path(__file__).parents[2]
START = 120.0
"""Seconds for starting Python and importing torch, which a busy machine may take its time for."""
GRACE = 15.0
"""Seconds more than a script may take: for its exit, and for writing what was recorded."""
POLL = 0.05

Meanwhile = Callable[[float, str], None] | None
"""Called again and again during a run, with its seconds and what it has printed so far."""


class OwnProcess:
    """A Python that has been started, in ``folder``, and waits for the one job that it does."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._scratch = TemporaryDirectory(prefix="groundup-")
        self._printed = Path(self._scratch.name) / "printed"
        self.answer = Path(self._scratch.name) / "answer"
        self._ended = False
        with self._printed.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, str(CHILD), str(ROOT), self._scratch.name],
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def alive(self) -> bool:
        """Whether it can do its job."""
        return self._process.poll() is None

    def run(self, job: Job, meanwhile: Meanwhile = None) -> Answer:
        """Do ``job`` and end.

        Whatever ``meanwhile`` raises ends the script, and is raised from here.
        """
        try:
            self._tell(job)
            in_time = self._wait(job, meanwhile)
            self._end()
            return self._finished(job, in_time)
        finally:
            self.close()

    def close(self) -> None:
        """End it, and those that it started; nothing of it stays on the disk."""
        self._end()
        self._scratch.cleanup()

    def _tell(self, job: Job) -> None:
        pipe = self._process.stdin
        assert pipe
        try:
            pipe.write(pickle.dumps(job))
            pipe.flush()  # and it stays open: its end would end the process
        except BrokenPipeError:
            self._process.wait()

    def _wait(self, job: Job, meanwhile: Meanwhile) -> bool:
        """Whether it ended by itself within its time, which begins when the script does."""
        told = now = time.monotonic()
        began = 0.0
        while (now - began < job.limits.seconds + GRACE) if began else (now - told < START):
            try:
                self._process.wait(POLL)
            except subprocess.TimeoutExpired:
                now = time.monotonic()
                began = began or (now if job.begun.is_file() else 0.0)
                if meanwhile:
                    meanwhile(now - began if began else 0.0, self._output(job.limits))
            else:
                return True
        return False

    def _end(self) -> None:
        if self._ended:
            return
        self._ended = True
        if hasattr(os, "killpg"):
            # Its own processes may outlive it, and are in its group. There may be none.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        elif self.alive:
            self._process.kill()
        self._process.wait()
        assert self._process.stdin
        self._process.stdin.close()

    def _output(self, limits: TraceLimits) -> str:
        return self._bytes(limits).decode("utf-8", "replace")

    def _bytes(self, limits: TraceLimits) -> bytes:
        with self._printed.open("rb") as out:
            return out.read(limits.characters)

    def _finished(self, job: Job, in_time: bool) -> Answer:
        printed = self._bytes(job.limits)
        if not self.answer.is_file():
            status = self._process.returncode
            end = crashed(status) if in_time else _not_interrupted(job.limits)
            text = printed.decode("utf-8", "replace")
            return Answer(Trace(job.text, (), 0, (), (), text, (), end))
        answer: Answer = pickle.loads(self.answer.read_bytes())
        return replace(answer, trace=_with_output(answer.trace, printed))


def crashed(status: int) -> End:
    """How a process ended that wrote no answer, from its exit status (a signal's is negative)."""
    if status >= 0:
        return End("failed", f"Its process ended itself, with exit status {status}.")
    memory = ", as it does when memory runs out" if status == -signal.SIGKILL else ""
    name = signal.strsignal(-status) or "no name"
    return End("failed", f"The system ended its process with signal {-status} ({name}){memory}.")


def _not_interrupted(limits: TraceLimits) -> End:
    seconds = limits.seconds + GRACE
    return End(
        "stopped",
        f"It was ended after {seconds:g} seconds, in a statement that could not be interrupted, so "
        "nothing is recorded.",
    )


def _with_output(trace: Trace, printed: bytes) -> Trace:
    """``trace`` with what was printed, its moments counting characters instead of bytes."""
    if not printed.isascii():
        characters = place = 0
        for moment in trace.moments:
            characters += len(printed[place : moment.printed].decode("utf-8", "ignore"))
            moment.printed, place = characters, moment.printed
    return replace(trace, output=printed.decode("utf-8", "replace"))
