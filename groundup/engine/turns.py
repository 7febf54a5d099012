"""Whose page is drawn next, where a class asks for all of them at once.

Python lets every thread run in turn for 5 ms. A hundred pages of 20 ms each that are drawn in a
hundred threads are therefore all finished at the end, after 2 s, whoever came first and whatever
was asked. Here one is drawn at a time, and the others wait in an order that serves a class: what
follows a hand (a slider that is dragged) before what was pressed or typed.

It is an order and no lock: whoever holds a turn for long is no longer counted, and whoever has
waited for long goes on without one. So nothing can wait for ever.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum

AT_ONCE = 1
"""Turns at a time. Among a hundred who train another's slider waited for 2.2 s at worst with two
turns, for 0.4 and 0.9 s with one: the server's own thread, which sends, shares with fewer."""
HELD = 0.2
"""Seconds after which a turn that is still held is not counted: it waits for something else."""
WAITED = 2.0
"""Seconds after which what waits shares the turns with hands, one by one, and goes before what was
pressed later. (Did it go before hands too, then after 2 s a hand would wait for the whole class:
among thirty who race, 1.5 s.)"""
DRAWS = 1.0
"""Seconds for which one who has a turn executes before those who compute aside; a hand does so as
long as its turn lasts. A collection of garbage alone may take 0.2 s of them."""
LONGEST = 20.0
"""Seconds after which one goes on without a turn."""


class Rank(IntEnum):
    """What goes first."""

    HAND = 0
    PRESS = 1
    GOING_ON = 2


@dataclass(eq=False)
class _Turn:
    rank: Rank
    since: float = field(default_factory=time.monotonic)
    begun: float = 0.0
    given: threading.Event = field(default_factory=threading.Event)

    def order(self, now: float, last: Rank | None) -> tuple[int, float]:
        """What sorts it among those who wait, where ``last`` was given the turn before."""
        if self.rank is Rank.HAND or now - self.since <= WAITED:
            return (self.rank, self.since)
        return (Rank.HAND - 1 if last is Rank.HAND else Rank.PRESS, self.since)


def _nothing() -> None:
    pass


class _Own(threading.local):
    turn: _Turn | None = None
    next: Rank = Rank.PRESS
    leaving: Callable[[], None] = staticmethod(_nothing)


class Turns:
    """Who may draw a page."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: list[_Turn] = []
        self._held: list[_Turn] = []
        self._last: Rank | None = None
        self._own = _Own()

    def follow_hand(self) -> None:
        """What this thread draws next follows a learner's hand."""
        self._own.next = Rank.HAND

    def is_had(self) -> bool:
        """Whether this thread has a turn."""
        return self._own.turn is not None

    def is_hands(self) -> bool:
        """Whether this thread has a turn, and it follows a learner's hand."""
        return self._own.turn is not None and self._own.turn.rank is Rank.HAND

    def is_drawing(self) -> bool:
        """Whether this thread draws in a turn, and has not done so for long."""
        turn = self._own.turn
        lately = turn is not None and time.monotonic() - turn.begun < DRAWS
        return lately or self.is_hands()

    @contextmanager
    def turn(self, leaving: Callable[[], None] = _nothing) -> Iterator[None]:
        """Draw in a turn; within one that this thread has already, go on in that.

        ``leaving`` is called each time before the turn is given up.
        """
        if self._own.turn is not None:
            yield
            return
        rank, self._own.next = self._own.next, Rank.PRESS
        self._own.leaving = leaving
        self._take(rank)
        try:
            yield
        finally:
            try:
                leaving()
            finally:
                self._give()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Compute or wait for long: meanwhile the turn is another's, and afterwards it is taken."""
        if self._own.turn is None:
            yield
            return
        self._own.leaving()
        self._give()
        try:
            yield
        finally:
            self._take(Rank.GOING_ON)

    @contextmanager
    def last(self) -> Iterator[None]:
        """Do what nobody waits for: when nobody wants a turn, or once it has waited for long."""
        self._own.next = Rank.GOING_ON
        with self.turn():
            yield

    def _take(self, rank: Rank) -> None:
        own = self._own.turn = _Turn(rank)
        with self._mutex:
            self._waiting.append(own)
        latest = own.since + LONGEST
        self._give_out()
        # Nobody tells when a turn has been held too long: those who wait look themselves.
        while not own.given.wait(HELD) and time.monotonic() < latest:
            self._give_out()
        with self._mutex:
            if own in self._waiting:
                self._waiting.remove(own)

    def _give(self) -> None:
        own, self._own.turn = self._own.turn, None
        with self._mutex:
            if own in self._held:
                self._held.remove(own)
        self._give_out()

    def _give_out(self) -> None:
        with self._mutex:
            now = time.monotonic()
            self._held = [one for one in self._held if now - one.begun < HELD]
            while self._waiting and len(self._held) < AT_ONCE:
                first = min(self._waiting, key=lambda one: one.order(now, self._last))
                self._waiting.remove(first)
                first.begun, self._last = now, first.rank
                self._held.append(first)
                first.given.set()


TURNS = Turns()
"""Of all pages of the server."""
