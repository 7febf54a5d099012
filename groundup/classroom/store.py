"""Where rooms are kept: one SQLite file that several servers may share, or this process's memory.

Whatever is changed is changed in one ``BEGIN IMMEDIATE`` transaction, so that two servers never
decide on what the other is about to change, and a vote is unique by the table's own key. Within a
process one connection serves all visitors, one after the other: each takes far below a millisecond.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

SETTING = "GROUNDUP_ROOMS"
"""The environment variable that names the folder; without it rooms are in memory."""

FILE = "rooms.sqlite3"
LASTS = 3 * 3600.0
"""Seconds for which a room is open."""
KEPT = 24 * 3600.0
"""Seconds after which nothing of a room is left."""
ROOMS, LEARNERS = 100, 200
"""How many rooms may be open, and how many learners may be in one."""
SWEEP = 600.0
_PATIENCE = 20.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS rooms (
  code TEXT PRIMARY KEY, secret TEXT NOT NULL, opened REAL NOT NULL,
  asked INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS moments (
  code TEXT PRIMARY KEY REFERENCES rooms ON DELETE CASCADE,
  number INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
  round INTEGER NOT NULL DEFAULT 1 CHECK (round IN (1, 2)),
  revealed INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS learners (
  code TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE, learner TEXT NOT NULL,
  PRIMARY KEY (code, learner)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS votes (
  code TEXT NOT NULL REFERENCES moments ON DELETE CASCADE,
  round INTEGER NOT NULL, learner TEXT NOT NULL, answer TEXT NOT NULL,
  PRIMARY KEY (code, round, learner),
  FOREIGN KEY (code, learner) REFERENCES learners ON DELETE CASCADE
) WITHOUT ROWID;
"""


class StoreError(Exception):
    """The rooms' file cannot be used."""


class Store:
    """The rooms in the file of ``folder``, or in memory; ``clock`` says the time in seconds."""

    def __init__(self, folder: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self.now = clock
        self._lock = threading.Lock()
        try:
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
            self._db = _opened(str(folder / FILE) if folder else ":memory:")
        except (OSError, sqlite3.Error) as error:
            raise StoreError(str(error)) from error

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """One change, whole or not at all."""
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One look, at one state of things."""
        with self._transaction("BEGIN") as db:
            yield db

    def sweep(self) -> None:
        """Take away what is older than a day; the file's bytes are overwritten."""
        with self.changing() as db:
            db.execute("DELETE FROM rooms WHERE opened < ?", (self.now() - KEPT,))
        with self._lock:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._db.execute(begin)
                yield self._db
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                raise StoreError(str(error)) from error
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")


def _opened(file: str) -> sqlite3.Connection:
    db = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    for one in ("foreign_keys = ON", "secure_delete = ON", "synchronous = NORMAL"):
        db.execute(f"PRAGMA {one}")
    # Two servers that start at once: the mode of the file is changed by one, under its lock.
    deadline = time.monotonic() + _PATIENCE
    while not _is_shared(db) and time.monotonic() < deadline:
        time.sleep(0.01)
    db.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}COMMIT;")
    return db


def _is_shared(db: sqlite3.Connection) -> bool:
    """Whether readers and one writer do not wait for one another, from now on."""
    try:
        (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError:
        return False
    return mode in {"wal", "memory"}


@cache
def shared() -> Store:
    """The rooms of this server, which sweeps them as long as it runs."""
    named = os.environ.get(SETTING, "")
    store = Store(Path(named) if named else None)
    threading.Thread(target=_sweep, args=(store,), daemon=True).start()
    return store


def _sweep(store: Store) -> None:
    while True:
        with suppress(StoreError):  # the next round may find the file again
            store.sweep()
        time.sleep(SWEEP)
