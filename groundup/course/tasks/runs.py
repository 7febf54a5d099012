"""Programs of a check: the inputs, the learner's lines and what uses them, as one text; and runs.

Each is run as every text that a visitor types is: checked, and within bounds.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from groundup.course.tasks import drawn, results, unseen
from groundup.course.tasks.listed import known
from groundup.course.tasks.results import Result, alike
from groundup.course.tasks.task import Task
from groundup.engine.edits import replace_once
from groundup.engine.trace import End, TraceLimits
from groundup.language.asked import ask_own
from groundup.language.own_code import check

LIMITS = TraceLimits(statements=20_000, seconds=2.0, characters=5_000)
"""Of one run: the longest solution executes 2,000 statements."""
MAX_SECONDS = 5.0
"""Of computing, for all runs of one text."""


class Case(NamedTuple):
    """Inputs as lines of a program, the first ones those that the learner sees; ``names`` are the
    names whose values are compared."""

    inputs: str
    given: drawn.Given
    right: Mapping[str, Result] | None
    names: tuple[str, ...]


class Program(NamedTuple):
    """A text to be run; the learner's lines are those from ``first`` to ``last``, from 1."""

    text: str
    first: int
    last: int

    def own(self, line: int | None) -> int | None:
        """The line of the learner's own text that ``line`` is; None for one of the others."""
        inside = line is not None and self.first <= line <= self.last
        return line - self.first + 1 if inside and line is not None else None


class Ran(NamedTuple):
    """How a program ended, and what its names held then."""

    program: Program
    end: End
    found: Mapping[str, Result]


@cache
def cases(name: str) -> tuple[Case, ...]:
    """The cases of the task called ``name``: what is shown, then what is not."""
    task, how = known(name), unseen.UNSEEN[name]
    draw = random.Random(name)
    # The short ones first: what differs is told of the smallest inputs that show it.
    others = sorted([*how.forced, *(how.inputs(draw) for _ in range(how.draws))], key=len)
    return tuple(_case(lines, how) for lines in (task.inputs, *others))


def _case(lines: str, how: drawn.Unseen) -> Case:
    with drawn.apart():
        given = drawn.values(lines)
        if how.right is None:
            return Case(lines, given, None, how.names)
        right = {name: results.result(value) for name, value in how.right(given).items()}
    # Models among the inputs are not kept: nothing asks for them any more.
    return Case(lines, drawn.Given(), right, tuple(right))


def program(task: Task, text: str, inputs: str, *, used: bool = True) -> Program:
    """The program with ``inputs``; without what uses the lines, where they are not to be
    ``used``."""
    given, after = task.given, task.after if used else ""
    if task.inputs and task.inputs in given:
        given = replace_once(given, task.inputs, inputs)
    elif task.inputs and after:
        after = replace_once(after, task.inputs, inputs)
    between = "\n" if text[:1] == " " else "\n\n"
    before = f"{given}{between}" if given else ""
    first = before.count("\n") + 1
    own = text.rstrip("\n")
    whole = f"{before}{own}\n\n{after}\n" if after else f"{before}{own}\n"
    return Program(whole, first, first + own.count("\n"))


def run(task: Task, text: str, case: Case) -> Ran:
    """Run ``text`` with the inputs of ``case``.

    Raises:
        RefusedCodeError: if it is not in the language.
    """
    made = program(task, text, case.inputs)

    def read(names: Mapping[str, Any]) -> dict[str, Result]:
        return results.results(names, case.names)

    asked = ask_own(check(made.text), read, limits=LIMITS)
    return Ran(made, asked.end, asked.found)


@lru_cache(maxsize=2_000)
def mistaken(name: str, number: int, place: int) -> Ran:
    """The run of the foreseen mistake ``number`` with the case at ``place``."""
    task = known(name)
    return run(task, task.filled(task.foreseen[number].text), cases(name)[place])


def agree(a: Ran, b: Ran) -> bool:
    """Whether two programs did the same: the same results, or the same error.

    One that was stopped at a bound is like no other.
    """
    if a.end.state != b.end.state or a.end.state == "stopped":
        return False
    if a.end.failure and b.end.failure:
        return (a.end.failure.kind, a.end.failure.message) == (
            b.end.failure.kind,
            b.end.failure.message,
        )
    return a.found.keys() == b.found.keys() and all(
        alike(one, b.found[name]) for name, one in a.found.items()
    )
