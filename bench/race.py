"""What recording optimizers' inner state costs, and how the race player moves."""

from __future__ import annotations

import statistics
import time

import torch

from bench.page import Visit, visitor
from groundup.optimizers.race import Plan, whole
from groundup.optimizers.racers import LANDSCAPES, racers

STEPS = 1000
PAIRS = 25
EIGHT = ("SGD", "Momentum", "Nesterov", "Adagrad", "RMSprop", "Adam", "AdamW", "LBFGS")


def race() -> None:
    """Print the figures of the optimizers' race."""
    torch.set_num_threads(1)
    for name in ("SGD", "Adam"):
        ratios = [_recorded(name) / _bare(name) for _ in range(PAIRS)]
        print(
            f"a recorded {name}, against its bare script: {statistics.median(ratios):.2f} × "
            f"({min(ratios):.2f} to {max(ratios):.2f}, {PAIRS} pairs)"
        )
    with visitor() as visit:
        for names in (("SGD", "Momentum", "RMSprop", "Adam"), EIGHT):
            _painted(visit, names)


def _painted(visit: Visit, names: tuple[str, ...]) -> None:
    visit.sent.clear()
    chosen = "&".join(f"racers={name}" for name in names)
    link = f"nn_module?topic=The+optimizers&race_steps=2000&shared_lr=0.002&{chosen}"
    visit.open(link, settle=6000)
    visit.page.locator(".speed select").select_option("100")
    if "Stop" not in visit.page.locator(".play").inner_text():
        visit.page.locator(".play").click()
    frames, _ = visit.frames(".ground .path", "points", 5)
    print(
        f"{len(names)} racers of 2,000 steps: {frames:.0f} painted frames a second (50 wanted); "
        f"the largest message has {max(visit.sent) / 1000:.0f} kB"
    )


def _plan(name: str) -> Plan:
    racer, ground = racers()[name], LANDSCAPES["ravine"]
    return Plan(ground, ground.start, STEPS, (racer,), {name: 0.01}, {name: racer.defaults})


def _bare(name: str) -> float:
    text = _plan(name).lesson(name).text
    start = time.thread_time()
    exec(compile(text, "bare", "exec"), {"print": lambda *_: None})
    return time.thread_time() - start


def _recorded(name: str) -> float:
    start = time.thread_time()
    whole(_plan(name))
    return time.thread_time() - start
