"""A run on workers, as plain data: what each said, and, for a recorded one, where and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from groundup.workers import Event


@dataclass(frozen=True)
class Seen:
    """All that the workers of one run said.

    Attributes:
        text: what every worker ran.
        world_size: how many they were.
        events: in the order in which they came.
        recorded: of a recorded run, the date, versions and machine; empty for one made just now.
    """

    text: str
    world_size: int
    events: Sequence[Event]
    recorded: Mapping[str, str] = field(default_factory=dict)

    def steps(self, rank: int) -> list[Mapping[str, Any]]:
        """What worker ``rank`` held after each step."""
        return [e.numbers for e in self.events if e.rank == rank and e.kind == "step"]

    def end(self, rank: int) -> Mapping[str, Any]:
        """What worker ``rank`` held when its text was over; empty if it never was."""
        found = (e.numbers for e in self.events if e.rank == rank and e.kind == "done")
        return next(found, {})

    @property
    def cores(self) -> int:
        """The cores of the machine that a recorded run was made on; 0 for one made just now."""
        return int(self.recorded.get("cores", "0"))

    def whence(self) -> str:
        """Of a recorded run, the sentence that says so."""
        return whence(self.recorded) if self.recorded else ""


def whence(recorded: Mapping[str, str]) -> str:
    """Where and when a run was recorded."""
    return "Recorded on {date} with Python {python} and torch {torch}, on {machine}.".format(
        **recorded
    )
