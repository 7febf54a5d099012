"""Bytes that were promised to runs, and how a promise that nobody uses is taken back.

A learner may stop a run and leave its tab open, or close it: then the memory of a whole class would
be held by nobody. So a thread looks after the promises for as long as there are any.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from weakref import WeakKeyDictionary, ref

from groundup.engine.observe import Run

IDLE_SECONDS = 60.0
"""A run that has not computed for so long gives its memory back."""
LOOK_SECONDS = 1.0
"""How often the promises are looked at."""


class Holder(Protocol):
    """Whoever keeps a run, and can make it anew when it is asked for."""

    def give_back(self, run: Run) -> None:
        """Let go of ``run`` and its tensors."""


def always() -> bool:
    """Somebody is there."""
    return True


class Room:
    """What is promised its bytes while a text is executed in one go, and keeps no run."""

    idle_seconds = 0.0

    def close(self) -> None:
        """Nothing is left to end."""


class Promise:
    """So many bytes for a run; the holder is not kept alive by it."""

    def __init__(
        self, size: int, holder: Holder | None = None, present: Callable[[], bool] = always
    ) -> None:
        self.size, self.present = size, present
        self._holder = ref(holder) if holder is not None else None

    def give_back(self, run: Run | Room) -> None:
        """Let the holder let go of ``run``, and end it."""
        if isinstance(run, Run) and self._holder and (holder := self._holder()):
            holder.give_back(run)
        release(run)


@dataclass
class _Watch:
    thread: threading.Thread | None = None


_promised: WeakKeyDictionary[Run | Room, Promise] = WeakKeyDictionary()
_promising = threading.Lock()
_watch = _Watch()


def reserved_bytes() -> int:
    """Bytes promised to runs that someone still holds."""
    return sum(one.size for one in list(_promised.values()))


def promise(run: Run | Room, new: Promise, limit: int) -> bool:
    """Promise ``run`` its bytes, unless all promises together would pass ``limit``."""
    take_back()
    with _promising:
        if new.size > limit - reserved_bytes():
            return False
        _promised[run] = new
        if _watch.thread is None:
            _watch.thread = threading.Thread(target=_look, name="promises", daemon=True)
            _watch.thread.start()
    return True


def release(run: Run | Room) -> None:
    """Give back what ``run`` was promised; its tensors go with it."""
    run.close()
    with _promising:
        _promised.pop(run, None)


def take_back() -> None:
    """Take back what has not computed for :data:`IDLE_SECONDS`, and what nobody is there for."""
    with _promising:
        unused = [
            (run, one)
            for run, one in list(_promised.items())
            if run.idle_seconds > IDLE_SECONDS or not one.present()
        ]
    # Not under the lock: a holder may be at work with its run, and just asking for another promise.
    for run, one in unused:
        one.give_back(run)


def _look() -> None:
    while True:
        time.sleep(LOOK_SECONDS)
        take_back()
        with _promising:
            if not _promised:
                _watch.thread = None
                return
