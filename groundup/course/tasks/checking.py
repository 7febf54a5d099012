"""Check what a learner wrote: run it on inputs that were not shown, and say what came of it."""

from __future__ import annotations

from time import thread_time

from groundup.course.tasks import runs
from groundup.course.tasks.binding import bound, calls, is_empty
from groundup.course.tasks.faults import Fault, fault, own_lines
from groundup.course.tasks.runs import Case, Program, Ran
from groundup.course.tasks.task import GAP, Task, Verdict
from groundup.course.tasks.ways import other_way
from groundup.language.own.pasted import cleaned
from groundup.language.own_code import OwnCode, RefusedCodeError, check

RIGHT = "Right, and right for inputs that you have not seen."
EMPTY = "Nothing is written here yet."
UNFILLED = "The gap is still there: write something in its place."
SLOW = "Right so far, but it computes for too long. Write what takes fewer steps."
MAX_CHARACTERS, MAX_LINES, MAX_WORDS = 8_000, 300, 300
LONG = f"{MAX_LINES} lines and {MAX_CHARACTERS:,} characters are the most. Write a shorter text."
OTHER_LINES = "All of these lines are needed, and no others. Change their order alone."


def check_text(task: Task, text: str) -> Verdict:
    """Run ``text``, all that the learner wrote (``write``, and ``order`` with its blocks joined).

    The same text has the same verdict, always.
    """
    if len(text) > MAX_CHARACTERS or text.count("\n") > MAX_LINES:
        return Verdict("not yet", LONG)
    text = text.replace("\r\n", "\n").expandtabs(4)
    if task.kind == "write":
        text = cleaned(text)[0]
    text = text.rstrip()
    return _missing(task, text) or _other_lines(task, text) or _read(task, text)


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


def _other_lines(task: Task, text: str) -> Verdict | None:
    if task.kind == "order" and sorted(_lines(text)) != sorted(_lines(task.text)):
        return Verdict("not yet", OTHER_LINES)
    return None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _read(task: Task, text: str) -> Verdict:
    """The learner's lines must be whole without what follows them, and in the language with it."""
    made = runs.program(task, text, task.inputs, used=False)
    try:
        code = check(made.text)
        return _kept(task, made, code) or _run(task, text)
    except RefusedCodeError as error:
        first = error.refusals[0]
        line = made.own(first.line)
        reason = own_lines(made, first.reason)
        return Verdict("not yet", f"Line {line}: {reason}" if line else reason, line=line)


def _kept(task: Task, made: Program, code: OwnCode) -> Verdict | None:
    for name, line in bound(code.tree):
        if name in task.keep and (own := made.own(line)):
            return Verdict("not yet", f"`{name}` is given: leave it as it is.", line=own)
    return None


def _run(task: Task, text: str) -> Verdict:
    done: list[Ran] = []
    until = thread_time() + runs.MAX_SECONDS
    for case in runs.cases(task.id):
        done.append(runs.run(task, text, case))
        if found := fault(task, case, done[-1]):
            verdict = _first(case, done[-1], found, seen=len(done) > 1)
            said = "" if done[-1].end.state == "stopped" else _foreseen(task, text, done, until)
            return verdict._replace(state="not yet", sentence=said) if said else verdict
        if thread_time() > until:
            return Verdict("not yet", SLOW)
    if said := other_way(task, text):
        return Verdict("nearly", said)
    return Verdict("right", RIGHT)


def _foreseen(task: Task, text: str, done: list[Ran], until: float) -> str:
    """The sentence of the mistake that does the same as ``text`` with all inputs; else empty."""
    every = runs.cases(task.id)
    for number, mistake in enumerate(task.foreseen):
        if task.by_calls and calls(text) != calls(task.filled(mistake.text)):
            continue
        for place, case in enumerate(every):
            if place == len(done) and thread_time() > until:
                return ""
            if place == len(done):
                done.append(runs.run(task, text, case))
            if not runs.agree(done[place], runs.mistaken(task.id, number, place)):
                break
        else:
            return mistake.said
    return ""


def _first(case: Case, ran: Ran, found: Fault, *, seen: bool) -> Verdict:
    """The verdict of the first inputs that are not right; ``seen``: those shown were."""
    failure = ran.end.failure
    words = f"{failure.kind}: {failure.message}" if failure and found.state != "missing" else ""
    words = words if len(words) <= MAX_WORDS else f"{words[: MAX_WORDS - 1]}…"
    state, sentence = found.state, found.sentence
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
        got=found.got,
        right=found.right,
        name=found.name,
        program=ran.program.text,
        first_line=ran.program.first,
    )
