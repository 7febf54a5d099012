"""What axe-core finds wrong with a page as it stands, and drawn text that is too pale.

Such text axe does not look at: its colour is measured against what is behind it on the screen.
"""

from __future__ import annotations

import io
import os
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from tests.browser.places import ALL
from tests.browser.server import ROOT

SOURCE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LEAST = 4.5
"""The contrast that text needs."""
AGAIN = 500
"""After how many milliseconds a page is looked at again on which something was found."""
AROUND = 2
"""How many pixels around a text are looked at too: a letter may fill its own box."""

STREAMLITS = {("region", "#stFloatingOverlayPortal")}
"""What of Streamlit's own is no fault of ours, by rule and place: what it lays over a page has no
landmark. What is in it is looked at."""

_RUN = """async theirs => {
  const rules = { "target-size": { enabled: true } }
  const dock = document.querySelector(".st-key-course_dock")
  // Behind the dock it has no room: one scrolls to it.
  const isCovered = ({ id, target }) => {
    const one = id === "target-size" && document.querySelector(target.flat()[0])
    if (!one || !dock || dock.contains(one)) return false
    return one.getBoundingClientRect().bottom > dock.getBoundingClientRect().top
  }
  const said = await axe.run(document, { resultTypes: ["violations"], rules })
  return said.violations
    .filter(({ impact }) => impact !== "minor")
    .flatMap(({ id, nodes }) => nodes.map(node => ({ id, ...node })))
    .filter(node => !isCovered(node))
    .filter(({ id, target }) =>
      !theirs.some(([rule, css]) => rule === id && target.flat().join() === css))
    .map(({ id, target, html, any, all, none }) => {
      const why = [...any, ...all, ...none].map(({ message }) => message).join("; ")
      return `${id}: ${target.flat().join(" » ").slice(-120)} ${html.slice(0, 120)} (${why})`
    })
}"""

# As for who comes by Tab: what scrolls is a stop of it from then on.
# Streamlit counts a key as held until it is let go.
_TAB = """() => ["keydown", "keyup"].forEach(type => document.body.dispatchEvent(
  new KeyboardEvent(type, { key: "Tab", code: "Tab", bubbles: true, composed: true })))"""

_DRAWN = (
    f"() => {{{ALL}"
    + """
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
  // What lies over it, as the dock does, is not what it is read on.
  const isOnTop = ({ left, top, width, height }, one) => {
    const hit = document.elementFromPoint(left + width / 2, top + height / 2)
    let node = one
    while (node.getRootNode() !== document) node = node.getRootNode().host
    const whole = ".stElementContainer"
    return !hit || hit.closest(whole) === node.closest(whole)
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
    .filter(one => isOnTop(one.getBoundingClientRect(), one))
    .map(look)
    .filter(({ box: [left, top, width, height], through }) =>
      through > 0.05 && width > 1 && left >= 0 && top >= 0 && left + width <= innerWidth
      && top + height <= innerHeight)
}"""
)


def none_stand_on(page: Page) -> None:
    """Fail where something is wrong with the page; skip that without axe-core, but not in CI."""
    if SOURCE.exists() or os.environ.get("CI") == "true":
        found = faults(page)
        assert not found, found


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands, and is so when it is looked at again.

    What comes in, or is played, passes through colours that nobody reads.
    """
    if not (found := _faults(page)):
        return []
    page.wait_for_timeout(AGAIN)
    return [one for one in _faults(page) if one in found]


def _faults(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SOURCE.read_text("utf-8"))
    page.evaluate(_TAB)
    return [*page.evaluate(_RUN, [list(one) for one in STREAMLITS]), *pale(page)]


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
