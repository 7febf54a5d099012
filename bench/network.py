"""What filming a network costs, and how its player moves: two layers of 8 on 500 spiral points."""

from __future__ import annotations

import statistics
import time

import torch

from bench.page import visitor
from groundup.figures.modules.network import CHUNK, chunks
from groundup.figures.modules.network import network as still
from groundup.modules.network import network_lesson
from groundup.modules.network_training import NetworkTraining

EPOCHS = 200
PAIRS = 11

# Milliseconds that a press on Stop takes, as the page sees it; and moved frames while scrubbing.
STOP = """() => {
  const roots = [...document.querySelectorAll("*")].map(e => e.shadowRoot).filter(Boolean)
  const play = roots.map(r => r.querySelector(".play")).find(Boolean)
  const start = performance.now()
  play.click()
  if (!play.textContent.includes("Resume")) return NaN
  return new Promise(done => requestAnimationFrame(() => done(performance.now() - start)))
}"""
SCRUB = """async seconds => {
  const roots = [...document.querySelectorAll("*")].map(e => e.shadowRoot).filter(Boolean)
  const find = name => roots.map(r => r.querySelector(name)).find(Boolean)
  const [scrub, line] = [find(".scrub"), find(".boundary")]
  let frames = 0, at = 0, before = line.getAttribute("d")
  const start = performance.now()
  while (performance.now() - start < seconds * 1000) {
    at = (at + 3) % Number(scrub.max)
    scrub.value = String(at)
    scrub.dispatchEvent(new Event("input"))
    await new Promise(requestAnimationFrame)
    const now = line.getAttribute("d")
    if (now !== before) frames++
    before = now
  }
  return frames / ((performance.now() - start) / 1000)
}"""


def network() -> None:
    """Print the figures that the network builder promises; ratios are of processor time."""
    torch.set_num_threads(1)
    text = network_lesson({"epochs": EPOCHS}).text
    _bare(text)  # the first run also imports what torch.optim needs
    pairs = [(_bare(text), _filmed()) for _ in range(PAIRS)]
    ratios = [bare / recorded for bare, recorded in pairs]
    bare, recorded = (min(times) for times in zip(*pairs, strict=True))
    print(
        f"a recorded network: {statistics.median(ratios):.3f} of the bare script's epochs a second "
        f"({min(ratios):.3f} to {max(ratios):.3f}, {PAIRS} pairs; the quickest of each: "
        f"{bare / recorded:.3f}; at least 0.85 wanted)"
    )
    recording = NetworkTraining(network_lesson({"epochs": 2000, "depth": 6, "width": 64}))
    frame = recording.frames[0]
    size = 60 * (len(frame.field) + len(frame.maps))
    piece = CHUNK * len(str(chunks(recording)))
    print(f"the largest run's pictures: {size / 1000:.0f} kB; sent once "
          f"{len(str(still(recording)))} bytes, and {piece / 1000:.0f} kB "
          f"with each {CHUNK} pictures")  # fmt: skip
    _in_the_browser()


def _bare(text: str) -> float:
    namespace = {"print": lambda *_: None}
    start = time.thread_time()
    exec(compile(text, "bare", "exec"), namespace)
    return time.thread_time() - start


def _filmed() -> float:
    lesson = network_lesson({"epochs": EPOCHS})
    start = time.thread_time()
    recording = NetworkTraining(lesson)
    while not recording.complete:
        recording.compute()
    return time.thread_time() - start


def _in_the_browser() -> None:
    with visitor() as visit:
        page = visit.page
        visit.open("nn_module?topic=Beyond+a+line&net_epochs=2000", settle=2000)
        visit.sent.clear()
        page.locator(".st-key-train_net button").click()
        page.locator(".readouts dd[data-name=epoch]", has_not_text="—").wait_for()
        page.locator(".speed select").select_option("100")
        frames, longest = visit.frames(".boundary", "d", 4)
        print(
            f"while 2,000 epochs are computed: {frames:.0f} frames a second (15 wanted), the "
            f"longest pause {longest:.0f} ms, {sum(visit.sent) / 1000:.0f} kB sent"
        )
        stops = []
        for _ in range(7):
            stops.append(page.evaluate(STOP))
            page.locator(".play").click()
            page.wait_for_timeout(400)
        print(
            f"Stop meanwhile: median {statistics.median(stops):.0f} ms, worst {max(stops):.0f} ms "
            "of 7 (under 150 wanted)"
        )
        visit.open("nn_module?topic=Beyond+a+line&net_epochs=200", settle=2000)
        page.locator(".st-key-train_net button").click()
        page.locator(".play", has_text="Replay").wait_for()
        print(f"scrubbing: {page.evaluate(SCRUB, 4):.0f} changed pictures a second (60 wanted)")
