"""What the requires_grad page remembers of a visitor, beside its controls."""

from __future__ import annotations

from dataclasses import dataclass

from groundup.engine.lesson import Lesson


@dataclass
class AutogradState:
    """One visitor's requires_grad page.

    Attributes:
        clicked: the statement whose line was just clicked, counted from 1; 0 for none.
        curve: the last curve that could be used; None before the first.
    """

    clicked: int = 0
    curve: Lesson | None = None
