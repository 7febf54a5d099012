"""What a learner guessed of runs before they ran: the first answer to each text counts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

MAX_TEXTS = 200
"""Of so many texts the guesses are kept, the latest ones."""

SKIPPED = ""
"""What stands in place of a guess where a text was run without one, which is not counted."""


@dataclass
class Guesses:
    """First answers, by the text that they are about.

    Attributes:
        first: the answer to each text, by a short name of it; :data:`SKIPPED` for none.
        right: by the name of a question, whether the first answer to it came true.
    """

    first: dict[str, str] = field(default_factory=dict)
    right: dict[str, bool] = field(default_factory=dict)

    def waits(self, text: str) -> bool:
        """Whether ``text`` was neither guessed nor skipped."""
        return _name(text) not in self.first

    def made(self, text: str) -> str | None:
        """The guess that counts for ``text``; None if there is none."""
        return self.first.get(_name(text)) or None

    def make(self, text: str, answer: str = SKIPPED) -> None:
        """Take ``answer`` for ``text``, unless there is one."""
        self.first.setdefault(_name(text), answer)
        while len(self.first) > MAX_TEXTS:
            del self.first[next(iter(self.first))]

    def count(self, question: str, text: str, seen: str) -> None:
        """``text`` turned out as ``seen``: the first guess at ``question`` was right, or not."""
        if guess := self.made(text):
            self.right.setdefault(question, guess == seen)

    @property
    def score(self) -> str:
        """How many first guesses came true; empty before the first."""
        count = len(self.right)
        many = "guess" if count == 1 else "guesses"
        return f"{sum(self.right.values())} of {count} first {many} right." if count else ""


def _name(text: str) -> str:
    """A short name, for the texts of many guesses are not kept."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
