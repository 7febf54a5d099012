"""Where in the text something happens: the line of its frame that is being executed."""

from __future__ import annotations

import sys
from types import FrameType
from typing import NamedTuple


class Place(NamedTuple):
    """A place in the text: the innermost line, and the line that called into ``forward``.

    The two are one where no ``forward`` of the text's own is being executed. ``direct`` says that
    the line itself does it, and no function of a library that it called.
    """

    line: int
    outer: int
    direct: bool = False


NOWHERE = Place(0, 0)


def place(file: str, depth: int = 1) -> Place:
    """Where ``file`` is, seen from ``depth`` calls above; :data:`NOWHERE` if it is not there."""
    here = sys._getframe(depth)
    inner = text_frame(file, here)
    if inner is None:
        return NOWHERE
    line = inner.f_lineno
    if inner.f_code.co_name != "forward":
        return Place(line, line, inner is here)
    return Place(line, _outside_forward(file, inner), inner is here)


def text_frame(file: str, frame: FrameType | None) -> FrameType | None:
    """The innermost frame of ``file`` from ``frame`` outwards."""
    while frame is not None and frame.f_code.co_filename != file:
        frame = frame.f_back
    return frame


def _outside_forward(file: str, inner: FrameType) -> int:
    frame: FrameType | None = inner
    line = inner.f_lineno
    while frame is not None:
        line = frame.f_lineno
        if frame.f_code.co_name != "forward":
            break
        frame = text_frame(file, frame.f_back)
    return line
