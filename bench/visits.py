"""A first visit to a page, in a browser that has nothing of it yet, beside one to an empty page.

And beside one to a page of as many elements, with nothing of ours in them. Once on this machine
alone, and once over a line such as a hosted copy's visitors have.
"""

from __future__ import annotations

import json
import shutil
import statistics
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import NamedTuple

from playwright.sync_api import Browser, CDPSession, sync_playwright

from bench.served import ROOT, served

PAGES = ("tensors", "requires_grad", "computation_graph", "training_loop", "nn_module", "ffn_scale")
VISITS, OVER_A_LINE = 11, 3
"""Rounds: on one machine a ratio differs by 0.2 from one pair to the next, over a line by 0.05."""
# Chromium opens a window for each visit, which is a page of its own: that works for as long as a
# visit lasts.
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
WANTED = 1.5
LINE = {"offline": False, "latency": 40, "downloadThroughput": 1.25e6, "uploadThroughput": 1.25e6}
"""10 Mbit/s, and 40 ms until an answer begins; the browser itself slows down to it."""
DRAWN = ".stApp[data-test-script-state=notRunning] h1"
"""A page whose script has run to its end, and whose title is drawn."""
WHOLE = f"{DRAWN.removesuffix(' h1')}:not(:has([data-testid=stSkeleton])) h1"
"""Such a page without a placeholder: the browser has what draws each kind of element."""
CLOCK = """names => {
  const at = (globalThis.paintedAt = {})
  const seen = new Set()
  const look = () => {
    for (const name in names)
      if (seen.has(name)) at[name] ??= performance.now()
      else if (document.querySelector(names[name])?.getClientRects().length) seen.add(name)
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}"""
"""Notes when the browser had painted what each of the names stands for, in ms since it went there.

Who asks from outside asks a page that is busy, and is answered up to 0.4 s after the learner saw
it."""


class Visited(NamedTuple):
    """Seconds until the page was painted, and until it was whole; what bytes came till then."""

    seconds: float
    whole: float
    bytes: int


def visits() -> None:
    """Print the ratios to an empty page, visited in turn on the same machine."""
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    others = [served(ROOT / "bench" / name) for name in ("same_elements.py", "empty_page.py")]
    with ExitStack() as servers, sync_playwright() as playwright:
        app, *plain = [servers.enter_context(one) for one in (served(), *others)]
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for page in PAGES:
            addresses = [f"{app.address}/{page}", *(one.address for one in plain)]
            _visit(browser, addresses[0])  # the server itself imports what a page needs
            for line, count in ((None, VISITS), (LINE, OVER_A_LINE)):
                rounds = [[_visit(browser, one, line) for one in addresses] for _ in range(count)]
                _say(f"{page}{' over a line' if line else ''}", *zip(*rounds, strict=True))
        browser.close()


def _visit(browser: Browser, address: str, line: Mapping[str, float] | None = None) -> Visited:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    session = page.context.new_cdp_session(page)
    travelled = _counting(session)
    if line:
        session.send("Network.emulateNetworkConditions", dict(line))
    page.add_init_script(f"({CLOCK})({json.dumps({'drawn': DRAWN, 'whole': WHOLE})})")
    page.goto(f"http://{address}", wait_until="commit")
    page.wait_for_function("paintedAt.drawn && paintedAt.whole")
    at = page.evaluate("paintedAt")
    found = Visited(at["drawn"] / 1000, at["whole"] / 1000, travelled())
    context.close()
    return found


def _counting(session: CDPSession) -> Callable[[], int]:
    """Counts what comes by http, compressed as it travels, and in messages."""
    sizes: list[int] = []
    session.send("Network.enable")
    for event, size in (
        ("Network.loadingFinished", lambda told: told["encodedDataLength"]),
        ("Network.webSocketFrameReceived", lambda told: len(told["response"]["payloadData"])),
    ):
        session.on(event, lambda told, size=size: sizes.append(int(size(told))))
    return lambda: sum(sizes)


def _say(
    page: str, ours: Sequence[Visited], same: Sequence[Visited], empty: Sequence[Visited]
) -> None:
    ratios, plain = (
        [one.seconds / nothing.seconds for one, nothing in zip(visited, empty, strict=True)]
        for visited in (ours, same)
    )
    whole, plain_whole = (
        statistics.median(
            one.whole / nothing.whole for one, nothing in zip(visited, empty, strict=True)
        )
        for visited in (ours, same)
    )
    sent = [statistics.median(one.bytes for one in every) / 1e6 for every in (ours, empty)]
    print(
        f"a first visit to {page}: {statistics.median(ratios):.2f} × an empty page "
        f"({min(ratios):.2f} to {max(ratios):.2f}, {len(ratios)} pairs; {WANTED} wanted), "
        f"{statistics.median(one.seconds for one in ours):.2f} s; whole {whole:.2f} ×; "
        f"{sent[0]:.2f} MB travel, {sent[1]:.2f} for the empty one\n"
        f"   as many elements as the training loop's page has, with nothing of ours in them: "
        f"{statistics.median(plain):.2f} × ({min(plain):.2f} to {max(plain):.2f}), "
        f"whole {plain_whole:.2f} ×",
        flush=True,
    )
