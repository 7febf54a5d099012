"""What a run of a learner's own code costs, from the press to its steps, alone and in a class."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Page

from bench.page import visitor
from groundup.engine.lesson import load
from groundup.your_code.examples import EXAMPLES
from groundup.your_code.running import for_visitors, ran

TIMES = 7
CLASS = 30
TEXTS = {
    "20 lines": (EXAMPLES["One step of learning, by hand"].text, 400),
    "50 epochs by hand": (EXAMPLES["Logistic regression"].text, 800),
    "100 epochs by hand": (load("training_loop").set(epochs=100).text, 800),
    "100 epochs of a module under Adam": (EXAMPLES["XOR with nn.Module"].text, 800),
}
"""Texts, and the milliseconds wanted at the most."""

# Milliseconds from the press to the first frame in which a sentence tells of the first step.
STEPPER = """async () => {
  const roots = () => [...document.querySelectorAll("*")].map(e => e.shadowRoot).filter(Boolean)
  const find = what => roots().map(root => root.querySelector(what)).find(Boolean)
  const start = performance.now()
  find(".editor .run").click()
  while (!find(".code.open .said")?.textContent) await new Promise(requestAnimationFrame)
  return performance.now() - start
}"""


def own_code() -> None:
    """Print the times for texts of the page's examples, each run anew."""
    ran(EXAMPLES["XOR with nn.Module"].text, for_visitors())
    with visitor() as visit:
        visit.open("your_code", ready=".editor .line")
        for name, (text, wanted) in TEXTS.items():
            _row(visit.page, name, text, wanted)
    _in_a_class()


def _row(page: Page, name: str, text: str, wanted: int) -> None:
    times, server = [], []
    for turn in range(TIMES):
        page.locator(".editor textarea").fill(f"{text}\n# {turn}\n")
        # The text is told to the server a while after the last key.
        page.wait_for_timeout(1000)
        times.append(page.evaluate(STEPPER))
        page.get_by_role("button", name="Edit").click()
        page.wait_for_selector(".editor textarea")
        server.append(_seconds(text) * 1000)
    print(
        f"press to stepper, {name}: median {statistics.median(times):.0f} ms, worst "
        f"{max(times):.0f} ms of {TIMES} (under {wanted} wanted); of it the server runs, records "
        f"and looks at it in {statistics.median(server):.0f} ms"
    )


def _in_a_class() -> None:
    text = EXAMPLES["Logistic regression"].text
    start = time.perf_counter()
    with ThreadPoolExecutor(CLASS) as learners:
        waits = list(learners.map(lambda n: _waited(f"{text}\n# {n}\n", start), range(CLASS)))
    alone = statistics.median(_times(text))
    print(
        f"{CLASS} press at once, each with a text of 50 epochs: the first answered after "
        f"{min(waits):.2f} s, all after {max(waits):.2f} s; one alone takes {alone:.2f} s"
    )


def _waited(text: str, start: float) -> float:
    ran(text, for_visitors())
    return time.perf_counter() - start


def _times(text: str) -> Iterator[float]:
    return (_seconds(text) for _ in range(TIMES))


def _seconds(text: str) -> float:
    start = time.perf_counter()
    ran(text, for_visitors())
    return time.perf_counter() - start
