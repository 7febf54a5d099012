"""What a run may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a run may use; a run that reaches one ends there, with its ``ended`` saying so."""

    steps: int = 2_000_000
    epochs: int = 100_000
    recorded_bytes: int = 8_000_000
    characters: int = 100_000


class LimitError(Exception):
    """A run reached a limit; its words go on after "the run was ended: "."""
