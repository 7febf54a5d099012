"""What is remembered of a visitor's answers, whatever page they are on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class MistakesState:
    """One visitor's answers.

    Attributes:
        answers: what they first said that a mistake would do, by its name.
    """

    answers: dict[str, str] = field(default_factory=dict)
