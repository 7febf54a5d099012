"""What observing costs: the same script observed, and bare with three lists of its own."""

from __future__ import annotations

import statistics
import time

import torch

from groundup.engine import lesson
from groundup.engine.observe import Run

EPOCHS = 2000
PAIRS = 21


def observing() -> None:
    """Print the median ratio of paired runs, and whether the numbers are bit-equal."""
    torch.set_num_threads(1)
    text = lesson.load("training_loop").set(epochs=EPOCHS).text
    ratios, equal = [], True
    for _ in range(PAIRS):
        seconds, run = _timed(lambda: Run(text, record=("loss", "w", "b")).finish())
        bare_seconds, noted = _timed(lambda: _bare(text))
        ratios.append(seconds / bare_seconds)
        recorded = zip(run.columns["loss"], run.columns["w"], run.columns["b"], strict=True)
        equal = equal and list(recorded) == noted
    print(
        f"observing {EPOCHS} epochs: {statistics.median(ratios):.3f} times the bare script "
        f"({min(ratios):.3f} to {max(ratios):.3f}, {PAIRS} pairs; at most 1.15 wanted); "
        f"numbers bit-equal: {equal}"
    )


def _bare(text: str) -> list[tuple[float, float, float]]:
    """The script as anyone would write it who wants the three numbers."""
    noting = "    noted.append((loss.item(), w.item(), b.item()))\n    if epoch % 10"
    namespace = {"print": lambda *_: None, "noted": []}
    exec(compile(text.replace("    if epoch % 10", noting), "bare", "exec"), namespace)
    return namespace["noted"]


def _timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result
