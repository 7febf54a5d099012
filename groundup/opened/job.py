"""What the process that runs a script is told, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from groundup.engine.trace import Trace, TraceLimits
from groundup.engine.trace.recorder import Around

Within = Callable[[str, str], AbstractContextManager[Any]]
"""A class, or a function of a module: it is called in the process in which the script runs.

It is given the script's text, and its file as the script's frames call it.
"""


@dataclass(frozen=True)
class Job:
    """A script to run as ``python NAME ARGUMENTS`` would run it.

    ``path`` is absolute; ``answer`` is where the :class:`Answer` is written. ``within`` makes what
    is held while it runs, whose ``diagnosis()`` is a part of the answer.
    """

    text: str
    path: Path
    name: str
    arguments: tuple[str, ...]
    limits: TraceLimits
    around: Around
    within: Within | None
    answer: Path

    @property
    def begun(self) -> Path:
        """A file that is there as soon as the script runs."""
        return self.answer.with_suffix(".begun")


@dataclass(frozen=True)
class Answer:
    """What was recorded, the places of ``printed`` in bytes, and what ``within`` said of it."""

    trace: Trace
    diagnosis: Any = None
