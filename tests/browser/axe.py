"""``python -m tests.browser.axe [WORDS]``: what axe-core finds on every page, light and dark.

Of all, or of those whose title or link has one of the WORDS: the sections of the path, what deepens
them and the pages beside it, each in several states; states that take more than a few presses; a
room with a phone in it; and what is taken away as a file. All is pressed by keys: where no key
comes, or where the focus is lost, that is said too. ``--phone`` makes the window a phone's,
``--scheme dark`` leaves the other scheme out.
"""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from groundup.course import path
from groundup.ui.course.opening import Link, link_to
from tests.browser import driven
from tests.browser.barriers import faults
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.server import serve
from tests.browser.states import Hands, New, Visit, drawn, walk

WIDE, PHONE = (1280, 1000), (390, 844)
Scheme = Literal["dark", "light"]


class Place(NamedTuple):
    """A page to look at: its address without the server, and what the browser's tab calls it."""

    link: str
    title: str


def sections() -> list[Place]:
    """Every section of the path."""
    return [
        Place(_address(one.page, link_to(one)), f"{one.id} {one.name}") for one in path.sections()
    ]


def deeper(chapter: path.Chapter) -> list[Place]:
    """What deepens the sections of ``chapter``; a whole page stands among those beside the path."""
    links = [(one, link_to(one)) for one in chapter.deeper]
    return [Place(_address(one.page, link), one.name) for one, link in links if link]


def beside() -> list[Place]:
    """The pages beside the path, and sections in another state than their own."""
    return [Place(f"/{link}", title) for link, title in _BESIDE.items()]


def places() -> list[Place]:
    """Every section of the path, what deepens them, and the pages beside it."""
    deepening = [one for chapter in path.chapters() for one in deeper(chapter)]
    # Two that stand on one page in one place are looked at once, under the name of the first.
    first = {one.link: one for one in reversed([*sections(), *deepening, *beside()])}
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


_GO = """link => {
  history.pushState({}, "", link)
  dispatchEvent(new PopStateEvent("popstate"))
}"""


def visits(server: str, new: New) -> Iterator[tuple[str, Visit]]:
    """All that is to be looked at, by name; each begins with ``new`` hands."""
    for place in places():
        yield f"{place.title} {place.link}", _at_place(place, server, new)
    for one in driven.JOURNEYS:
        yield one.link, driven.went(one, server, new)
    yield "a class", driven.a_class(server, new)
    yield "taken away", driven.files(server, new, Path(tempfile.mkdtemp()))


def _at_place(place: Place, server: str, new: New) -> Visit:
    hands = new()
    opened(hands.page, server, place)
    for state in walk(hands):
        yield state, hands


class Looks:
    """What was looked at, and what was found."""

    def __init__(self) -> None:
        self.states = self.found = 0

    def all_of(self, visit: Visit) -> None:
        """Look at every state of the visit; where it comes no further, that is found too."""
        try:
            for state, hands in visit:
                self.states += 1
                self._say(f"  {state}", [*faults(hands.page), *hands.held_up])
                hands.held_up.clear()
        except (Error, AssertionError) as stopped:
            self._say("  then", [f"it came no further: {str(stopped)[:300]}"])

    def _say(self, state: str, found: list[str]) -> None:
        self.found += len(found)
        print(state, *found, sep="\n      ", flush=True)


def main(words: list[str]) -> int:
    """Look at the pages and say what is found; 1 where anything is."""
    asked = _asked(words)
    looks = Looks()
    log = Path(tempfile.mkdtemp()) / "log.txt"
    with serve(log) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for scheme in asked.scheme or ("dark", "light"):
            print(f"== {scheme}")
            _look(browser, server, looks, scheme, asked)
        browser.close()
    print(f"{looks.states} states, {looks.found} found")
    return int(looks.found > 0)


def _look(browser: Browser, server: str, looks: Looks, scheme: Scheme, asked: Namespace) -> None:
    pages: list[Page] = []

    def new() -> Hands:
        width, height = PHONE if asked.phone else WIDE
        window = {"width": width, "height": height}
        pages.append(browser.new_page(viewport=window, color_scheme=scheme))
        pages[-1].set_default_timeout(60_000)
        return Hands(pages[-1])

    for name, visit in visits(server, new):
        if not asked.words or any(word in name for word in asked.words):
            print(name, flush=True)
            looks.all_of(visit)
        while pages:
            pages.pop().close()


def _asked(words: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m tests.browser.axe", description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--phone", action="store_true")
    parser.add_argument("--scheme", action="append", choices=("dark", "light"))
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
