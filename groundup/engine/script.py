"""A text made ready to run: its compiled generator, its variables, and what it prints."""

from __future__ import annotations

import builtins
import io
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from types import ModuleType
from typing import Any

from groundup.engine.execution import EXECUTION_LOCK, TorchState
from groundup.engine.failures import Failure, Notice, catching_warnings, failure
from groundup.engine.instrument import compile_with_yields
from groundup.engine.limits import LimitError


class ScriptText:
    """A text with the globals it runs in, and what became of it; of itself it executes nothing.

    Attributes:
        state: ``"paused"``, ``"done"`` (it ran to its end), ``"failed"`` (see ``failure``) or
            ``"ended"`` (the caller stopped it, or a limit did: see ``ended``).
        notices: the warnings so far.
        seconds: how long it has executed, waiting for its turns left out.
        ended: why it ended early, in words.

    Its ``_generator`` executes a statement each time that it is asked, and yields a number;
    ``_pauses`` says what that number stands for.
    """

    def __init__(
        self, text: str, name: str, files: Mapping[str, str | bytes] | None, characters: int
    ) -> None:
        """Compile ``text``, which may print so many ``characters``.

        ``files`` are those that it finds beside itself; where they are given, its ``open`` knows
        no others.

        Raises:
            SyntaxError: if ``text`` is no Python.
        """
        self.state = "paused"
        self.seconds = 0.0
        self.notices: list[Notice] = []
        self.failure: Failure | None = None
        self.ended = ""
        self._torch = TorchState()
        # Held by the one thread that has the generator in its hands, to run it or to close it.
        self._owned = threading.Lock()
        self._closing = False
        self._file = f"<{name}>"
        code, self._pauses = compile_with_yields(text, self._file)
        self._printed = _Printed(characters)
        self._namespace = _namespace(self._printed)
        if files:
            self._namespace["__builtins__"]["open"] = _opening(files)
        exec(code, self._namespace)
        self._generator: Generator[int, None, None] = self._namespace.pop("__lesson__")()
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

    @property
    def idle_seconds(self) -> float:
        """How long ago it last executed something, or was made."""
        return time.monotonic() - self._rests_since

    def close(self) -> None:
        """Stop for good. What was recorded stays.

        While another thread executes the run, that thread closes it, at the end of its turn.
        """
        self._end("ended", "it was stopped")
        self._closing = True
        self._close_if_free()

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
    def _executing(self, turn: AbstractContextManager[None] = EXECUTION_LOCK) -> Iterator[None]:
        """What is executed within it has its turn, and torch's switches as it left them."""
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
            with catching_warnings(self._notice, self._file):
                yield
        except LimitError as reached:
            self._end("ended", str(reached))
        except (Exception, SystemExit) as error:
            self._end("failed")
            self.failure = failure(error, self._file)
        finally:
            self.seconds += time.perf_counter() - began
            self._torch = TorchState.now()
            outside.put()
            self._rests_since = time.monotonic()

    def _notice(self, notice: Notice) -> None:
        if len(self.notices) < 100:
            self.notices.append(notice)


class _Printed(io.StringIO):
    """What the text prints; raises :class:`LimitError` past ``limit`` characters."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._left = limit

    def write(self, text: str) -> int:
        super().write(text[: self._left])
        self._left -= len(text)
        if self._left < 0:
            raise LimitError("it had printed all the characters that a run may print")
        return len(text)


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
