"""What workers are asked to do, what they say meanwhile, and how it goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

MAX_WORKERS = 4

Kind = Literal["begun", "step", "done"]
Reason = Literal["busy", "died", "failed", "hangs", "late", "loud", "gone", "not here"]


@dataclass(frozen=True)
class Job:
    """One text for ``world_size`` workers.

    Attributes:
        text: a lesson's, as it is shown.
        each_step: names whose values every worker tells at the end of each pass of the text's loop.
        at_end: names whose values it tells when the text is over.
        seconds: how long all of it may take, once the workers run.
        megabytes: memory that each may take beyond what Python and torch hold already (MiB).
        silence: seconds after which a worker that got no further counts as one that hangs.
        folder: where they read and write files; empty for one that is gone afterwards.
        kill: a worker and a step (from 0): right after that step it is killed, as the system would.
    """

    text: str
    world_size: int
    each_step: tuple[str, ...] = ()
    at_end: tuple[str, ...] = ()
    seconds: float = 30.0
    megabytes: int = 128
    silence: float = 8.0
    folder: str = ""
    kill: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.world_size <= MAX_WORKERS:
            raise ValueError(f"world_size must be from 1 to {MAX_WORKERS}.")


@dataclass(frozen=True)
class Event:
    """What one worker said: plain numbers, texts and lists of them, by name.

    ``kind`` is ``begun`` (its text starts), ``step`` (a pass of its loop is over; ``numbers`` has
    its number as ``step``) or ``done`` (its text is over; ``printed`` is what it printed).
    """

    rank: int
    kind: Kind
    numbers: Mapping[str, Any] = field(default_factory=dict)


class WorkersError(Exception):
    """Workers did not come to their end; its words are for the page, as they stand.

    Attributes:
        reason: what kind of end it was.
        rank: which worker it began with; None where it was none.
    """

    def __init__(self, words: str, reason: Reason, rank: int | None = None) -> None:
        super().__init__(words)
        self.reason, self.rank = reason, rank
