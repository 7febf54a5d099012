"""What a task asks for and a verdict tells, beyond what every task and verdict has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from groundup.course import tasks
from groundup.course.tasks import GAP, Task, Verdict


class Evidence(NamedTuple):
    """The inputs with which an answer is not right, what it makes of them, and what is right.

    ``program`` is the whole text that ran with them, the learner's lines from ``first_line`` on.
    """

    case: str
    got: str
    right: str
    program: str
    first_line: int


def evidence(verdict: Verdict) -> Evidence:
    """What ``verdict`` tells of the inputs that it speaks of; empty where it tells nothing."""
    case, got, right, program = (
        str(getattr(verdict, name, "")) for name in ("case", "got", "right", "program")
    )
    return Evidence(case, got, right, program, int(getattr(verdict, "first_line", 1)))


def gap(task: Task) -> str:
    """The passage of the task's text that is the learner's; empty where all of it is."""
    return str(getattr(task, "gap", GAP if GAP in task.text else ""))


def after(task: Task) -> str:
    """What uses the learner's lines, and follows them."""
    return str(getattr(task, "after", ""))


def blocks(task: Task) -> tuple[str, ...]:
    """What is put in order."""
    return tuple(task.text.split("\n\n"))


def solution(task: Task) -> str:
    """The whole text, as it is right."""
    return str(getattr(task, "whole_solution", task.solution))


def beginning(task: Task) -> Mapping[str, object]:
    """Of a goal, what the page is set to when it begins."""
    return dict(getattr(task, "settings", {}))


def anew(task: Task, attempt: int) -> Mapping[str, object]:
    """Of a goal, what the page is set to at the ``attempt``-th beginning, counted from 0."""
    new: Callable[[Task, int], Mapping[str, object]] | None = getattr(tasks, "new_goal", None)
    return dict(new(task, attempt)) if new else beginning(task)


def reached(task: Task) -> Mapping[str, object]:
    """Of a goal, settings that reach it."""
    return dict(getattr(task, "reached", {}))
