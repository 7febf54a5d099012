"""What the controls remember of a visitor, beside their values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Refused:
    """A value in the link that could not be used, and whether its widget must be put right."""

    sentence: str
    undo: bool = False


@dataclass
class ControlsState:
    """One visitor's controls.

    Attributes:
        refused: what their links held that could not be used, by the control's key.
        left_stops: where sliders stood before this run moved them, by the slider's key.
    """

    refused: dict[str, Refused] = field(default_factory=dict)
    left_stops: dict[str, float] = field(default_factory=dict)
