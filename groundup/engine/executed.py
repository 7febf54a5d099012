"""What any text that is executed has: its globals, its prints, its warnings, torch's state."""

from __future__ import annotations

import builtins
import io
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any, NamedTuple

from groundup.engine.execution import EXECUTION_LOCK, TorchState
from groundup.engine.failures import Failure, Notice, catching_warnings, failure
from groundup.engine.limits import LimitError


class ExecutedText:
    """The globals a text runs in, and what became of it.

    Attributes:
        state: ``"paused"``, ``"done"`` (it ran to its end), ``"failed"`` (see ``failure``) or
            ``"ended"`` (the caller stopped it, or a limit did: see ``ended``).
        notices: the warnings so far.
        seconds: how long it has executed, waiting for its turns left out.
        ended: why it ended early, in words.
    """

    def __init__(
        self,
        name: str,
        files: Mapping[str, str | bytes] | None,
        characters: int,
        main: Main | None = None,
    ) -> None:
        """Make its globals; it may print so many ``characters``.

        ``files`` are those that it finds beside itself; where they are given, its ``open`` knows
        no others. With ``main`` the text is executed as the program of its process instead.
        """
        self.state = "paused"
        self.seconds = 0.0
        self.notices: list[Notice] = []
        self.failure: Failure | None = None
        self.ended = ""
        self._torch = TorchState.now() if main else TorchState()
        self._outside = self._torch
        self._file = main.file if main else f"<{name}>"
        self._printed = main.printed if main else Printed(characters)
        self._namespace = main.namespace if main else _namespace(self._printed)
        if files:
            self._namespace["__builtins__"]["open"] = _opening(files)
        self._rests_since = time.monotonic()

    @property
    def output(self) -> str:
        """What it has printed."""
        return self._printed.getvalue()

    @property
    def variables(self) -> dict[str, Any]:
        """Its own variables as they are now: the live objects, not copies."""
        return {
            name: value
            for name, value in self._namespace.items()
            if not name.startswith("__") and not isinstance(value, ModuleType)
        }

    def _end(self, state: str, reason: str = "") -> None:
        """Leave ``"paused"`` for good; whoever ends a run first says how it ended."""
        if self.state == "paused":
            self.state, self.ended = state, reason

    @contextmanager
    def _in_its_state(self) -> Iterator[None]:
        self._outside, began = TorchState.now(), time.perf_counter()
        outside = self._outside
        try:
            self._torch.put()
            with catching_warnings(self._notice, self._file):
                yield
        except LimitError as reached:
            self._end("ended", str(reached))
        except (Exception, SystemExit) as error:
            self._end("failed")
            self.failure = self._failure(error)
        finally:
            self.seconds += time.perf_counter() - began
            self._torch = TorchState.now()
            outside.put()
            self._rests_since = time.monotonic()

    def _failure(self, error: BaseException) -> Failure:
        return failure(error, self._file)

    def _pass_turn_on(self) -> float:
        """Let others have their turns, and return the seconds that they took.

        What belongs to the process is theirs meanwhile; a thread's own modes stay with this one.
        """
        inside, began = TorchState.now(), time.perf_counter()
        self._outside.put()
        with EXECUTION_LOCK.passed_on():
            self._wait_in_line()
        inside.put()
        return time.perf_counter() - began

    def _wait_in_line(self) -> None:
        """Wait for whatever else it must wait for, before it goes on."""

    def _notice(self, notice: Notice) -> None:
        if len(self.notices) < 100:
            self.notices.append(notice)


class Main(NamedTuple):
    """What a text has that is the program of its process: its file, its globals, what it printed.

    Torch's state is as the process has it, so the random numbers of a text that seeds none differ
    from run to run.
    """

    file: str
    namespace: dict[str, Any]
    printed: Printed


class Printed(io.StringIO):
    """What the text prints; raises :class:`LimitError` past ``limit`` characters."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._left = limit

    @property
    def full(self) -> bool:
        """Whether more was printed than may be: a text may have caught the error that says so."""
        return self._left < 0

    def write(self, text: str) -> int:
        """Keep ``text``, or as much of it as there is room for."""
        super().write(text[: self._left])
        self._left -= len(text)
        if self._left < 0:
            raise LimitError("it had printed all the characters that a run may print")
        return len(text)


def _namespace(printed: Printed) -> dict[str, Any]:
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
