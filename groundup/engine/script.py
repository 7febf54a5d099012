"""A text made ready to run: its compiled generator, its variables, and what it prints."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from groundup.engine.executed import ExecutedText
from groundup.engine.execution import EXECUTION_LOCK
from groundup.engine.instrument import compile_with_yields


class ScriptText(ExecutedText):
    """A text that goes on when it is told to; of itself it executes nothing.

    Its ``_generator`` executes a statement each time that it is asked, and yields a number;
    ``_pauses`` says what that number stands for.
    """

    def __init__(
        self,
        text: str,
        name: str,
        files: Mapping[str, str | bytes] | None,
        characters: int,
        *,
        by_epoch: bool = False,
    ) -> None:
        """Compile ``text``, which may print so many ``characters``.

        ``files`` are those that it finds beside itself; where they are given, its ``open`` knows
        no others.

        Raises:
            SyntaxError: if ``text`` is no Python.
        """
        super().__init__(name, files, characters)
        # Held by the one thread that has the generator in its hands, to run it or to close it.
        self._owned = threading.Lock()
        self._closing = False
        code, self._pauses = compile_with_yields(text, self._file, by_epoch=by_epoch)
        exec(code, self._namespace)
        self._generator: Generator[int, None, None] = self._namespace.pop("__lesson__")()

    def scalar(self, name: str) -> float | None:
        """The number that ``name`` (``w``, or ``w.grad``) holds now; None if it holds none."""
        value: Any = self._namespace.get(name)
        if value is None and "." in name:
            head, _, attribute = name.partition(".")
            value = getattr(self._namespace.get(head), attribute, None)
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

    def _close_if_free(self) -> None:
        if self._owned.acquire(blocking=False):
            try:
                self._generator.close()
            finally:
                self._owned.release()

    @contextmanager
    def _executing(self) -> Iterator[None]:
        """What is executed within it has its turn, and torch's switches as it left them."""
        try:
            with EXECUTION_LOCK, self._owned, self._in_its_state():
                yield
        finally:
            if self._closing:
                self._close_if_free()
