"""What the requires_grad page remembers of a visitor, beside its controls."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Presses:
    """Presses of a button that adds one to a control, which the browser may not know of yet.

    Attributes:
        before: what the control held before them.
        after: what it holds since.
        new: whether one came with this very run.
    """

    before: int
    after: int
    new: bool = True


@dataclass
class AutogradState:
    """One visitor's requires_grad page.

    Attributes:
        clicked: the statement whose line was just clicked, counted from 1; 0 for none.
        curve: the last curve that could be used, and its formula if it was typed.
        presses: by the control's key, the last presses of the button that adds one to it.
    """

    clicked: int = 0
    curve: tuple[str, str] = ("w²", "")
    presses: dict[str, Presses] = field(default_factory=dict)
