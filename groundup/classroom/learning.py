"""What a learner does in a room: join it, look at what is asked, and answer once a round."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from groundup.classroom.asked import Asked, answer_to
from groundup.classroom.names import hidden, is_token
from groundup.classroom.store import LASTS, LEARNERS, Store

IN, NO_ROOM, OVER, FULL = "in", "no room", "over", "full"
"""What joining ends in."""
SENT, TWICE, CLOSED, UNFIT, STRANGER = "sent", "twice", "closed", "unfit", "stranger"
"""What answering ends in, beside NO_ROOM and OVER."""


_NOTHING = Asked("", "")


@dataclass(frozen=True)
class Moment:
    """What a room is asked now.

    Attributes:
        number: which question of this room it is, from 1; 0 before the first.
        round: 1, or 2 after talking.
        mine: what the learner who looks answered in the first round and in the second.
    """

    number: int = 0
    asked: Asked = _NOTHING
    round: int = 1
    revealed: bool = False
    mine: tuple[str | None, str | None] = (None, None)


def join(store: Store, code: str, learner: str) -> str:
    """Let the learner in, who may be in already."""
    who = hidden(code, learner)
    with store.changing() as db:
        if refused := _refused(db, store, code):
            return refused
        inside = [
            one for (one,) in db.execute("SELECT learner FROM learners WHERE code = ?", (code,))
        ]
        if who in inside:
            return IN
        if len(inside) >= LEARNERS or not is_token(learner):
            return FULL
        db.execute("INSERT INTO learners VALUES (?, ?)", (code, who))
        return IN


def look(store: Store, code: str, learner: str = "") -> Moment | None:
    """What the room is asked now; None if it is not open."""
    with store.reading() as db:
        if _refused(db, store, code):
            return None
        row = _moment(db, code)
        if row is None:
            return Moment()
        found = db.execute(
            "SELECT round, answer FROM votes WHERE code = ? AND learner = ?",
            (code, hidden(code, learner)),
        )
        mine = dict(found.fetchall())
    number, kind, text, turn, revealed = row
    return Moment(number, Asked(kind, text), turn, bool(revealed), (mine.get(1), mine.get(2)))


def vote(store: Store, code: str, learner: str, moment: Moment, said: str) -> str:
    """Count the answer to the question and round of ``moment``, which must still be asked."""
    with store.changing() as db:
        if refused := _refused(db, store, code):
            return refused
        row = _moment(db, code)
        if row is None or row != (moment.number, *moment.asked, moment.round, 0):
            return CLOSED
        answer = answer_to(moment.asked, said)
        if answer is None:
            return UNFIT
        return _counted(db, (code, moment.round, hidden(code, learner), answer))


def _counted(db: sqlite3.Connection, row: tuple[str, int, str, str]) -> str:
    inside = db.execute("SELECT 1 FROM learners WHERE code = ? AND learner = ?", (row[0], row[2]))
    if inside.fetchone() is None:
        return STRANGER
    made = db.execute("INSERT OR IGNORE INTO votes VALUES (?, ?, ?, ?)", row)
    return SENT if made.rowcount else TWICE


def _moment(db: sqlite3.Connection, code: str) -> tuple[int, str, str, int, int] | None:
    found: tuple[int, str, str, int, int] | None = db.execute(
        "SELECT number, kind, text, round, revealed FROM moments WHERE code = ?", (code,)
    ).fetchone()
    return found


def _refused(db: sqlite3.Connection, store: Store, code: str) -> str:
    """Why the room cannot be used; empty if it can."""
    found = db.execute("SELECT opened FROM rooms WHERE code = ?", (code,)).fetchone()
    if found is None:
        return NO_ROOM
    return "" if found[0] > store.now() - LASTS else OVER
