"""A file of one page, opened from the disk in either browser, and used as a reader would."""

from __future__ import annotations

from typing import Any, Protocol

from playwright.sync_api import Page

PARTS = "[...document.querySelectorAll('.part')].map(part => part.shadowRoot)"
TEXT = f"""css => {PARTS}.flatMap(root => [...root.querySelectorAll(css)])
  .map(one => one.textContent.trim())"""
PLACE = f"""css => {{
  const found = {PARTS}.map(root => root.querySelector(css)).find(Boolean)
  if (!found) return null
  found.scrollIntoView({{ block: "nearest" }})
  const {{ left, top, width, height }} = found.getBoundingClientRect()
  return width && [left + width / 2, top + height / 2]
}}"""
SLIDE = f"""([css, value]) => {{
  const slider = {PARTS}.map(root => root.querySelector(css)).find(Boolean)
  slider.value = value
  slider.dispatchEvent(new Event("input", {{ bubbles: true }}))
}}"""

CODE = f"""() => {PARTS}.flatMap(root => [...root.querySelectorAll(".lines .line")])
  .map(line => [...line.children].slice(1).map(one => one.textContent).join("")).join("\\n")"""


class Window(Protocol):
    """What both browsers' windows can do."""

    errors: Any
    requests: Any

    def goto(self, address: str) -> object: ...
    def evaluate(self, function: str, arg: object = None) -> Any: ...
    def wait_for(self, function: str, arg: object = None) -> Any: ...
    def click(self, x: float, y: float) -> None: ...
    def close(self) -> None: ...


class ChromiumWindow:
    """A page of Playwright's, as a :class:`Window`."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.goto, self.evaluate, self.click = page.goto, page.evaluate, page.mouse.click
        self.close = page.close
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))
        page.on("request", lambda asked: self.requests.append(asked.url))

    def wait_for(self, function: str, arg: object = None) -> Any:
        return self._page.wait_for_function(function, arg=arg).json_value()


class Opened:
    """The parts of a file in a window."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def texts(self, css: str) -> list[str]:
        """The texts of all that ``css`` finds."""
        found: list[str] = self.window.evaluate(TEXT, css)
        return found

    def code(self) -> str:
        """The code, as it stands there."""
        return f"{self.window.evaluate(CODE)}\n"

    def place(self, css: str) -> list[float]:
        """Where in the window the middle of the first is that ``css`` finds."""
        place: list[float] = self.window.wait_for(PLACE, css)
        return place

    def press(self, css: str) -> None:
        """Press the first that ``css`` finds, where it is seen."""
        self.window.click(*self.place(css))

    def slide(self, css: str, value: int) -> None:
        self.window.evaluate(SLIDE, [css, str(value)])

    def becomes(self, css: str, text: str) -> None:
        """Wait until one of those that ``css`` finds reads ``text``."""
        same = f"([css, text]) => ({TEXT})(css).includes(text)"
        self.window.wait_for(same, [css, text])

    def changes(self, css: str, text: str) -> str:
        """What the first that ``css`` finds reads, as soon as that is not ``text``."""
        other = f"([css, text]) => (({TEXT})(css)[0] ?? text) !== text"
        self.window.wait_for(other, [css, text])
        return self.texts(css)[0]
