"""What is on the screen in each section of the path, at each size of a window, and how large its
type is drawn. ``python -m tests.browser.measures`` prints it as a table; names of sections after it
(``4.2 5.6``) print those alone.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Page, expect, sync_playwright

from groundup.course import path
from groundup.course.path import Section
from groundup.ui.course.opening import link_to
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.server import serve

Size = tuple[int, int]

WINDOWS: tuple[Size, ...] = ((1280, 720), (1440, 900), (1024, 576), (853, 480), (390, 844))
"""A laptop, a larger one, a projector of old, a laptop at 150 % zoom, and a phone."""

ROOMS: tuple[Size, ...] = ((1280, 720), (1920, 1080))
"""The projectors that Present is for."""

QUIET = ".stApp[data-test-script-state=notRunning]:not(:has([data-testid=stSkeleton]))"
"""A page that is whole: its run is over, and no placeholder is left."""

_MEASURE = Path(__file__).with_name("measures.js").read_text()
_DRAWN = """() => {
  const holds = (one, css) => one.querySelector(css) || one.shadowRoot?.querySelector(css)
  const every = (css, drawn) => [...document.querySelectorAll(css)].every(one => holds(one, drawn))
  const parts = document.querySelectorAll(".stMain :is(.stBidiComponent *, .stPlotlyChart)")
  const drawn = ".panels, .stage, .line, .block svg, .main-svg"
  return [...parts].some(one => holds(one, drawn)) &&
    every(".stPlotlyChart", ".main-svg") && every(".stGraphVizChart", "svg text") &&
    !document.querySelector("[data-testid=stSkeleton]")
}"""
_STILL = """() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 40)))"""


class Measure(NamedTuple):
    """What one window shows of one section; places in px from the window's head, None if absent.

    Attributes:
        section: the section's id.
        presents: whether it is shown to a room.
        window: the window's width and height.
        type: the smallest type on the page beside the dock, as it is painted.
        of: which element that is, and its text.
        picture: the head of the picture.
        picture_foot: its foot.
        bar: the foot of the play bar.
        run: the foot of the button that begins its run.
        code: the head of the code's first line.
        code_foot: the foot of the code's panel.
        letters: how many letters of a line of code are in sight.
        dock: where the window ends for what is above the dock.
        wide: by how much the page is wider than the window.
    """

    section: str
    presents: bool
    window: Size
    type: float
    of: str
    picture: int | None
    picture_foot: int | None
    bar: int | None
    run: int | None
    code: int | None
    code_foot: int | None
    letters: int | None
    dock: int
    wide: int


def measures(
    page: Page,
    server: str,
    sections: Iterable[Section] = path.sections(),
    *,
    windows: Iterable[Size] = WINDOWS,
) -> Iterator[Measure]:
    """Open each section once, and measure it in every one of the ``windows``."""
    windows = tuple(windows)
    for section in sections:
        _resize(page, windows[0])
        _open(page, server, section)
        yield from _in_windows(page, section, windows, presents=False)


def to_room(page: Page, section: Section, rooms: Iterable[Size]) -> Iterator[Measure]:
    """Show ``section``, which is open, to a room by the key for it, and measure it in ``rooms``."""
    _resize(page, WINDOWS[0])
    page.keyboard.press("p")
    page.wait_for_selector(".view-present", state="attached")
    _wait_until_drawn(page)
    yield from _in_windows(page, section, rooms, presents=True)


def on_page_and_to_room(page: Page, server: str, sections: Iterable[Section]) -> Iterator[Measure]:
    """Each section in one visit: in every window, then to every room."""
    for section in sections:
        yield from measures(page, server, [section])
        yield from to_room(page, section, ROOMS)


def _in_windows(
    page: Page, section: Section, windows: Iterable[Size], *, presents: bool
) -> Iterator[Measure]:
    for window in windows:
        _resize(page, window)
        yield Measure(section.id, presents, window, **settled(page))


def _resize(page: Page, window: Size) -> None:
    width, height = window
    page.set_viewport_size({"width": width, "height": height})


def _open(page: Page, server: str, section: Section) -> None:
    page.goto(f"{server}/{section.page}?{urlencode(link_to(section), doseq=True)}")
    # The first visit to a server imports torch.
    page.wait_for_selector("h1", timeout=60_000)
    # The dock comes last; in a room it is hidden.
    expect(page.locator(".course-ask").first).to_be_attached()
    _wait_until_drawn(page)


def _wait_until_drawn(page: Page) -> None:
    page.wait_for_selector(QUIET)
    page.wait_for_function(_DRAWN)


def settled(page: Page) -> dict[str, Any]:
    """What is measured of the page, once two looks at it find the same."""
    last = None
    while last != (now := page.evaluate(_MEASURE)):
        last = now
        page.evaluate(_STILL)
    return dict(now)


HEAD = ("section", "window", "type", "picture", "bar", "run", "code", "letters", "dock", "smallest")


def row(one: Measure) -> tuple[str, ...]:
    """A measure as a row of the table under ``HEAD``."""
    width, height = one.window
    return (
        one.section + (" Present" if one.presents else ""),
        f"{width} × {height}",
        f"{one.type:g}",
        _span(one.picture, one.picture_foot),
        _said(one.bar),
        _said(one.run),
        _span(one.code, one.code_foot),
        _said(one.letters),
        _said(one.dock),
        f"`{one.of}`",
    )


def _span(top: int | None, foot: int | None) -> str:
    return "–" if top is None else f"{top} to {foot}"


def _said(number: int | None) -> str:
    return "–" if number is None else str(number)


def _table(found: Iterable[Measure]) -> Iterator[str]:
    yield "| " + " | ".join(HEAD) + " |"
    yield "|---" * len(HEAD) + "|"
    for one in found:
        yield "| " + " | ".join(row(one)) + " |"


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("section", nargs="*", help="the sections to measure; all, if none is named")
    named = asked.parse_args().section
    sections = [one for one in path.sections() if not named or one.id in named]
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder) / "log.txt") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        page = browser.new_page()
        found = on_page_and_to_room(page, server, sections)
        for line in _table(found):
            print(line, flush=True)
        browser.close()


if __name__ == "__main__":
    main()
