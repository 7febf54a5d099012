"""What the controls remember of a visitor, beside their values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Refused:
    """What stood in a link, fit to be shown, and why it could not be used."""

    shown: str
    reason: str


@dataclass
class ControlsState:
    """One visitor's controls.

    Attributes:
        refused: what their links held that could not be used, by the control's key.
        folded: while a popover is being filled, what was said in it: closed, it would hide that.
        popover: the key of the popover that is being filled with controls.
        left_stops: where sliders stood before this run moved them, by the slider's key.
    """

    refused: dict[str, Refused] = field(default_factory=dict)
    folded: list[str] | None = None
    popover: str = ""
    left_stops: dict[str, float] = field(default_factory=dict)
