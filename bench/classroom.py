"""A class does the same thing on a page at once, and one more moves another control meanwhile.

Some of it: ``GROUNDUP_CLASS=30 GROUNDUP_SCENES=graph,race python -m bench classroom``.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from bench.learner import Learner
from bench.served import ROOT, Served, served
from groundup.ui.settings import nn_module
from groundup.your_code.examples import EXAMPLES

CLASSES = tuple(int(size) for size in os.environ.get("GROUNDUP_CLASS", "30,100").split(","))
HAND_SECONDS = 0.1
"""A rest between two moves of a slider that is dragged: about ten moves a second."""
Act = tuple[str, Callable[[int], Any]]
"""A control's label, or a component's key, and what it is made to hold by the n-th learner, or the
n-th time."""


class Scene(NamedTuple):
    """What the class does on a page, and what another learner does there.

    What in the link is a function is told the learner's number.
    """

    page: str
    link: dict[str, object]
    does: Act
    other: Act


def _pressed(_: int) -> None:
    """A button holds nothing."""


def _learner(number: int) -> int:
    return number


def _opened(_: int) -> dict[str, bool]:
    """What a code panel says when its steps are opened."""
    return {"steps": True}


def _own(learner: int) -> dict[str, object]:
    """What the editor says when Run is pressed: each learner's own text."""
    text = f"{EXAMPLES['A line, by hand'].text}print({learner})\n"
    return {"run": {"order": 0, "text": text}}


def _example(moved: int) -> str:
    return list(EXAMPLES)[moved % len(EXAMPLES)]


def _noise(moved: int) -> float:
    return round(0.05 * (moved % 19), 2)


SCENES = {
    "loop": Scene("training_loop", {"epochs": 500}, ("Train", _pressed), ("Noise", _noise)),
    "network": Scene(
        "nn_module", {"topic": nn_module.BEYOND}, ("Train", _pressed), ("Noise", _noise)
    ),
    "race": Scene(
        "nn_module",
        {"topic": nn_module.OPTIMIZERS},
        ("Steps", lambda learner: 101 + learner),
        ("Show the inside of", lambda moved: ("SGD", "Adam")[moved % 2]),
    ),
    "graph": Scene(
        "computation_graph",
        {},
        ("Your program", lambda learner: f"y = (a * x + b) ** 2 * {learner + 2}"),
        ("a", lambda moved: float(moved % 5)),
    ),
    "shapes": Scene(
        "tensors",
        {"look_at": "Shape lab"},
        ("Shape of a", lambda learner: f"{learner + 2}, 3"),
        ("Shape of b", lambda moved: f"3, {moved % 9 + 1}"),
    ),
    "ffn": Scene(
        "ffn_scale",
        {"scale": "Train it"},
        ("Train", _pressed),
        ("Epochs", lambda moved: 100 + moved % 50),
    ),
    # Each has a text of its own: of one text there is one recording for all.
    "stepper": Scene(
        "training_loop", {"epochs": 500, "seed": _learner}, ("code", _opened), ("Noise", _noise)
    ),
    "own": Scene("your_code", {}, ("your_text", _own), ("Start from an example", _example)),
}
"""A page more is an entry more: what a class does there, and what another moves."""
SOME = os.environ.get("GROUNDUP_SCENES", ",".join(SCENES)).split(",")


def classroom() -> None:
    """Print how classes fare on the app, and on a bare page with one chart."""
    for name in SOME:
        for size in CLASSES:
            with served() as app:
                asyncio.run(_lesson(name, app, SCENES[name], size))
    bare = Scene("", {}, ("Train", _pressed), ("Noise", _noise))
    with served(ROOT / "bench" / "bare_page.py") as server:
        asyncio.run(_lesson("a bare page with one plotly chart", server, bare, CLASSES[0]))


async def _lesson(name: str, server: Served, scene: Scene, size: int) -> None:
    *learners, other = [
        Learner(server.address, scene.page, **_link(scene, n)) for n in range(size + 1)
    ]
    for learner in (*learners, other):
        await learner.arrive()
    start = time.perf_counter()
    working = asyncio.gather(*(_work(one, scene.does, n) for n, one in enumerate(learners)))
    waits = await _meanwhile(other, scene.other, working)
    answers = await working
    _say(name, answers, waits, time.perf_counter() - start)
    errors = sum(len(learner.errors) for learner in (*learners, other))
    print(f"   {errors} errors; server at most {server.megabytes():.0f} MB", flush=True)
    for learner in (*learners, other):
        await learner.leave()


def _link(scene: Scene, number: int) -> dict[str, object]:
    return {k: value(number) if callable(value) else value for k, value in scene.link.items()}


async def _work(learner: Learner, act: Act, number: int) -> tuple[float, float]:
    """Seconds until the answer was there, and the longest wait for a piece that followed it."""
    label, value = act
    return await learner.set(label, value(number)), await learner.follow()


async def _meanwhile(other: Learner, act: Act, working: asyncio.Future[Any]) -> list[float]:
    """Seconds that each of the other's moves took, one after the other until the class is done."""
    (label, value), waits = act, []
    while not working.done() or not waits:
        waits.append(await other.set(label, value(len(waits))))
        await asyncio.sleep(HAND_SECONDS)
    return waits


def _say(name: str, answers: list[tuple[float, float]], waits: list[float], seconds: float) -> None:
    first, pieces = zip(*answers, strict=True)
    follows = f", pieces at worst after {max(pieces):.2f} s" if any(pieces) else ""
    print(
        f"{name}: {len(answers)} at once answered within {max(first):.2f} s{follows}, all done "
        f"after {seconds:.2f} s; another's control: {len(waits)} moves, median "
        f"{sorted(waits)[len(waits) // 2]:.2f} s, worst {max(waits):.2f} s"
    )
