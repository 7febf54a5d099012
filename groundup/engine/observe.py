"""Run a lesson's text one statement at a time, and record what it computes.

The text is compiled into a generator that pauses after every statement
(:mod:`groundup.engine.instrument`).
Whoever holds a :class:`Run` decides when it goes on, so stepping, live training, Stop and Resume
are one thing: advance, or do not.
"""

from __future__ import annotations

import builtins
import io
import sys
import threading
import time
import warnings
from array import array
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from types import FrameType, ModuleType
from typing import Any

from groundup.engine.execution import TURN, TorchState
from groundup.engine.instrument import End, Step, compile_with_pauses
from groundup.engine.run_log import Record, Track, Wanted, wanted


@dataclass(frozen=True)
class Limits:
    """What a run may use; a run that reaches one ends there, with :attr:`Run.ended` saying so."""

    steps: int = 2_000_000
    epochs: int = 100_000
    recorded_bytes: int = 8_000_000
    characters: int = 100_000


@dataclass(frozen=True)
class Notice:
    """A warning that the text caused, in torch's own words."""

    line: int | None
    kind: str
    message: str


@dataclass(frozen=True)
class Failure:
    """An exception that the text raised: where, its real type and its real message."""

    line: int | None
    kind: str
    message: str


SLICE = 0.01
"""Seconds for which a run keeps its turn before the next one in line gets it.

In a class of thirty that all train, whoever waits for a turn waits for thirty slices.
"""


class _Printed(io.StringIO):
    """What the text prints; raises :class:`_LimitError` past ``limit`` characters."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._left = limit

    def write(self, text: str) -> int:
        super().write(text[: self._left])
        self._left -= len(text)
        if self._left < 0:
            raise _LimitError("it had printed all the characters that a run may print")
        return len(text)


class _LimitError(Exception):
    """A limit was reached; never leaves this module."""


class Run:
    """A text being run.

    Attributes:
        state: ``"paused"``, ``"done"`` (it ran to its end), ``"failed"`` (see ``failure``) or
            ``"ended"`` (the caller stopped it, or a limit did: see ``ended``).
        last: the latest :class:`Step`, or None before the first.
        notices: the warnings so far.
        seconds: how long it has executed, waiting for its turns left out.
        ended: why the run ended early, in words.
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
    ) -> None:
        """Compile ``text``; nothing of it is executed yet.

        ``record`` names what is recorded each epoch, instead of what the docstring names.
        ``files`` are those that the text finds beside itself; where they are given, its ``open``
        knows no others. ``watch`` is handed the text's variables at the end of each epoch, to read.

        Raises:
            SyntaxError: if ``text`` is no Python.
        """
        self.text = text
        self._watch = watch
        self.limits = limits or Limits()
        self.state = "paused"
        self.last: Step | None = None
        self.steps = 0
        self.seconds = 0.0
        self.notices: list[Notice] = []
        self.failure: Failure | None = None
        self.ended = ""
        self._file = f"<{name}>"
        code, self._pauses = compile_with_pauses(text, self._file)
        self._printed = _Printed(self.limits.characters)
        self._namespace = _namespace(self._printed)
        if files:
            self._namespace["__builtins__"]["open"] = _opening(files)
        exec(code, self._namespace)
        self._generator: Generator[int, None, None] = self._namespace.pop("__lesson__")()
        self._record = Record(Wanted(record) if record is not None else wanted(text), self.scalar)
        self._actions = [self._action(pause) for pause in self._pauses]
        self._seen = [pause if isinstance(pause, Step) else None for pause in self._pauses]
        self._torch = TorchState()
        # Held by the one thread that has the generator in its hands, to run it or to close it.
        self._owned = threading.Lock()
        self._closing = False

    # What the holder reads

    @property
    def output(self) -> str:
        """What the text has printed."""
        return self._printed.getvalue()

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
        """The recorded numbers of each epoch, by name: :class:`groundup.engine.run_log.Record`."""
        return self._record.columns

    @property
    def track(self) -> Track:
        """The recorded numbers of each update within the epochs; empty if the text names none."""
        return self._record.track

    @property
    def variables(self) -> dict[str, Any]:
        """The text's own variables as they are now: the live objects, not copies."""
        return {
            name: value
            for name, value in self._namespace.items()
            if not name.startswith("__") and not isinstance(value, ModuleType)
        }

    def scalar(self, name: str) -> float | None:
        """The number that ``name`` (``w``, or ``w.grad``) holds now; None if it holds none."""
        head, _, attribute = name.partition(".")
        value: Any = self._namespace.get(head)
        if attribute:
            value = getattr(value, attribute, None)
        try:
            return float(value.item())
        except (AttributeError, TypeError, RuntimeError, ValueError):
            return float(value) if isinstance(value, int | float) else None

    # How the holder makes it go on

    def step(self) -> Step | None:
        """Execute one statement; return where it paused, or None if the text is at its end."""
        if self.state != "paused":
            return None
        with self._executing():
            for index in self._generator:
                self._count(index)
                if self._seen[index]:
                    return self.last
            self._end("done")
        return None

    def enter(self, name: str) -> bool:
        """Execute until the text has a variable ``name``; return whether it has one.

        It is one turn, and comes first, unless it takes longer than a slice: somebody moved a
        control and waits for the picture.
        """
        while name not in self._namespace and self.state == "paused":
            with self._executing(TURN.first()):
                deadline = time.perf_counter() + SLICE
                for index in self._generator:
                    self._count(index)
                    if name in self._namespace or time.perf_counter() >= deadline:
                        break
                else:
                    self._end("done")
        return name in self._namespace

    def advance(self, seconds: float = SLICE, *, epochs: int | None = None) -> bool:
        """Execute for about ``seconds``, or until ``epochs`` epochs are complete.

        Returns True while there is more to run. The time is looked at after each epoch and each
        64 statements; a single statement is never interrupted.
        """
        if self.state != "paused" or (epochs is not None and self.epochs >= epochs):
            return self.state == "paused"
        with self._executing():
            deadline = time.perf_counter() + seconds
            for index in self._generator:
                self._count(index)
                epoch_over = self._pauses[index] is End.EPOCH
                if epochs is not None and epoch_over and self.epochs >= epochs:
                    return True
                if (epoch_over or not self.steps & 63) and (
                    self._closing or time.perf_counter() >= deadline
                ):
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

    def close(self) -> None:
        """Stop for good. What was recorded stays.

        While another thread executes the run, that thread closes it, at the end of its turn.
        """
        self._end("ended", "it was stopped")
        self._closing = True
        self._close_if_free()

    # How it is done

    def _end(self, state: str, reason: str = "") -> None:
        """Leave ``"paused"`` for good; whoever ends a run first says how it ended."""
        if self.state == "paused":
            self.state, self.ended = state, reason

    def _close_if_free(self) -> None:
        if self._owned.acquire(blocking=False):
            try:
                self._generator.close()
            finally:
                self._owned.release()

    @contextmanager
    def _executing(self, turn: AbstractContextManager[None] = TURN) -> Iterator[None]:
        try:
            with turn, self._owned, self._in_its_state():
                yield
        finally:
            if self._closing:
                self._close_if_free()

    @contextmanager
    def _in_its_state(self) -> Iterator[None]:
        outside, began = TorchState.now(), time.perf_counter()
        try:
            self._torch.put()
            with _catching_warnings(self._notice):
                yield
        except _LimitError as reached:
            self._end("ended", str(reached))
        except (Exception, SystemExit) as error:
            self._end("failed")
            self.failure = Failure(_line_of(error, self._file), type(error).__name__, str(error))
        finally:
            self.seconds += time.perf_counter() - began
            self._torch = TorchState.now()
            outside.put()

    def _count(self, index: int) -> None:
        self.steps += 1
        action = self._actions[index]
        if action is not None:
            action()
        self.last = self._seen[index] or self.last
        if self.steps > self.limits.steps:
            raise _LimitError(f"it had executed {self.limits.steps:,} statements")

    def _action(self, pause: Step | End) -> Callable[[], None] | None:
        match pause:
            case End.EPOCH:
                return self._end_of_epoch
            case End.UPDATE:
                return self._record.end_of_update if self._record.track.columns else None
            case Step(number=number):
                return self._record.after(number)

    def _end_of_epoch(self) -> None:
        if self.epochs >= self.limits.epochs:
            raise _LimitError(f"it had run {self.limits.epochs:,} epochs")
        if self._record.next_bytes > self.limits.recorded_bytes:
            raise _LimitError(f"it had recorded {self.limits.recorded_bytes:,} bytes")
        self._record.end_of_epoch()
        if self._watch:
            self._watch(self._namespace)

    def _notice(self, kind: str, message: str) -> None:
        if len(self.notices) < 100:
            self.notices.append(Notice(_line_now(self._file), kind, message))


def run(text: str, *, limits: Limits | None = None) -> Run:
    """Run ``text`` to its end and return the finished :class:`Run`."""
    return Run(text, limits=limits).finish()


def _namespace(printed: _Printed) -> dict[str, Any]:
    """A script's globals, whose ``print`` goes to ``printed``.

    ``contextlib.redirect_stdout`` would redirect every thread's output.
    """

    def captured(*values: object, sep: str = " ", end: str = "\n", **_: object) -> None:
        print(*values, sep=sep, end=end, file=printed)

    return {
        "__name__": "__main__",
        "__builtins__": {**vars(builtins), "print": captured},
    }


def _opening(files: Mapping[str, str | bytes]) -> Callable[..., io.StringIO | io.BytesIO]:
    """An ``open`` that reads ``files`` and knows nothing else; bytes are read as bytes."""

    def read(name: str, *_: object, **__: object) -> io.StringIO | io.BytesIO:
        if name not in files:
            raise FileNotFoundError(f"there is no file {name!r} beside this script")
        content = files[name]
        return io.BytesIO(content) if isinstance(content, bytes) else io.StringIO(content)

    return read


@contextmanager
def _catching_warnings(notice: Callable[[str, str], None]) -> Iterator[None]:
    """Give this thread's warnings to ``notice``; those of other threads go where they went."""
    thread, before = threading.get_ident(), warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *rest: Any, **named: Any) -> None:
        if threading.get_ident() == thread:
            notice(category.__name__, str(message))
        else:
            before(message, category, *rest, **named)

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        # Python keeps these from a script's user, unless they are about the script itself.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        warnings.showwarning = show
        yield


def _line_now(file: str) -> int | None:
    """The line of ``file`` that is being executed, as seen from a function that it called."""
    frame: FrameType | None = sys._getframe()
    while frame is not None and frame.f_code.co_filename != file:
        frame = frame.f_back
    return frame.f_lineno if frame else None


def _line_of(error: BaseException, file: str) -> int | None:
    """The innermost line of ``file`` in the traceback of ``error``."""
    found, trace = None, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == file:
            found = trace.tb_lineno
        trace = trace.tb_next
    return found
