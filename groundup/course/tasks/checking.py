"""Check what a learner wrote: run it on inputs that were not shown, and say what came of it."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from time import thread_time
from types import SimpleNamespace
from typing import NamedTuple

from groundup.course.tasks import runs, unseen
from groundup.course.tasks.binding import bound, calls, is_empty
from groundup.course.tasks.drawn import Unseen
from groundup.course.tasks.listed import known
from groundup.course.tasks.results import difference, same_numbers, told
from groundup.course.tasks.runs import Case, Program, Ran
from groundup.course.tasks.task import GAP, State, Task, Verdict
from groundup.language.own.pasted import cleaned
from groundup.language.own.reading import MAX_CHARACTERS
from groundup.language.own_code import RefusedCodeError, check

RIGHT = "Right, and right for inputs that you have not seen."
EMPTY = "Nothing is written here yet."
UNFILLED = "The gap is still there: write something in its place."
SLOW = "Right so far, but it computes for too long. Write what takes fewer steps."
LONG = f"This is longer than {MAX_CHARACTERS:,} characters. Write a shorter one."


def check_text(task: Task, text: str) -> Verdict:
    """Run ``text``, all that the learner wrote (``write``, and ``order`` with its blocks joined).

    The same text has the same verdict, always.
    """
    if len(text) > MAX_CHARACTERS:
        return Verdict("not yet", LONG)
    text = text.replace("\r\n", "\n").expandtabs(4)
    if task.kind == "write":
        text = cleaned(text)[0]
    return _checked(task.id, text.rstrip())


@lru_cache(maxsize=512)
def _checked(name: str, text: str) -> Verdict:
    task = known(name)
    return _missing(task, text) or _refused(task, text) or _kept(task, text) or _run(task, text)


def _missing(task: Task, text: str) -> Verdict | None:
    lines = text.split("\n")
    if GAP in text and GAP in task.text:
        return Verdict(
            "missing", UNFILLED, line=next(n for n, t in enumerate(lines, 1) if GAP in t)
        )
    emptied = [task.text.replace(GAP, left).split() for left in ("", "...") if GAP in task.text]
    if is_empty(text) or text.split() in emptied:
        return Verdict("missing", EMPTY)
    return None


def _refused(task: Task, text: str) -> Verdict | None:
    """What the language refuses; the learner's lines must be whole without what follows them."""
    made = runs.program(task, text, task.inputs, used=False)
    try:
        check(made.text)
    except RefusedCodeError as error:
        first = error.refusals[0]
        line = made.own(first.line)
        reason = _own_lines(made, first.reason)
        return Verdict("not yet", f"Line {line}: {reason}" if line else reason, line=line)
    return None


def _kept(task: Task, text: str) -> Verdict | None:
    lines = runs.program(task, text, task.inputs, used=False)
    for name, line in bound(ast.parse(lines.text)):
        if name in task.keep and (own := lines.own(line)):
            return Verdict("not yet", f"`{name}` is given: leave it as it is.", line=own)
    return None


def _run(task: Task, text: str) -> Verdict:
    done: list[Ran] = []
    until = thread_time() + runs.MAX_SECONDS
    for case in runs.cases(task.id):
        done.append(runs.run(task, text, case))
        if fault := _fault(task, case, done[-1]):
            verdict = _first(case, done[-1], fault, seen=len(done) > 1)
            said = "" if done[-1].end.state == "stopped" else _foreseen(task, text, done)
            return verdict._replace(state="not yet", sentence=said) if said else verdict
        if thread_time() > until:
            return Verdict("not yet", SLOW)
    return Verdict("right", RIGHT)


def _foreseen(task: Task, text: str, done: list[Ran]) -> str:
    """The sentence of the mistake that does the same as ``text`` with all inputs; else empty."""
    every = runs.cases(task.id)
    for number, mistake in enumerate(task.foreseen):
        if task.by_calls and calls(text) != calls(task.filled(mistake.text)):
            continue
        for place, case in enumerate(every):
            if place == len(done):
                done.append(runs.run(task, text, case))
            if not runs.agree(done[place], runs.mistaken(task.id, number, place)):
                break
        else:
            return mistake.said
    return ""


# The first difference


class Fault(NamedTuple):
    """What is not right in a run: a ``sentence``, the ``got`` and ``right`` values in words."""

    state: State
    sentence: str
    got: str = ""
    right: str = ""


def _fault(task: Task, case: Case, ran: Ran) -> Fault | None:
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
            mine, theirs = told(got, right, about), told(right, got, about)
            near = about in {"dtype", "watched"} or (about == "shape" and same_numbers(got, right))
            state: State = "nearly" if near else "not yet"
            end = "" if about == "watched" else f"; right is {theirs}"
            called = task.called.get(name, f"`{name}`")
            said = called if right.kind == "bool" else f"{called} is {mine}{end}."
            return Fault(state, said, mine, theirs)
    return None


def _ended(ran: Ran) -> Fault:
    failure = ran.end.failure
    if failure is None:
        reason = ran.end.words.removeprefix("The trace was ended: ")
        return Fault("not yet", f"It was stopped: {_own_lines(ran.program, reason)}")
    own = ran.program.own(failure.line)
    named = re.search(r"name '(\w+)' is not defined", failure.message)
    if failure.kind == "NameError" and own is None and named:
        return Fault("missing", f"There is no `{named[1]}` yet.")
    return Fault("not yet", f"Python stopped in line {own}." if own else "It cannot be used yet.")


def _own_lines(program: Program, reason: str) -> str:
    """``reason``, whose lines are counted in the learner's own text."""

    def line(found: re.Match[str]) -> str:
        own = program.own(int(found[1]))
        return f"line {own}" if own else "a line below yours"

    return re.sub(r"\bline (\d+)", line, reason)


def _first(case: Case, ran: Ran, fault: Fault, *, seen: bool) -> Verdict:
    """The verdict of the first inputs that are not right; ``seen``: those shown were."""
    failure = ran.end.failure
    words = f"{failure.kind}: {failure.message}" if failure and fault.state != "missing" else ""
    state, sentence = fault.state, fault.sentence
    if seen:
        short = "\n" not in case.inputs and len(case.inputs) <= 60
        place = f"with `{case.inputs}`" if short else "with others"
        state, sentence = "nearly", f"Right for the inputs shown; not {place}: {sentence}"
    return Verdict(
        state=state,
        sentence=sentence,
        words=words,
        line=ran.program.own(failure.line) if failure else None,
        case=case.inputs,
        got=fault.got,
        right=fault.right,
        program=ran.program.text,
        first_line=ran.program.first,
    )
