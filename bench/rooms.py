"""A class of 200 votes within five seconds, on two copies of the app that share one file.

``GROUNDUP_VOTERS=30 GROUNDUP_COPIES=1 python -m bench rooms`` for a smaller class, on one copy.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from bench.learner import Learner
from bench.served import Served, served
from groundup.classroom.asked import COURSE, Asked
from groundup.classroom.counting import bars, turnout
from groundup.classroom.names import new_token
from groundup.classroom.store import LEARNERS, SETTING, Store
from groundup.classroom.teaching import Key, ask, open_room

VOTERS = int(os.environ.get("GROUNDUP_VOTERS", LEARNERS))
COPIES = int(os.environ.get("GROUNDUP_COPIES", "2"))
WITHIN = 5.0
ASKED = Asked(COURSE, "1.1-1")
TOGETHER = 10
_COUNT = re.compile(r"<b>(\d+)</b> of (\d+) answered")


class Visitor(Learner):
    """One who looks at the room again and again, as a browser does."""

    def __init__(self, address: str, known: str, **link: object) -> None:
        super().__init__(address, "room", **link)
        self._known = known
        self._busy = asyncio.Lock()
        self.seen: list[tuple[float, int]] = []

    async def come_in(self) -> None:
        """Arrive, and say what this browser is known by."""
        await self.arrive()
        await self.set("room_pocket", {"known": self._known})

    async def stay(self) -> None:
        """Look as often as the page asks for."""
        while self._clock:
            fragment, seconds = self._clock
            await asyncio.sleep(seconds)
            async with self._busy:
                await self._rerun(fragment=fragment)

    async def vote(self, letter: str) -> float:
        """Tap a choice; the seconds until the page says that it is sent."""
        label = next(one for one in self._widgets if one.startswith(f"**{letter}**"))
        start = time.perf_counter()
        async with self._busy:
            await self.set(label)
        return time.perf_counter() - start

    def _take(self, answer: Any, size: int) -> None:
        super()._take(answer, size)
        body = answer.delta.new_element.html.body if answer.WhichOneof("type") == "delta" else ""
        if found := _COUNT.search(body):
            self.seen.append((time.perf_counter(), int(found[1])))


def rooms() -> None:
    """Print what became of a class's votes, and how far the projector was behind."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        os.environ[SETTING] = folder
        copies = [stack.enter_context(served()) for _ in range(COPIES)]
        asyncio.run(_lesson(Store(Path(folder)), copies))


async def _lesson(store: Store, copies: list[Served]) -> None:
    key = open_room(store)
    assert key
    ask(store, key, ASKED)
    front = Visitor(copies[0].address, " ".join((new_token(), *key)))
    phones = [
        Visitor(copies[n % len(copies)].address, f"{new_token()} ", join=key.code)
        for n in range(VOTERS)
    ]
    arrival = await _come_in([front, *phones])
    staying = [asyncio.create_task(one.stay()) for one in (front, *phones)]
    start = time.perf_counter()
    waits = await asyncio.gather(*(_vote(one, n) for n, one in enumerate(phones)))
    over = time.perf_counter()
    with suppress(TimeoutError):
        await asyncio.wait_for(_shown(front), 30)
    _say(store, key, waits, over - start, _behind(front, over))
    print(f"   all in after {arrival:.1f} s; {_errors([front, *phones])} errors; load {_load()}")
    for one in staying:
        one.cancel()
    await asyncio.gather(*staying, return_exceptions=True)
    for visitor in (front, *phones):
        await visitor.leave()


async def _come_in(visitors: list[Visitor]) -> float:
    """Let a few in at a time, as a class takes out its phones."""
    start, door = time.perf_counter(), asyncio.Semaphore(TOGETHER)

    async def one(visitor: Visitor) -> None:
        async with door:
            await visitor.come_in()

    await asyncio.gather(*map(one, visitors))
    return time.perf_counter() - start


async def _vote(phone: Visitor, number: int) -> float:
    await asyncio.sleep(WITHIN * number / VOTERS)
    return await phone.vote("ABC"[number % 3])


async def _shown(front: Visitor) -> None:
    while not front.seen or front.seen[-1][1] < VOTERS:
        await asyncio.sleep(0.05)


def _behind(front: Visitor, over: float) -> float:
    """Seconds after the last vote until the projector showed all of them."""
    return next((at - over for at, count in front.seen if count == VOTERS), float("nan"))


def _say(store: Store, key: Key, waits: list[float], took: float, behind: float) -> None:
    counted, found = turnout(store, key.code), bars(store, key.code, ASKED)
    print(
        f"rooms: {VOTERS} voted in {took:.1f} s on {COPIES} copies: {counted.answered} of "
        f"{counted.inside} counted, in the bars {sum(bar.first for bar in found)}; a tap's answer: "
        f"median {sorted(waits)[len(waits) // 2]:.2f} s, worst {max(waits):.2f} s; the projector "
        f"shows all {behind:.2f} s after the last answer"
    )


def _errors(visitors: list[Visitor]) -> int:
    return sum(len(one.errors) for one in visitors)


def _load() -> str:
    return Path("/proc/loadavg").read_text().split()[0]
