"""What the page *Your code* remembers of a visitor."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import ClassVar

from groundup.your_code.examples import EXAMPLES, FIRST
from groundup.your_code.running import Ran


@dataclass
class YourCodeState:
    """One visitor's text.

    Attributes:
        name: tells this state from that of another session in the same tab.
        text: what stands in the editor, as far as the browser has told.
        order: goes up whenever the page itself writes a text into the editor.
        ran: what the last run led to.
        ran_text: the text that was asked to run, as it was typed.
        editing: whether the editor is open, and not the steps.
        wanted: whether a run was asked for and is not done yet.
        link: what stands for the text in the link; empty for none.
        written: what stood there before.
        stranger: whether the text came with a link and was not run yet.
        said: sentences for the next time that the page is drawn.
        meant: the findings that the learner said were meant so, by their keys and lines.
        held: the number of the statement whose moment the graph is of; None for the run's end.
    """

    heavy: ClassVar[tuple[str, ...]] = ("ran",)

    name: str = field(default_factory=lambda: secrets.token_hex(4))
    text: str = EXAMPLES[FIRST].text
    order: int = 0
    ran: Ran | None = None
    ran_text: str = ""
    editing: bool = True
    wanted: bool = False
    link: str = ""
    written: set[str] = field(default_factory=set)
    stranger: bool = False
    said: list[str] = field(default_factory=list)
    meant: set[tuple[str, int]] = field(default_factory=set)
    held: int | None = None

    @property
    def types(self) -> bool:
        """Whether the editor stands on the page, and not the steps of a run."""
        return self.editing or self.ran is None

    @property
    def stale(self) -> bool:
        """Whether what is shown of a run is of another text than the one in the editor."""
        return self.ran is not None and self.text != self.ran_text

    def write(self, text: str, *, run: bool = False) -> None:
        """Put ``text`` into the editor, in place of what stands there."""
        self.text, self.order, self.editing = text, self.order + 1, True
        if run:
            self.ask()

    def ask(self) -> None:
        """A run of the text is wanted."""
        self.wanted, self.stranger = True, False

    def done(self, ran: Ran) -> None:
        """Take up what the run led to, and the text as it ran."""
        if ran.text != self.text:
            self.write(ran.text)
        if ran.text != self.ran_text:
            self.meant = set()
        self.ran, self.ran_text, self.wanted, self.held = ran, ran.text, False, None
        self.editing = bool(ran.refusals)
