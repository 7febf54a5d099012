"""What a page is brought into before axe looks at it: by keys alone, as who uses no mouse does it.

On every page what is folded away is opened, its question is answered, what runs is run and stepped
through. What a page comes to only by more than that stands in the table ``tests.browser.driven``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Locator, Page, TimeoutError, expect

QUIET = ".stApp[data-test-script-state=notRunning]"
PATIENCE = 90_000
SOON = 2_500

_FOCUS = """() => {
  const one = document.activeElement
  return Boolean(one) && one !== document.body && one !== document.documentElement
}"""

_NAME = "one => (one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 60)"

_STILL = """() => {
  const now = document.querySelectorAll("*").length
  const was = window.drawnBefore
  window.drawnBefore = now
  return was === now
}"""


def drawn(page: Page) -> None:
    """Wait until every part of the page is there, and nothing more comes."""
    page.wait_for_selector("h1, h2", state="attached")
    if page.locator(".stApp").count():
        page.wait_for_selector(QUIET)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=120_000)
    page.wait_for_function(_STILL, polling=200)


class Hands:
    """Who uses a page by its keys, and notes where they do not get on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held_up: list[str] = []

    def press(self, control: Locator, key: str = "Enter") -> None:
        """Come to ``control`` and press it; what has the focus then is somewhere on the page."""
        name = control.evaluate(_NAME)
        control.focus()
        self._notes(f"no key comes to “{name}”")
        self.page.keyboard.press(key)
        self.page.wait_for_timeout(100)
        drawn(self.page)
        self._notes(f"the focus is lost by “{name}”")

    def _notes(self, said: str) -> None:
        """Note that the focus is nowhere, and stays so: what takes its place may come in first."""
        try:
            self.page.wait_for_function(_FOCUS, timeout=SOON)
        except TimeoutError:
            if said not in self.held_up:
                self.held_up.append(said)

    def close(self, name: str) -> None:
        """Close what lies over the page, by Escape."""
        self.page.keyboard.press("Escape")
        drawn(self.page)
        self._notes(f"the focus is lost by {name}")


Press = Callable[[Hands], None]
New = Callable[[], Hands]
"""Gives a fresh visitor."""

Visit = Iterator[tuple[str, Hands]]
"""A page brought from state to state: what each is called, and in whose hands it is."""


def at(css: str, key: str = "Enter", text: str = "", nth: int = -1) -> Press:
    """Press ``key`` at the last, or ``nth``, of what ``css`` finds, with ``text`` in it."""

    def press(hands: Hands) -> None:
        named = re.compile(text)
        found = hands.page.locator(css).filter(has_text=named, visible=True)
        expect(found.nth(nth)).to_be_visible(timeout=PATIENCE)
        hands.press(found.nth(nth), key)

    return press


def button(name: str, nth: int = 0) -> Press:
    """Press the button whose name matches ``name``."""

    def press(hands: Hands) -> None:
        found = hands.page.get_by_role("button", name=re.compile(name)).nth(nth)
        expect(found).to_be_visible(timeout=PATIENCE)
        hands.press(found)

    return press


def keys(*names: str) -> Press:
    """Press keys where the focus is."""

    def press(hands: Hands) -> None:
        for name in names:
            hands.page.keyboard.press(name)
        drawn(hands.page)

    return press


def typed(css: str, text: str, then: str = "Enter") -> Press:
    """Write ``text`` into a field."""

    def write(hands: Hands) -> None:
        field = hands.page.locator(css).filter(visible=True).last
        expect(field).to_be_editable(timeout=PATIENCE)
        field.fill(text)
        field.press(then)
        hands.page.wait_for_timeout(200)
        drawn(hands.page)

    return write


def written(text: str, then: str = "Control+Enter") -> Press:
    """Write ``text`` into the editor, in the place of what is the learner's own there."""

    def write(hands: Hands) -> None:
        field = hands.page.locator(".editor textarea")
        expect(field).to_be_editable(timeout=PATIENCE)
        field.focus()
        hands.page.keyboard.press("Control+a")
        hands.page.keyboard.insert_text(text)
        hands.page.keyboard.press(then)
        hands.page.wait_for_timeout(700)
        drawn(hands.page)

    return write


def seen(css: str, text: str = "") -> Press:
    """Wait for what ``css`` finds, with ``text`` in it."""

    def wait(hands: Hands) -> None:
        found = hands.page.locator(css).filter(has_text=text)
        expect(found.last).to_be_visible(timeout=PATIENCE)
        drawn(hands.page)

    return wait


# What every page has


def walk(hands: Hands) -> Iterator[str]:
    """Bring the page that is open into its states, and say which it is in."""
    yield "as it stands"
    opened = [said for part in (_unfold, _answer) if (said := part(hands))]
    if opened:
        yield ", ".join(opened)
    yield from _popovers(hands)
    went = [said for part in (_run, _step) if (said := part(hands))]
    if went:
        yield ", ".join(went)


def _unfold(hands: Hands) -> str:
    shut = hands.page.locator("details:not([open]) > summary").filter(visible=True)
    count = shut.count()
    for _ in range(count):
        hands.press(shut.first)
    return f"{count} unfolded" if count else ""


def _answer(hands: Hands) -> str:
    choices = hands.page.locator("[class*=st-key-choice_] button").filter(visible=True)
    if not choices.count():
        return ""
    hands.press(choices.last)
    expect(hands.page.locator(".course-told")).to_be_visible(timeout=PATIENCE)
    return "answered"


def _popovers(hands: Hands) -> Iterator[str]:
    popovers = hands.page.locator(".stMain .stPopover button").filter(visible=True)
    for n in range(popovers.count()):
        name = popovers.nth(n).locator("p").inner_text()
        hands.press(popovers.nth(n))
        yield f"“{name}” open"
        hands.close(f"closing “{name}”")


_FIRST = ".stMain [data-testid^=stBaseButton-primary]:enabled:not(.st-key-course_dock *)"


def _run(hands: Hands) -> str:
    """What is to be pressed first, and a player."""
    pressed = []
    for css in (_FIRST, ".play:enabled"):
        found = hands.page.locator(css).filter(visible=True)
        if found.count():
            pressed.append(found.last.inner_text().split("\n")[-1])
            hands.press(found.last)
    return f"pressed {' and '.join(pressed)}" if pressed else ""


def _step(hands: Hands) -> str:
    opener = hands.page.get_by_role("button", name="Step through it").filter(visible=True)
    if not opener.count():
        return ""
    hands.press(opener.first)
    expect(hands.page.locator(".code .said").filter(visible=True).last).not_to_be_empty(
        timeout=PATIENCE
    )
    for name in ("ArrowRight", "ArrowRight", "ArrowDown", "End", "ArrowLeft"):
        hands.page.keyboard.press(name)
    for css in (".tabler", ".passes details:not([open]) summary"):
        found = hands.page.locator(css).filter(visible=True)
        if found.count():
            hands.press(found.last)
    return "stepped"
