"""Tasks: something to write or to reach, checked by running it on inputs that were not shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

State = Literal["missing", "not yet", "nearly", "right"]
Kind = Literal["write", "order", "goal"]

GAP = "____"


@dataclass(frozen=True)
class Foreseen:
    """A mistake that learners make, as they write it, and what to say to it."""

    text: str
    said: str


@dataclass(frozen=True)
class Task:
    """Something to do in section ``section``.

    ``write``: ``given`` is what is there, and not to be changed; ``text`` is what the learner
    completes: a :data:`GAP` stands where something is missing. ``order``: the lines of ``text``
    have to be put in order. ``goal``: something to reach with the controls of the section's page.
    """

    id: str
    section: str
    kind: Kind
    goal: str
    given: str
    text: str
    hints: tuple[str, ...]
    solution: str
    foreseen: tuple[Foreseen, ...]
    checked_with: str
    """In words: what the inputs of the check are like."""


class Verdict(NamedTuple):
    """What the check says: a sentence, Python's own words where it raised, and its line."""

    state: State
    sentence: str
    words: str = ""
    line: int | None = None


def tasks() -> tuple[Task, ...]:
    """All tasks, in the order of the path."""
    return ()


def tasks_of(section: str) -> tuple[Task, ...]:
    """The tasks of ``section``, by its id: the first belongs to the path, the others are more."""
    return tuple(one for one in tasks() if one.section == section)


def task(name: str) -> Task | None:
    """The task called ``name``."""
    return next((one for one in tasks() if one.id == name), None)


def check_text(task: Task, text: str) -> Verdict:
    """Run ``text``, all that the learner wrote (``write``, and ``order`` with its lines joined)."""
    raise NotImplementedError


def check_goal(task: Task, settings: Mapping[str, object]) -> Verdict:
    """Run the page's lesson with ``settings``, the values of its controls by their public key."""
    raise NotImplementedError
