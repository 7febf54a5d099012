"""What is right is read from a run: nothing types an answer in."""

from __future__ import annotations

import ast
import threading
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from groundup.course import programs
from groundup.course.path import Question
from groundup.course.same import distance, same, written
from groundup.engine.lesson import load
from groundup.engine.observe import Run
from groundup.parsing import syntax_tree
from groundup.training.stability import seen
from groundup.training.surface import LossSurface

REFUSED = ("RuntimeError", "ValueError", "TypeError", "AttributeError")
"""What PyTorch raises at a mistake; any other error would be a fault of the program."""

ERROR, WARNING = "error", "a warning"

READ_BY = {
    "outcome": "Read from the run's own w, b and loss, by the rule that names every run here: "
    "arrived means that at most 1 % of the way is left.",
    "unlike": "The program was compared with the page's own, statement by statement.",
}
"""How an answer was read that no line of the program says itself."""


class Answered(NamedTuple):
    """A question's program after its run: its text, its answer in words, what it printed,
    whether PyTorch warned, the loss of each epoch where the run recorded it, and the words in
    which PyTorch refused the program."""

    text: str
    answer: str
    output: str
    warned: bool
    loss: tuple[float, ...] = ()
    refused: str = ""


def read_by(question: Question) -> str:
    """How the answer was read, where no line of the program says it; else empty."""
    return READ_BY.get(question.read, "")


def program(question: Question) -> str:
    """The text that is shown after the guess, and that was run to answer ``question``."""
    return programs.program(question)


def right(question: Question) -> str:
    """The choice that a run of the question's program gives.

    Raises:
        ValueError: if the run gives none of the choices.
    """
    run = answered(question)
    found = WARNING if run.warned and WARNING in question.choices else run.answer
    agreeing = [choice for choice in question.choices if same(choice, found)]
    if not agreeing:
        raise ValueError(f"question {question.id}: the run gives {found!r}, which is no choice")
    return min(agreeing, key=lambda choice: distance(choice, found))


def answered(question: Question) -> Answered:
    """``question`` as its run answered it; it runs once, whoever asks, however many at a time."""
    return ran(program(question), question.read)


def ran(text: str, read: str = "") -> Answered:
    """``text`` after its one run, its answer read from ``answer`` or by the rule ``read``."""
    with _ASKED.setdefault(text, threading.Lock()):
        return _answered(text, read)


_ASKED: dict[str, threading.Lock] = {}
"""A lock for each text, so that a class that asks at once waits for one run, and does not run it
thirty times."""


@lru_cache(maxsize=512)
def _answered(text: str, read: str) -> Answered:
    run = Run(text, name="question")
    start = _start(run) if read == "outcome" else None
    run.finish()
    if run.failure and run.failure.kind in REFUSED:
        words = run.failure.message
        return Answered(text, ERROR, run.output, bool(run.notices), refused=words)
    if run.state != "done":
        raise ValueError(f"the program does not reach its end: {run.failure or run.ended}\n{text}")
    if read == "unlike":
        return Answered(text, str(_unlike(text)), run.output, bool(run.notices))
    answer = _outcome(run, start) if start else written(run.variables.get("answer"))
    loss = tuple(run.columns.get("loss", ()))
    return Answered(text, answer, run.output, bool(run.notices), loss)


def _start(run: Run) -> tuple[float, float]:
    """The line that a training loop begins with."""
    run.enter("b")
    w, b = run.scalar("w"), run.scalar("b")
    if w is None or b is None:
        raise ValueError("the run never had a w and a b of one number each")
    return w, b


def _outcome(run: Run, start: tuple[float, float]) -> str:
    """What a training run did, in one of the four words."""
    x, y = (run.variables[name].flatten().tolist() for name in ("X", "y_true"))
    columns = (run.columns[name] for name in ("w", "b", "loss"))
    return seen(LossSurface.of(x, y), start, *columns).outcome


def _unlike(text: str) -> int:
    """How many statements of ``text`` are not those of the lesson that trains the block."""
    mine, other = (syntax_tree(one).body for one in (text, load("train_ffn").text))
    pairs = zip_longest(map(_plain, mine), map(_plain, other))
    return sum(one != another for one, another in pairs)


def _plain(statement: ast.stmt) -> str:
    return ast.dump(statement)
