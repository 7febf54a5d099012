"""A first visit to a page, in a browser that has nothing of it yet, beside one to an empty page."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Browser, CDPSession, sync_playwright

from bench.served import ROOT, served

PAGES = ("tensors", "requires_grad", "computation_graph", "training_loop", "nn_module", "ffn_scale")
VISITS = 5
WANTED = 1.5
DRAWN = ".stApp[data-test-script-state=notRunning] h1"
"""A page whose script has run to its end, and whose title is drawn."""


class Visited(NamedTuple):
    """How long it took until the page was drawn, and how many bytes travelled."""

    seconds: float
    bytes: int


def visits() -> None:
    """Print the ratios to an empty page, visited in turn on the same machine."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    empty = served(ROOT / "bench" / "empty_page.py")
    with served() as app, empty as bare, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for page in PAGES:
            _visit(browser, f"{app.address}/{page}")  # the server itself imports what a page needs
            pairs = [
                (_visit(browser, f"{app.address}/{page}"), _visit(browser, bare.address))
                for _ in range(VISITS)
            ]
            _say(page, [one for one, _ in pairs], [one for _, one in pairs])
        browser.close()


def _visit(browser: Browser, address: str) -> Visited:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    travelled = _counting(page.context.new_cdp_session(page))
    start = time.perf_counter()
    page.goto(f"http://{address}")
    page.wait_for_selector(DRAWN)
    seconds = time.perf_counter() - start
    found = Visited(seconds, travelled())
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


def _say(page: str, ours: list[Visited], empty: list[Visited]) -> None:
    ratios = [a.seconds / b.seconds for a, b in zip(ours, empty, strict=True)]
    sent = [statistics.median(one.bytes for one in every) / 1e6 for every in (ours, empty)]
    print(
        f"a first visit to {page}: {statistics.median(ratios):.2f} × an empty page "
        f"({min(ratios):.2f} to {max(ratios):.2f}, {VISITS} pairs; {WANTED} wanted), "
        f"{statistics.median(one.seconds for one in ours):.2f} s; "
        f"{sent[0]:.2f} MB travel, {sent[1]:.2f} for the empty one",
        flush=True,
    )
