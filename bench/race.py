"""What recording optimizers' inner state costs, and how the race player moves."""

from __future__ import annotations

import shutil
import statistics
import time

import torch
from playwright.sync_api import sync_playwright

from bench.served import served
from groundup.race import Plan, whole
from groundup.racers import LANDSCAPES, racers

STEPS = 1000
PAIRS = 7
EIGHT = ("SGD", "Momentum", "Nesterov", "Adagrad", "RMSprop", "Adam", "AdamW", "LBFGS")

# A frame counts if the first path had grown in it.
FRAMES = """async seconds => {
  const roots = [...document.querySelectorAll("*")].map(e => e.shadowRoot).filter(Boolean)
  const path = () => roots.map(root => root.querySelector(".ground .path")).find(Boolean)
  let frames = 0, before = path().getAttribute("points")
  const start = performance.now()
  while (performance.now() - start < seconds * 1000) {
    await new Promise(requestAnimationFrame)
    const now = path().getAttribute("points")
    if (now !== before) frames++
    before = now
  }
  return frames / ((performance.now() - start) / 1000)
}"""


def race() -> None:
    """Print the figures of the optimizers' race."""
    torch.set_num_threads(1)
    for name in ("SGD", "Adam"):
        ratios = [_recorded(name) / _bare(name) for _ in range(PAIRS)]
        print(
            f"a recorded {name}, against its bare script: {statistics.median(ratios):.2f} × "
            f"({min(ratios):.2f} to {max(ratios):.2f}, {PAIRS} pairs)"
        )
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with served() as app, sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        page = chromium.new_page(viewport={"width": 1280, "height": 720})
        sent: list[int] = []
        page.on(
            "websocket", lambda socket: socket.on("framereceived", lambda f: sent.append(len(f)))
        )
        for names in (("SGD", "Momentum", "RMSprop", "Adam"), EIGHT):
            sent.clear()
            chosen = "&".join(f"racers={name}" for name in names)
            page.goto(
                f"http://{app.address}/nn_module?topic=The+optimizers&race_steps=2000"
                f"&shared_lr=0.002&{chosen}"
            )
            page.locator(".play").wait_for()
            page.wait_for_timeout(6000)
            page.locator(".speed select").select_option("100")
            if "Stop" not in page.locator(".play").inner_text():
                page.locator(".play").click()
            print(
                f"{len(names)} racers of 2,000 steps: {page.evaluate(FRAMES, 5):.0f} painted "
                f"frames a second (50 wanted); the largest message has {max(sent) / 1000:.0f} kB"
            )
        chromium.close()


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
