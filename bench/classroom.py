"""Thirty learners press Train at once, and one more moves a slider meanwhile."""

from __future__ import annotations

import asyncio
import time

from bench.learner import Learner
from bench.served import ROOT, served

CLASS = 30


def classroom() -> None:
    """Print how a class fares on the app, and on a bare page with one chart."""
    with served() as app:
        asyncio.run(_lesson("groundup", app, "training_loop", epochs=500))
    with served(ROOT / "bench" / "bare_page.py") as bare:
        asyncio.run(_lesson("a bare page with one plotly chart", bare, ""))


async def _lesson(name, server, page, **settings) -> None:
    learners = [Learner(server.address, page, **settings) for _ in range(CLASS)]
    other = Learner(server.address, page)
    for learner in (*learners, other):
        await learner.arrive()
    start = time.perf_counter()
    pressing = asyncio.gather(*(learner.press("Train") for learner in learners))
    waits, moved = [], 0
    while not pressing.done() or not waits:
        moved += 1
        waits.append(await other.slide("Noise", 0.05 * (moved % 90)))
    answers = await pressing
    sizes = sorted(learner.largest for learner in learners)
    epochs = [learner.epochs for learner in learners]
    errors = sum(len(learner.errors) for learner in (*learners, other))
    print(
        f"{name}: {len(answers)} of {CLASS} answered within {max(answers):.2f} s, all done "
        f"{time.perf_counter() - start:.2f} s after the first press, with pictures of "
        f"{min(epochs)} to {max(epochs)} epochs in {sizes[0] / 1000:.1f} to "
        f"{sizes[-1] / 1000:.1f} kB; another learner's slider: median "
        f"{sorted(waits)[len(waits) // 2]:.2f} s, worst {max(waits):.2f} s; {errors} errors; "
        f"server at most {server.megabytes():.0f} MB",
        flush=True,
    )
    for learner in (*learners, other):
        await learner.leave()
