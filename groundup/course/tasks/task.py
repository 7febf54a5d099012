"""What a task is, and what a check says of an answer."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

State = Literal["missing", "not yet", "nearly", "right"]
Kind = Literal["write", "order", "goal"]

GAP = "____"


@dataclass(frozen=True)
class Foreseen:
    """A mistake that learners make, as they write it, and what to say to it.

    Of a goal, ``settings`` are those that make it, and ``text`` is empty.
    """

    text: str
    said: str
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """A way that the task's own words ask for, and what to say of a right result without it.

    A text goes it if it uses all names of ``needs`` and none of ``without``: names of attributes
    and calls, and ``for`` where it repeats anything. ``text``, a whole one, is right, and goes
    another way.
    """

    text: str
    said: str
    needs: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """Something to do in section ``section``.

    ``write``: ``given`` is what is there, and not to be changed; ``text`` is what the learner
    completes. ``order``: the blocks of ``text`` (see ``blocks``) have to be put in order. ``goal``:
    something to reach with the controls of the section's page.

    Attributes:
        solution: what belongs into the gap, or the whole text where there is none; of a goal, in
            words.
        foreseen: each as its ``text`` is written into the gap, or as a whole text.
        checked_with: in words, what the inputs of the check are like.
        gap: the passage of ``text`` that is to be replaced; empty where all of it is the learner's.
        others: more that is right, written as ``solution`` is.
        cheats: what fits the shown inputs alone.
        after: what uses the learner's lines: it follows them in every program of the check.
        inputs: the lines of ``given``, or of ``after``, that the check replaces.
        keep: names of ``given`` that the learner's lines must not bind anew.
        called: how names that ``after`` makes are called in a sentence; of one that must be True,
            the sentence for False.
        ways: how it has to be done, where the goal or the text says so.
        by_calls: mistakes with equal results are told apart by the order of their calls.
        settings: of a goal, what the page is set to when it begins.
        reached: of a goal, the settings that reach it.
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
    gap: str = ""
    others: tuple[str, ...] = ()
    cheats: tuple[str, ...] = ()
    after: str = ""
    inputs: str = ""
    keep: tuple[str, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()
    by_calls: bool = False
    settings: Mapping[str, object] = field(default_factory=dict)
    reached: Mapping[str, object] = field(default_factory=dict)

    @property
    def start(self) -> str:
        """What stands in the editor at first."""
        return self.text

    @property
    def whole_solution(self) -> str:
        """The whole text with the solution in it."""
        return self.filled(self.solution)

    @property
    def blocks(self) -> tuple[str, ...]:
        """What is moved in an ``order`` task: the blocks of ``text``, as they stand at first."""
        return tuple(self.text.split("\n\n"))

    def filled(self, written: str) -> str:
        """The whole text with ``written`` in the gap; where there is none, that is the text."""
        if not self.gap:
            return written
        line = next(line for line in self.text.split("\n") if self.gap.split("\n")[0] in line)
        indent = line[: len(line) - len(line.lstrip())]
        moved = textwrap.indent(written, indent).removeprefix(indent)
        return self.text.replace(self.gap, moved)


class Verdict(NamedTuple):
    """What the check says: a sentence, Python's own words where it raised, and its line.

    Attributes:
        line: counted from 1 in what the learner wrote; None where that is not the place.
        case: the inputs with which it is not right, as lines of a program.
        got: what the learner's lines make of them, in words.
        right: what is right.
        program: the whole program that ran with them, to be opened in the stepper.
        first_line: where in ``program`` the learner's text begins, counted from 1.
        name: the name that holds ``got``; empty where none does.
    """

    state: State
    sentence: str
    words: str = ""
    line: int | None = None
    case: str = ""
    got: str = ""
    right: str = ""
    program: str = ""
    first_line: int = 1
    name: str = ""
