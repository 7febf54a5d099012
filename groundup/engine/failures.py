"""What a text raised or warned of, and on which of its lines."""

from __future__ import annotations

import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

_HIDDEN = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)


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


def failure(error: BaseException, file: str, words: str | None = None) -> Failure:
    """The :class:`Failure` that ``error`` is, to a text that was compiled as ``file``.

    ``words`` are what it says, where they are known: to ask it may run the text's own code.
    """
    words = str(error) if words is None else words
    return Failure(_line_of(error, file), type(error).__name__, words)


@contextmanager
def catching_warnings(keep: Callable[[Notice], None], file: str) -> Iterator[None]:
    """Hand this thread's warnings to ``keep``, each with the line of ``file`` that caused it.

    Those of other threads go where they went.
    """
    thread, before = threading.get_ident(), warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *rest: Any, **named: Any) -> None:
        if threading.get_ident() == thread:
            keep(Notice(_line_now(file), category.__name__, str(message)))
        else:
            before(message, category, *rest, **named)

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        # Python keeps these from a script's user, unless they are about the script itself.
        for hidden in _HIDDEN:
            warnings.simplefilter("ignore", hidden)
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
    line, trace = None, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
