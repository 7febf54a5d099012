"""What a room answered: how many, and at the reveal, what."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from groundup.classroom.asked import COURSE, Asked, course_question
from groundup.classroom.store import Store
from groundup.course.same import number, same
from groundup.course.typed import meant

SHOWN, OTHERS = 5, "other answers"
"""How many bars the projector has room for, and what the others are called."""


class Turnout(NamedTuple):
    """How many are in the room, and how many of them answered in the round that is open."""

    inside: int
    answered: int


class Bar(NamedTuple):
    """One answer, and how many gave it in the first round and in the second."""

    answer: str
    first: int
    after: int


def turnout(store: Store, code: str) -> Turnout:
    """How many are there, and how many answered."""
    with store.reading() as db:
        (inside,) = db.execute("SELECT count(*) FROM learners WHERE code = ?", (code,)).fetchone()
        (answered,) = db.execute(
            "SELECT count(*) FROM votes JOIN moments USING (code, round) WHERE code = ?", (code,)
        ).fetchone()
    return Turnout(inside, answered)


def bars(store: Store, code: str, asked: Asked) -> tuple[Bar, ...]:
    """The answers: all choices in their order, or a group for all that mean the same."""
    with store.reading() as db:
        given = db.execute("SELECT round, answer FROM votes WHERE code = ?", (code,)).fetchall()
    names = _names(asked, [answer for _, answer in given])
    counted = Counter((turn, names[answer]) for turn, answer in given)
    each = dict.fromkeys(names.values())
    return tuple(Bar(name, counted[1, name], counted[2, name]) for name in each)


def foremost(found: tuple[Bar, ...]) -> tuple[Bar, ...]:
    """The answers that most gave, in the order of ``found``; all others are one bar."""
    ranked = sorted(found, key=lambda bar: -(bar.first + bar.after))
    kept, rest = ranked[:SHOWN], ranked[SHOWN:]
    if not rest:
        return found
    others = Bar(OTHERS, sum(bar.first for bar in rest), sum(bar.after for bar in rest))
    return (*(bar for bar in found if bar in kept), others)


def _names(asked: Asked, given: list[str]) -> dict[str, str]:
    """What each answer is counted as, in the order of the bars."""
    question = course_question(asked.text) if asked.kind == COURSE else None
    return {one: one for one in question.choices} if question else grouped(given, asked.kind)


def grouped(given: list[str], kind: str) -> dict[str, str]:
    """One name for all answers that mean the same, the smallest number first, then the words."""
    names: dict[str, str] = {}
    last: str | None = None
    for answer in sorted(given, key=lambda one: _order(meant(one, kind))):
        found = meant(answer, kind)
        last = last if last is not None and same(last, found) else found
        names[answer] = last
    return names


def _order(found: str) -> tuple[bool, float, str]:
    worth = number(found)
    return worth is None, worth or 0.0, found
