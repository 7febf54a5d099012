"""The app in real Chromium, as a measurement looks at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from bench.served import served

# A frame counts if what `name` says of the element that `what` finds differs from the last frame's.
# Panels are drawn anew now and then, so it is looked up in each.
_FRAMES = """async ({ what, name, seconds }) => {
  const roots = [...document.querySelectorAll("*")].map(e => e.shadowRoot).filter(Boolean)
  const root = roots.find(root => root.querySelector(what))
  const read = () => root.querySelector(what).getAttribute(name)
  let frames = 0, before = read(), last = performance.now(), longest = 0
  const start = last
  while (performance.now() - start < seconds * 1000) {
    await new Promise(requestAnimationFrame)
    const now = read()
    if (now !== before) {
      frames++
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }
    before = now
  }
  return [frames / ((performance.now() - start) / 1000), longest]
}"""


class Visit(NamedTuple):
    """A page of the running app, and the size in bytes of each message that it was sent."""

    address: str
    page: Page
    sent: list[int]

    def open(self, link: str, ready: str = ".play", settle: int = 1500) -> None:
        """Go to ``link``, wait for what ``ready`` finds, and ``settle`` ms more."""
        self.page.goto(f"http://{self.address}/{link}")
        self.page.locator(ready).first.wait_for()
        self.page.wait_for_timeout(settle)

    def frames(self, what: str, name: str, seconds: int) -> tuple[float, float]:
        """Painted frames a second in which the attribute changed, and the longest pause in ms."""
        found = self.page.evaluate(_FRAMES, {"what": what, "name": name, "seconds": seconds})
        return found[0], found[1]


@contextmanager
def visitor() -> Iterator[Visit]:
    """A server and a browser of their own, for the length of a measurement."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with served() as app, sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        page, sent = chromium.new_page(viewport={"width": 1280, "height": 720}), []
        page.on(
            "websocket", lambda socket: socket.on("framereceived", lambda f: sent.append(len(f)))
        )
        yield Visit(app.address, page, sent)
        chromium.close()
