"""The script that was opened: its text as it is on the disk now, and its runs."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from groundup.engine.trace import Trace, TraceLimits
from groundup.engine.trace.instrumented import instrumented
from groundup.engine.trace.recorder import Around
from groundup.opened import reading
from groundup.opened.job import Job, Within
from groundup.opened.own_process import Meanwhile, OwnProcess
from groundup.opened.reading import Stamp, UnreadableError

LIMITS = TraceLimits(
    moments=10_000, bytes=3_000_000, seconds=60.0, characters=1_000_000, passes=20, names=500
)
"""For one user on their own machine: several times what a page of a shared copy records."""


class Traced(NamedTuple):
    """What was recorded of a run, and what the ``diagnosis()`` of its ``within`` said."""

    trace: Trace
    diagnosis: Any = None


@dataclass
class OpenedFile:
    """A script at an absolute ``path``, which the user called ``name`` in ``folder``.

    Made by :meth:`at`. Each of its runs is a process of its own.
    """

    path: Path
    name: str
    folder: Path
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    problem: str = ""
    """Why it cannot be read any more, in a sentence; empty while it can."""
    _text: str = ""
    _stamp: Stamp | None = None
    _waiting: OwnProcess | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @classmethod
    def at(cls, name: str, arguments: tuple[str, ...] = ()) -> OpenedFile:
        """The script called ``name``, read, as seen from the present folder.

        Raises:
            UnreadableError: if it is none.
        """
        file = cls(Path(os.path.abspath(name)), name, Path.cwd(), arguments)
        file._stamp = reading.stamp(file.path)
        file._text = reading.read(file.path, name)
        return file

    @property
    def path_name(self) -> str:
        """Its name without its folders."""
        return self.path.name

    @property
    def text(self) -> str:
        """Its text on the disk now; while it cannot be read (see ``problem``), the last there was.

        Read again only when it was saved.
        """
        with self._lock:
            now = reading.stamp(self.path)
            if now != self._stamp or self.problem:
                self._read(now)
            return self._text

    def changed(self, shown: str) -> bool:
        """Whether its text on the disk is another than the one that is ``shown``."""
        return self.text != shown

    def prepare(self) -> None:
        """Start a process for the next run, if none waits: torch is imported meanwhile."""
        with self._lock:
            if self._waiting is None or not self._waiting.alive:
                self._drop_waiting()
                self._waiting = OwnProcess(self.folder, self.environment)

    def close(self) -> None:
        """End the process that waits for the next run."""
        with self._lock:
            self._drop_waiting()

    def trace(
        self,
        *,
        within: Within | None = None,
        around: Around = None,
        limits: TraceLimits = LIMITS,
        meanwhile: Meanwhile = None,
    ) -> Traced:
        """Run its text as ``python NAME ARGUMENTS`` would, and return what was recorded.

        ``trace.text`` is the text that ran. ``within`` (a class: it is called there, with the text
        and the path) makes what is held in the process that runs it, and asked in the end for its
        ``diagnosis()``, which comes back as it is.
        ``around`` is as in :func:`groundup.engine.trace.trace`. ``meanwhile`` is called many times
        a second with the seconds so far and what was printed; what it raises ends the run.

        Raises:
            SyntaxError: if the text is no Python.
            OSError: if no process can be started, for its folder is gone, say.
        """
        text = self.text
        instrumented(text, str(self.path))  # no process is needed to find that it is no Python
        process = self._take()
        job = Job(
            text=text,
            path=self.path,
            name=self.name,
            arguments=self.arguments,
            limits=limits,
            around=around,
            within=within,
            answer=process.answer,
        )
        try:
            answer = process.run(job, meanwhile)
        finally:
            with suppress(OSError):  # said when it is needed
                self.prepare()
        return Traced(answer.trace, answer.diagnosis)

    def _take(self) -> OwnProcess:
        with self._lock:
            self.prepare()
            process, self._waiting = self._waiting, None
            assert process
            return process

    def _drop_waiting(self) -> None:
        if self._waiting:
            self._waiting.close()
        self._waiting = None

    def _read(self, now: Stamp | None) -> None:
        try:
            self._text, self.problem = reading.read(self.path, self.name), ""
        except UnreadableError as error:
            self.problem = str(error)
        self._stamp = now
