"""What a teacher does with a room: open it, ask, ask again after talking, reveal, close it."""

from __future__ import annotations

import secrets
import sqlite3
from typing import NamedTuple

from groundup.classroom.asked import Asked, is_fit
from groundup.classroom.names import hidden, new_code, new_token
from groundup.classroom.store import KEPT, LASTS, ROOMS, Store

UNUSED = 600.0
"""A room without learners makes place for another after this many seconds, if all are taken."""


class Key(NamedTuple):
    """What only the teacher has: the code that everybody sees, and the secret."""

    code: str
    secret: str


def open_room(store: Store) -> Key | None:
    """A new room; None where as many are open as there may be."""
    key = Key(new_code(), new_token())
    with store.changing() as db:
        _make_place(db, store.now())
        (count,) = db.execute(
            "SELECT count(*) FROM rooms WHERE opened > ?", (store.now() - LASTS,)
        ).fetchone()
        if count >= ROOMS:
            return None
        made = db.execute(
            "INSERT OR IGNORE INTO rooms (code, secret, opened) VALUES (?, ?, ?)",
            (key.code, hidden(*key), store.now()),
        )
    return key if made.rowcount else open_room(store)  # the code was taken: draw another


def _make_place(db: sqlite3.Connection, now: float) -> None:
    """Take away what is old; and, where all places are taken, the oldest that nobody joined."""
    db.execute("DELETE FROM rooms WHERE opened < ?", (now - KEPT,))
    db.execute(
        "DELETE FROM rooms WHERE code = (SELECT code FROM rooms WHERE opened BETWEEN ? AND ? "
        "AND code NOT IN (SELECT code FROM learners) ORDER BY opened LIMIT 1) "
        "AND (SELECT count(*) FROM rooms WHERE opened > ?) >= ?",
        (now - LASTS, now - UNUSED, now - LASTS, ROOMS),
    )


def is_teacher(store: Store, key: Key) -> bool:
    """Whether ``key`` opens a room that is still open."""
    with store.reading() as db:
        return _fits(db, key, store.now())


def ask(store: Store, key: Key, asked: Asked) -> bool:
    """Ask the room; what it was asked before is forgotten. False if it may not be done."""
    with store.changing() as db:
        if not is_fit(asked) or not _fits(db, key, store.now()):
            return False
        db.execute("DELETE FROM moments WHERE code = ?", (key.code,))
        db.execute("UPDATE rooms SET asked = asked + 1 WHERE code = ?", (key.code,))
        db.execute(
            "INSERT INTO moments (code, number, kind, text) SELECT code, asked, ?, ? FROM rooms "
            "WHERE code = ?",
            (*asked, key.code),
        )
        return True


def ask_again(store: Store, key: Key) -> bool:
    """Open the second round, after talking; False if it may not be done."""
    return _changed(store, key, "UPDATE moments SET round = 2 WHERE code = ? AND NOT revealed")


def reveal(store: Store, key: Key) -> bool:
    """Close the vote, and show what was answered; False if it may not be done."""
    return _changed(store, key, "UPDATE moments SET revealed = 1 WHERE code = ?")


def close_room(store: Store, key: Key) -> bool:
    """Forget the room and all that was answered in it."""
    return _changed(store, key, "DELETE FROM rooms WHERE code = ?")


def _changed(store: Store, key: Key, how: str) -> bool:
    with store.changing() as db:
        return _fits(db, key, store.now()) and bool(db.execute(how, (key.code,)).rowcount)


def _fits(db: sqlite3.Connection, key: Key, now: float) -> bool:
    found = db.execute(
        "SELECT secret FROM rooms WHERE code = ? AND opened > ?", (key.code, now - LASTS)
    ).fetchone()
    return bool(found) and secrets.compare_digest(found[0], hidden(*key))
