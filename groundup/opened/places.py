"""In which of the user's own files something was raised."""

from __future__ import annotations

import sysconfig
import traceback
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parents[1]
PYTHON = Path(sysconfig.get_path("stdlib"))
INSTALLED = {"site-packages", "dist-packages"}


class Place(NamedTuple):
    """A line of a file; ``file`` as it is seen from the script's folder."""

    file: str
    line: int


def innermost_place(error: BaseException, script: Path) -> Place | None:
    """Where in the user's other files ``error`` was raised; None if in ``script`` itself.

    A library's file is none of theirs: then it is the line that called the library.
    """
    frames = traceback.walk_tb(error.__traceback__)
    own = [(Path(frame.f_code.co_filename), line) for frame, line in frames]
    own = [(file, line) for file, line in own if _is_the_users(file)]
    if not own or own[-1][0] == script:
        return None
    file, line = own[-1]
    folder = script.parent
    shown = file.relative_to(folder) if file.is_relative_to(folder) else file
    return Place(shown.as_posix(), line)


def _is_the_users(file: Path) -> bool:
    if INSTALLED.intersection(file.parts) or not file.is_absolute():
        return False
    return not file.is_relative_to(PACKAGE) and not file.is_relative_to(PYTHON)
