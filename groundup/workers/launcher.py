"""The server's side: one process that starts workers, and the watch over what they say."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from groundup.workers.job import Event, Job, WorkersError
from groundup.workers.watch import Watch

CHILD = Path(__file__).with_name("child.py")
ROOT = Path(__file__).parents[2]
START = 90.0
"""Seconds for starting Python and importing torch, which a busy machine may take its time for."""
POLL = 0.1
END = 2.0
"""Seconds that killed workers may take until they are gone."""

BUSY = (
    "Workers of another learner are running on this server, and there is room for one such run at "
    "a time. Press again in a moment."
)
_turn = threading.Lock()


def always() -> bool:
    """Somebody is there."""
    return True


def run_on_workers(job: Job, present: Callable[[], bool] = always) -> Generator[Event, None, None]:
    """Run ``job`` on processes of its own; yield what they say as they say it.

    ``present`` is asked again and again; once it is false, or the generator is closed, everything
    is ended. One run at a time on a server.

    Raises:
        WorkersError: if another run is under way, or this one does not come to its end.
    """
    with one_at_a_time(), Launcher() as launcher:
        yield from launcher.run(job, present)


class one_at_a_time:  # noqa: N801  # it reads as what it does
    """The turn of the one who may have workers now.

    Raises:
        WorkersError: on entering, where somebody else has it.
    """

    def __enter__(self) -> None:
        if not _turn.acquire(blocking=False):
            raise WorkersError(BUSY, "busy")

    def __exit__(self, *_: object) -> None:
        _turn.release()


class Launcher:
    """A process of its own session that imports torch, and then runs jobs one after the other.

    Used in a ``with``: afterwards it is gone, with all that it started.
    """

    def __init__(self) -> None:
        """Start it; it is ready when its first job runs."""
        if not hasattr(os, "fork"):
            raise WorkersError("Workers are started with fork, which Windows has not.", "not here")
        self._scratch = TemporaryDirectory(prefix="groundup-workers-")
        self._process = subprocess.Popen(
            [sys.executable, str(CHILD), str(ROOT), self._scratch.name],
            cwd=self._scratch.name,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._half = b""
        self._ready = False

    @property
    def pid(self) -> int:
        """The process, which is also its group's number."""
        return self._process.pid

    def __enter__(self) -> Launcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it, and those that it started; nothing of it stays on the disk."""
        # Its workers may outlive it, and are in its group. There may be none.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            with suppress(BrokenPipeError):
                pipe.close()
        self._scratch.cleanup()

    def run(self, job: Job, present: Callable[[], bool] = always) -> Generator[Event, None, None]:
        """Do ``job``; yield what its workers say.

        Raises:
            WorkersError: if it does not come to its end.
        """
        self._await_ready(present)
        watch = Watch(job)
        with TemporaryDirectory(dir=self._scratch.name) as folder:
            self._tell({"job": asdict(job) | {"folder": job.folder or folder}})
            try:
                yield from self._watched(job, watch, present)
            finally:
                if not watch.over:
                    self._stop(watch)

    def _watched(self, job: Job, watch: Watch, present: Callable[[], bool]) -> Iterator[Event]:
        while not watch.over:
            for message in self._heard():
                if event := watch.take(message):
                    yield event
            _still(present)
            watch.check(time.monotonic())
        watch.check(time.monotonic())

    def _await_ready(self, present: Callable[[], bool]) -> None:
        until = time.monotonic() + START
        while not self._ready:
            self._ready = any("ready" in message for message in self._heard())
            _still(present)
            if time.monotonic() > until:
                raise WorkersError(
                    f"No worker had started after {START:g} seconds, so it was given up.", "late"
                )

    def _stop(self, watch: Watch) -> None:
        """Kill the workers; where that takes too long, their starter too."""
        until = time.monotonic() + END
        with suppress(WorkersError):
            self._tell({"stop": True})
            while not watch.over and time.monotonic() < until:
                for message in self._heard():
                    watch.take(message)
        if not watch.over:
            self._process.kill()

    def _tell(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._lost() from None

    def _heard(self) -> Iterator[dict[str, Any]]:
        """What has come in since; waits a moment where nothing has."""
        assert self._process.stdout
        pipe = self._process.stdout.fileno()
        if not select.select([pipe], [], [], POLL)[0]:
            return
        said = os.read(pipe, 1 << 16)
        if not said:
            raise self._lost()
        *lines, self._half = (self._half + said).split(b"\n")
        yield from map(json.loads, lines)

    def _lost(self) -> WorkersError:
        status = self._process.wait()
        return WorkersError(
            f"The process that starts the workers ended itself, with status {status}.", "died"
        )


def _still(present: Callable[[], bool]) -> None:
    if not present():
        raise WorkersError("The page was closed, so its workers were ended.", "gone")


def _environment() -> dict[str, str]:
    """As torchrun sets it, on the loopback alone; no variable of the server's tells of a group."""
    ours = {
        "OMP_NUM_THREADS": "1",
        "GLOO_SOCKET_IFNAME": "lo0" if sys.platform == "darwin" else "lo",
        # A thread's heap counts as memory that is held, used or not.
        "MALLOC_ARENA_MAX": "1",
        "TORCH_CPP_LOG_LEVEL": "ERROR",
    }
    return {name: value for name, value in os.environ.items() if name != "RANK"} | ours
