"""What a learner feels, in real Chromium: frames, the first movement, Stop, a slider, bytes."""

from __future__ import annotations

import statistics
import time

from playwright.sync_api import Page

from bench.page import Visit, visitor

TIMES = 7
BESIDE = "lab=Break+it&break=Forget+to+zero+the+gradients"

# Milliseconds from a press until the test `changed` holds, looked at in every frame.
ANSWER = """async ({ press, what, before }) => {
  const roots = [...document.querySelectorAll("*")].map(e => e.shadowRoot).filter(Boolean)
  const find = name => [document, ...roots].map(r => r.querySelector(name)).find(Boolean)
  const read = () => find(what)?.textContent
  const old = before ?? read()
  const start = performance.now()
  find(press).click()
  while (read() === old) {
    await new Promise(requestAnimationFrame)
    if (performance.now() - start > 10000) return NaN
  }
  return performance.now() - start
}"""

EPOCH = ".readouts dd[data-name=epoch]"


def browser() -> None:
    """Print the figures that the training page promises."""
    with visitor() as visit:
        page = visit.page
        visit.open("training_loop?epochs=500")
        print(f"first moved picture after Train: {_median(page, _train)} (under 300 ms wanted)")
        visit.sent.clear()
        _train(page)
        page.wait_for_timeout(500)
        print(
            f"500 epochs: {sum(visit.sent) / 1000:.1f} kB in all messages of a press, "
            f"{max(visit.sent) / 1000:.1f} kB in the largest (at most 40 kB wanted)"
        )
        print(f"playback: {_played(visit):.0f} painted frames a second (50 wanted)")
        print(f"two runs and a third side by side: {_played(visit, BESIDE):.0f} frames a second")
        visit.open("training_loop?epochs=2000")
        _train(page)
        print(f"Stop in a run of 2,000: {_median(page, _stop)} (under 150 ms wanted)")
        print(f"a slider during a run: {_median(page, _slide)} (under 300 ms wanted)")


def _played(visit: Visit, more: str = "") -> float:
    """Painted frames a second in which the loss curve had grown."""
    visit.open(f"training_loop?epochs=2000&{more}")
    _train(visit.page)
    visit.page.locator(".speed select").select_option("100")
    return visit.frames(".loss .curve", "points", 5)[0]


def _train(page: Page) -> float:
    if page.locator(EPOCH).inner_text() != "—":
        page.get_by_role("button", name="Reset").first.click()
        page.wait_for_function("() => true")
        page.locator(EPOCH, has_text="—").wait_for()
    return page.evaluate(ANSWER, {"press": ".st-key-train button", "what": EPOCH, "before": "—"})


def _stop(page: Page) -> float:
    """From the press on Stop until the button says Resume, with the run playing before it."""
    if "Stop" not in page.locator(".play").inner_text():
        page.locator(".play").click()
    page.wait_for_timeout(200)
    return page.evaluate(ANSWER, {"press": ".play", "what": ".play"})


def _slide(page: Page) -> float:
    """From a key on the learning-rate slider until the code shows the new rate."""
    if page.locator(".play").is_disabled():
        # The run was over when the rate was moved, and made way for the next.
        page.get_by_role("button", name="Train").first.click()
        page.locator(".play", has_text="Stop").wait_for()
    elif "Stop" not in page.locator(".play").inner_text():
        page.locator(".play").click()
    page.wait_for_timeout(300)
    code = page.locator(".lines .line").nth(8)
    before = code.inner_text()
    page.locator(".st-key-lr_stop [role=slider], .st-key-lr_stop input[type=range]").first.focus()
    start = page.evaluate("performance.now()")
    page.keyboard.press("ArrowRight")
    deadline = time.monotonic() + 10
    while code.inner_text() == before and time.monotonic() < deadline:
        pass
    return page.evaluate("performance.now()") - start


def _median(page: Page, measure) -> str:
    times = [measure(page) for _ in range(TIMES)]
    return f"median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms of {TIMES}"
