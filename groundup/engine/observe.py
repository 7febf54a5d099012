"""Run a lesson's text one statement at a time, and record what it computes.

The text is compiled into a generator that pauses after every statement
(:mod:`groundup.engine.instrument`).
Whoever holds a :class:`Run` decides when it goes on, so stepping, live training, Stop and Resume
are one thing: advance, or do not.
"""

from __future__ import annotations

import math
import time
from array import array
from collections.abc import Callable, Mapping
from typing import Any

from groundup.engine.execution import EXECUTION_LOCK
from groundup.engine.instrument import End, Step
from groundup.engine.limits import LimitError, Limits
from groundup.engine.run_log import LogSpec, RunLog, UpdateLog, log_spec
from groundup.engine.script import ScriptText

SLICE = 0.01
"""Seconds for which a run keeps its turn before the next one in line gets it.

In a class of thirty that all train, whoever waits for a turn waits for thirty slices.
"""


class Run(ScriptText):
    """A text being run: a :class:`ScriptText` with its pace and its record.

    Attributes:
        last: the latest :class:`Step`, or None before the first.
        steps: how many statements were executed.
    """

    def __init__(
        self,
        text: str,
        *,
        limits: Limits | None = None,
        record: tuple[str, ...] | None = None,
        name: str = "lesson",
        files: Mapping[str, str | bytes] | None = None,
        watch: Callable[[Mapping[str, Any]], None] | None = None,
        by_epoch: bool = False,
    ) -> None:
        """Compile ``text``; nothing of it is executed yet.

        ``record`` names what is recorded each epoch, instead of what the docstring names.
        ``files`` are those that the text finds beside itself; where they are given, its ``open``
        knows no others. ``watch`` is handed the text's variables at the end of each epoch, to read.
        With ``by_epoch`` it does not pause after the statements of an epoch, which counts as one:
        numbers that stand after a step of it are not recorded.

        Raises:
            SyntaxError: if ``text`` is no Python.
        """
        self.text = text
        self._watch = watch
        self.limits = limits or Limits()
        self.last: Step | None = None
        self.steps = 0
        super().__init__(text, name, files, self.limits.characters, by_epoch=by_epoch)
        names = LogSpec(record) if record is not None else log_spec(text)
        self._record = RunLog(names, self.scalar, self.limits)
        self._at = [
            (self._action(pause), pause if isinstance(pause, Step) else None, pause is End.EPOCH)
            for pause in self._pauses
        ]

    # What the holder reads

    @property
    def epochs(self) -> int:
        """How many epochs are complete."""
        return self._record.epochs

    @property
    def each_epoch(self) -> tuple[str, ...]:
        """The names of the numbers that stand at the end of an epoch."""
        return self._record.names.each_epoch

    @property
    def columns(self) -> dict[str, array[float]]:
        """The recorded numbers of each epoch, by name: :class:`groundup.engine.run_log.RunLog`."""
        return self._record.columns

    @property
    def track(self) -> UpdateLog:
        """The recorded numbers of each update within the epochs; empty if the text names none."""
        return self._record.track

    # How the holder makes it go on

    def step(self) -> Step | None:
        """Execute one statement; return where it paused, or None if the text is at its end."""
        if self.state != "paused":
            return None
        with self._executing():
            for index in self._generator:
                if self._count(index):
                    return self.last
            self._end("done")
        return None

    def enter(self, name: str) -> bool:
        """Execute until the text has a variable ``name``; return whether it has one.

        It is one turn of executing, unless it takes longer than a slice.
        """
        while name not in self._namespace and self.state == "paused":
            with self._executing():
                deadline = time.perf_counter() + SLICE
                for index in self._generator:
                    self._count(index)
                    if name in self._namespace or time.perf_counter() >= deadline:
                        break
                else:
                    self._end("done")
        return name in self._namespace

    def advance(
        self, seconds: float = SLICE, *, epochs: int | None = None, alone: bool = False
    ) -> bool:
        """Execute for about ``seconds``, or until ``epochs`` epochs are complete.

        Returns True while there is more to run. The time is looked at after each epoch and each
        64 statements; a single statement is never interrupted. With ``alone`` it goes on after
        ``seconds`` as long as nobody else waits for a turn: to end one and to begin the next costs
        about half a step of a race.
        """
        if self.state != "paused" or (epochs is not None and self.epochs >= epochs):
            return self.state == "paused"
        with self._executing():
            deadline, goal = time.perf_counter() + seconds, math.inf if epochs is None else epochs
            if self._goes_on(deadline, goal, alone):
                return self.state == "paused"
            self._end("done")
        return False

    def finish(self, *, epochs: int | None = None) -> Run:
        """Execute to the end (or until ``epochs`` are complete), letting others have their turns.

        Returns the run itself.
        """
        while self.advance(epochs=epochs) and (epochs is None or self.epochs < epochs):
            pass
        return self

    # How it is done

    def _goes_on(self, deadline: float, epochs: float, alone: bool) -> bool:
        """Execute until then, or until so many epochs are complete; return whether there is more.

        It does what :meth:`_count` does, without a call for each statement, which would be seen in
        what a run costs.
        """
        steps, last, at, most = self.steps, self.last, self._at, self.limits.steps
        try:
            for index in self._generator:
                self.steps = steps = steps + 1
                action, step, epoch_over = at[index]
                if action is not None:
                    action()
                if step is not None:
                    last = step
                if steps > most:
                    raise self._too_long()
                if epoch_over or not steps & 63:
                    self.last = last
                    if epoch_over and self.epochs >= epochs:
                        return True
                    if self._closing:
                        return True
                    if time.perf_counter() >= deadline and (not alone or EXECUTION_LOCK.wanted):
                        return True
        finally:
            self.last = last
        return False

    def _count(self, index: int) -> Step | None:
        """Note down that the text paused at ``index``; return the statement that it executed."""
        self.steps += 1
        action, step, _ = self._at[index]
        if action is not None:
            action()
        self.last = step or self.last
        if self.steps > self.limits.steps:
            raise self._too_long()
        return step

    def _too_long(self) -> LimitError:
        return LimitError(f"it had executed more than {self.limits.steps:,} statements")

    def _action(self, pause: Step | End) -> Callable[[], None] | None:
        match pause:
            case End.EPOCH:
                return self._end_of_epoch if self._watch else self._record.end_of_epoch
            case End.UPDATE:
                return self._record.end_of_update if self._record.track.columns else None
            case Step(number=number):
                return self._record.after(number)

    def _end_of_epoch(self) -> None:
        self._record.end_of_epoch()
        if self._watch:
            self._watch(self._namespace)


def run(text: str, *, limits: Limits | None = None) -> Run:
    """Run ``text`` to its end and return the finished :class:`Run`."""
    return Run(text, limits=limits).finish()
