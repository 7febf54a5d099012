"""What is not right in a run, in a sentence."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import NamedTuple

from groundup.course.tasks import unseen
from groundup.course.tasks.drawn import Unseen
from groundup.course.tasks.results import Result, difference, same_numbers
from groundup.course.tasks.runs import Case, Program, Ran
from groundup.course.tasks.task import State, Task
from groundup.course.tasks.telling import Told, told

UNUSABLE = "Your lines ran, but using what they made failed."


class Fault(NamedTuple):
    """What is not right in a run: a ``sentence``, and of what ``name`` holds (or what a function of
    it gives) the ``got`` and ``right`` values in words."""

    state: State
    sentence: str
    got: str = ""
    right: str = ""
    name: str = ""


def fault(task: Task, case: Case, ran: Ran) -> Fault | None:
    """What is not right in a run with ``case``; None where all is."""
    if ran.end.state != "finished":
        return _ended(ran)
    absent = [name for name in case.names if name not in ran.found]
    if absent:
        return Fault("missing", f"There is no `{absent[0]}` yet.")
    how = unseen.UNSEEN[task.id]
    if how.faults is not None:
        said = how.faults(case.given, SimpleNamespace(**ran.found))
        return Fault("not yet", said) if said else None
    return _differs(task, case, ran, how)


def _differs(task: Task, case: Case, ran: Ran, how: Unseen) -> Fault | None:
    for name, right in (case.right or {}).items():
        got = ran.found[name]
        if about := difference(got, right, how.tolerance, how.exact):
            said = told(got, right, about, how.tolerance)
            state: State = "nearly" if _is_near(got, right, about) else "not yet"
            sentence = _difference(task, name, about, right, said)
            held = "" if name in task.called else name
            return Fault(state, sentence, said.got, said.right, held)
    return None


def _is_near(got: Result, right: Result, about: str) -> bool:
    """Right numbers in another shape, dtype or kind."""
    return about in {"dtype", "watched"} or (about != "value" and same_numbers(got, right))


def _difference(task: Task, name: str, about: str, right: Result, said: Told) -> str:
    called = task.called.get(name, "")
    if right.kind == "bool" and called:
        return called
    called = f"{called} at {said.where}" if called and said.where else called
    end = "" if about == "watched" else f"; right is {said.right}"
    return f"{called or f'`{name}{said.where}`'} is {said.got}{end}."


def _ended(ran: Ran) -> Fault:
    failure = ran.end.failure
    if failure is None:
        reason = ran.end.words.removeprefix("The trace was ended: ")
        return Fault("not yet", f"It was stopped: {own_lines(ran.program, reason)}")
    own = ran.program.own(failure.line)
    named = re.search(r"name '(\w+)' is not defined", failure.message)
    if failure.kind == "NameError" and own is None and named:
        return Fault("missing", f"There is no `{named[1]}` yet.")
    return Fault("not yet", f"Python stopped in line {own}." if own else UNUSABLE)


def own_lines(program: Program, reason: str) -> str:
    """``reason``, whose lines are counted in the learner's own text."""

    def line(found: re.Match[str]) -> str:
        own = program.own(int(found[1]))
        return f"line {own}" if own else "another line"

    return re.sub(r"\bline (\d+)", line, reason)
