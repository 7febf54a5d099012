"""What a visitor wrote for each task, and what the last check said of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from groundup.course.tasks import Task, Verdict
from groundup.ui.once import said_once
from groundup.ui.state import page_state


@dataclass
class Draft:
    """One task's answer.

    Attributes:
        text: the learner's own text, as far as the browser has told.
        order: goes up whenever the page itself writes a text.
        hints: how many were asked for.
        saw: whether the solution was put in the place of what stood here.
        wanted: whether a check was asked for and is not done yet.
        steps: whether the steps of the checked program are open.
        attempt: how often a goal was begun.
        moved: whether the page's controls were set for it, and are not drawn so yet.
        verdict: what the last check said.
        checked: of what it said that: a text, or the settings of a page.
    """

    text: str = ""
    order: int = 0
    hints: int = 0
    saw: bool = False
    wanted: bool = False
    steps: bool = False
    attempt: int = 0
    moved: bool = False
    verdict: Verdict | None = None
    checked: str | Mapping[str, object] = ""

    @property
    def stale(self) -> bool:
        """Whether what was said is of another text than the one that stands here."""
        return self.verdict is not None and self.text != self.checked

    @property
    def is_right(self) -> bool:
        """Whether what stands here was found right."""
        return self.verdict is not None and self.verdict.state == "right" and not self.stale

    def write(self, text: str) -> None:
        """Put ``text`` in the place of what stands there."""
        self.text, self.order, self.steps = text, self.order + 1, False

    def done(self, verdict: Verdict, of: str | Mapping[str, object]) -> None:
        """Take up what a check said ``of`` a text, or of settings."""
        self.verdict, self.checked, self.wanted, self.steps = verdict, of, False, False


@dataclass
class TaskState:
    """All of one visitor's drafts, by the tasks' ids; ``name`` tells this session from others."""

    name: str = field(default_factory=lambda: secrets.token_hex(4))
    drafts: dict[str, Draft] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


def draft_of(task: Task) -> Draft:
    """This visitor's draft of ``task``."""
    return page_state(TaskState).drafts.setdefault(task.id, Draft(task.text))


def session() -> str:
    """The name of this visitor's session."""
    return page_state(TaskState).name


def say(sentence: str) -> None:
    """Say this the next time that a task is drawn."""
    page_state(TaskState).said.append(sentence)


def said() -> list[str]:
    """What is to be said now, once."""
    return said_once(page_state(TaskState).said)
