"""``python -m tests.browser.axe [WORDS]``: what axe-core finds on every page, light and dark.

Of those whose title has one of the WORDS, or of all: the sections of the path, what deepens them,
and the pages beside it. Text that is drawn, which axe does not look at, is measured beside it: its
colour against what is behind it on the screen.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from groundup.course import path
from groundup.ui.course.opening import Link, link_to
from tests.browser.server import ROOT, serve

SOURCE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LEAST = 4.5
"""The contrast that text needs."""
AROUND = 2
"""How many pixels around a text are looked at too: a letter may fill its own box."""

STREAMLITS: dict[str, str] = {}
"""What of Streamlit's own is left out, by its selector, with the reason."""

QUIET = ".stApp[data-test-script-state=notRunning]"

_RUN = """async without => {
  const rules = { "target-size": { enabled: true } }
  const said = await axe.run({ exclude: without }, { resultTypes: ["violations"], rules })
  return said.violations
    .filter(({ impact }) => impact !== "minor")
    .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => {
      return `${id}: ${target.flat().join(" » ").slice(-160)} ${html.slice(0, 160)}`
    }))
}"""

_DRAWN = """() => {
  const all = (root, found = []) => {
    for (const one of root.querySelectorAll("*")) {
      found.push(one)
      if (one.shadowRoot) all(one.shadowRoot, found)
    }
    return found
  }
  const opacity = node => {
    let through = 1
    for (; node && node.nodeType !== 9; node = node.parentNode ?? node.host)
      if (node.nodeType === 1) through *= Number(getComputedStyle(node).opacity)
    return through
  }
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  const read = colour => {
    pen.clearRect(0, 0, 1, 1)
    pen.fillStyle = colour
    pen.fillRect(0, 0, 1, 1)
    return [...pen.getImageData(0, 0, 1, 1).data]
  }
  const look = one => {
    const { left, top, width, height } = one.getBoundingClientRect()
    const { fill, fillOpacity, fontSize } = getComputedStyle(one)
    const [red, green, blue, alpha] = read(fill)
    const through = opacity(one) * Number(fillOpacity) * (alpha / 255)
    return { said: one.textContent.trim(), box: [left, top, width, height], through, fontSize,
      colour: [red, green, blue] }
  }
  return all(document)
    .filter(one => one.matches("text") && one.textContent.trim() && one.checkVisibility())
    .map(look)
    .filter(({ box: [left, top, width, height], through }) =>
      through > 0.05 && width > 1 && left >= 0 && top >= 0 && left + width <= innerWidth
      && top + height <= innerHeight)
}"""


class Place(NamedTuple):
    """A page to look at: its address without the server, and what the browser's tab calls it."""

    link: str
    title: str


def sections() -> list[Place]:
    """Every section of the path."""
    return [
        Place(_address(one.page, link_to(one)), f"{one.id} {one.name}") for one in path.sections()
    ]


def places() -> list[Place]:
    """Every section of the path, what deepens them, and the pages beside it."""
    beside = [one for chapter in path.chapters() for one in chapter.deeper]
    deeper = [Place(_address(one.page, link_to(one)), one.name) for one in beside]
    others = [Place(f"/{link}", title) for link, title in _BESIDE.items()]
    # Two that stand on one page in one place are looked at once, under the name of the first.
    first = {one.link: one for one in reversed([*sections(), *deeper, *others])}
    return list(first.values())[::-1]


_BESIDE = {
    "": "Start here",
    "your_code": "Your code",
    "review": "Review",
    "finish": "Finish",
    "words": "Words",
    "room": "Room",
    "teach": "Teach",
    "teach?notes=tensor-to-ffn&plan_moment=2": "Teach",
    "tensors?plan=tensor-to-ffn&plan_moment=3": "1.3 Stretched shapes",
    "tensors?section=1.2&task=fit-product": "1.2 Shapes that fit",
    "training_loop?section=4.2&present=on": "4.2 The five steps",
}


def _address(page: str, link: Link) -> str:
    return f"/{page}?{urlencode(link, doseq=True)}"


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SOURCE.read_text("utf-8"))
    return [*page.evaluate(_RUN, list(STREAMLITS)), *pale(page)]


def pale(page: Page) -> list[str]:
    """The drawn texts whose contrast is too small, as their pixels say."""
    drawn = page.evaluate(_DRAWN)
    if not drawn:
        return []
    screen = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    found = ((one, _contrast(one, screen)) for one in drawn)
    return [f"drawn: “{one['said']}” {ratio:.2f}" for one, ratio in found if ratio < LEAST]


def _contrast(one: dict[str, Any], screen: np.ndarray) -> float:
    """Of a drawn text: its colour against the colour that is most of what is behind it."""
    left, top, width, height = (round(side) for side in one["box"])
    around = slice(max(top - AROUND, 0), top + height + AROUND)
    pixels = screen[around, max(left - AROUND, 0) : left + width + AROUND].reshape(-1, 3)
    colours, counts = np.unique(pixels, axis=0, return_counts=True)
    behind = colours[counts.argmax()].astype(float)
    through = float(one["through"])
    ink = through * np.array(one["colour"], float) + (1 - through) * behind
    bright, dark = sorted((_luminance(ink), _luminance(behind)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: np.ndarray) -> float:
    part = colour / 255
    linear = np.where(part <= 0.03928, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def opened(page: Page, server: str, place: Place) -> None:
    """Go there, and wait until all is drawn; within the app without loading it anew.

    But for the graph's page: it puts its program into its own address, so that an entry of the
    history that holds none is one that no browser has.
    """
    if page.url.startswith(server) and not place.link.startswith("/computation_graph"):
        page.evaluate(_GO, place.link)
    else:
        page.goto(server + place.link)
    expect(page).to_have_title(f"{place.title} · groundup", timeout=120_000)
    drawn(page)


def drawn(page: Page) -> None:
    """Wait until every part of the page is there, and nothing more comes."""
    page.wait_for_selector("h1")
    page.wait_for_selector(QUIET)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=120_000)
    page.wait_for_function(_STILL, polling=200)


_GO = """link => {
  history.pushState({}, "", link)
  dispatchEvent(new PopStateEvent("popstate"))
}"""

_STILL = """() => {
  const now = document.querySelectorAll("*").length
  const was = window.drawnBefore
  window.drawnBefore = now
  return was === now
}"""


def _looked(page: Page, server: str, words: list[str]) -> int:
    count = 0
    for place in places():
        if words and not any(word in place.title for word in words):
            continue
        opened(page, server, place)
        found = faults(page)
        count += len(found)
        print(place.title, *(found or ["nothing"]), sep="\n  ", flush=True)
    return count


def main(words: list[str]) -> int:
    """Look at the pages, light and dark, and say what is found; 1 where anything is."""
    from tests.browser.conftest import ARGUMENTS, CHROMIUM  # noqa: PLC0415

    count = 0
    log = Path(tempfile.mkdtemp()) / "log.txt"
    with serve(log) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for scheme in ("dark", "light"):
            print(f"== {scheme}")
            page = browser.new_page(viewport={"width": 1280, "height": 1000}, color_scheme=scheme)
            page.set_default_timeout(120_000)
            count += _looked(page, server, words)
            page.close()
        browser.close()
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
