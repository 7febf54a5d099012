"""A recorder that keeps the text it records within its bounds."""

from __future__ import annotations

import math
import mmap
import os
from collections.abc import Callable
from contextlib import suppress
from threading import get_ident
from time import perf_counter, thread_time
from types import FrameType
from typing import Any, NoReturn

from groundup.engine.execution import EXECUTION_LOCK
from groundup.engine.trace.expressions import Prober
from groundup.engine.trace.limits import Stopped, seconds_reached
from groundup.engine.trace.recorder import Recorder
from groundup.language.bounds.limits import GROWTH, grown


class Watched(Recorder):
    """A recorder that looks at the bounds whenever the text does anything at all."""

    def __init__(self, *made_of: Any) -> None:
        super().__init__(*made_of)
        self.words: Callable[[BaseException], str] = str
        self.told: dict[int, str] = {}
        self._growth = _Growth()
        self._look_next = self._computes_until = 0.0
        self._looking = True

    def begin(self) -> None:
        """The text is executed from now on."""
        super().begin()
        self._growth.begin()
        # What is bounded is its own computing, however busy the machine is with others.
        self._until, self._computes_until = math.inf, thread_time() + self._bounds.seconds

    def end(self) -> None:
        """It is at its end."""
        super().end()
        self._growth.end()

    def look(self) -> None:
        """Stop the text where it reached a bound, or where it goes on after its end."""
        if get_ident() != self._thread or self.stopped:
            raise Stopped(self.stopped or "it is over")
        if perf_counter() >= self._look_next and self._looking:
            self._look_next = perf_counter() + 0.002
            if self._growth.too_much():
                self.stopped = grown()
            if thread_time() >= self._computes_until:
                self.stopped = seconds_reached(self._bounds)
            self._share()
            self._check()

    def stop(self, reason: str) -> NoReturn:
        """End the text, for ``reason``."""
        self.stopped = self.stopped or reason
        raise Stopped(self.stopped)

    def _share(self) -> None:
        before = self._growth.now() if EXECUTION_LOCK.wanted else None
        super()._share()
        if before is not None:
            self._growth.leave_out(before)

    def _mine(self, python_frame: FrameType) -> Any:
        self.look()
        return super()._mine(python_frame)

    def failed(self, error: BaseException) -> None:
        """As a recorder does; what the error says is read while the bounds hold."""
        self._looking = False
        try:
            super().failed(error)
            self.told[id(error)] = self.words(error)
        except Stopped:
            self.told[id(error)] = "…"
        finally:
            self._looking = True


class WatchedProber(Watched, Prober):
    """The same for a text that is run again."""


class _Growth:
    """How much the process grew while the text had its turns, where the system tells."""

    def __init__(self) -> None:
        self._file: int | None = None
        self._began = 0

    def begin(self) -> None:
        """Count from now on."""
        with suppress(OSError):
            self._file = os.open("/proc/self/statm", os.O_RDONLY)
        self._began = self.now()

    def end(self) -> None:
        """Count no longer."""
        if self._file is not None:
            os.close(self._file)
        self._file = None

    def now(self) -> int:
        """The bytes of the process that are its own."""
        if self._file is None:
            return self._began
        counts = os.pread(self._file, 100, 0).split()
        return (int(counts[1]) - int(counts[2])) * mmap.PAGESIZE

    def leave_out(self, before: int) -> None:
        """What grew since ``before`` grew in the turns of others."""
        self._began += self.now() - before

    def too_much(self) -> bool:
        """Whether the process grew by more than it may."""
        return self.now() - self._began > GROWTH
