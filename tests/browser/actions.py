"""What a learner does in a browser, and reads there: for every page's tests."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect


def link(page: str, **settings: object) -> str:
    """The address of ``page`` with ``settings`` in force."""
    return f"/{page}?{urlencode(settings)}"


def link_here(page: Page) -> str:
    """The address the browser shows, without the server: what a learner would send."""
    return "/" + page.url.split("/", 3)[3]


def parts(whole: Locator, inner: str, read: str) -> list[Any]:
    """What the JavaScript ``read`` says of every ``inner`` of ``whole``, all in one moment.

    ``evaluate_all`` finds and then reads: a redraw between the two leaves it with elements that are
    no longer on the page, and have no size and no colour.
    """
    read_all = f"(whole, inner) => [...whole.querySelectorAll(inner)].map({read})"
    return whole.evaluate(read_all, inner)


def styles(whole: Locator, inner: str, name: str) -> list[str]:
    """The computed style ``name`` of every ``inner`` of ``whole``."""
    return parts(whole, inner, f"element => getComputedStyle(element).{name}")


def press(page: Page, name: str) -> None:
    """Press the first button whose name matches ``name``."""
    page.get_by_role("button", name=re.compile(name)).first.click()


def open_settings(page: Page) -> None:
    """Open the sidebar's *Settings*, and let them come to rest.

    They unfold for half a second: a press in between can begin on a control and end beside it.
    """
    settings = page.locator(".stSidebar .stExpander", has_text="Settings")
    settings.get_by_text("Settings", exact=True).click()
    at_rest = (
        "whole => !whole.getAnimations({ subtree: true }).some(one => one.playState === 'running')"
    )
    expect(settings.locator("details[open]")).to_be_attached()
    page.wait_for_function(at_rest, arg=settings.element_handle())


def player_part(page: Page, name: str) -> Locator:
    """The part ``name`` of the page's player.

    A press that interrupts a run of the page takes the player off it, and the next run brings it
    again; for a moment both are there, the one that is meant last.
    """
    return page.locator(name).last


def readout(page: Page, name: str) -> Locator:
    """The number that the player shows for ``name``."""
    return player_part(page, f".readouts dd[data-name='{name}']")


def epoch(page: Page) -> int:
    """The epoch before whose step the player stands; not for the place after the last one."""
    return int(readout(page, "epoch").inner_text())


def number(page: Page, name: str) -> str:
    """The player's number for ``name`` as Python writes it: a hyphen for the minus sign."""
    return readout(page, name).inner_text().replace("−", "-")


def train(page: Page, key: str = "train") -> None:
    """Press the Train button under ``key`` and wait until the player moves."""
    page.locator(f".st-key-{key} button").click()
    expect(player_part(page, ".scrub")).not_to_have_value("0")


def to_the_end(page: Page) -> None:
    """Play at the highest speed until the run is over."""
    player_part(page, ".speed select").select_option("500")
    # A long run is computed while it plays; a busy machine takes its time.
    expect(player_part(page, ".play")).to_have_text("↻ Replay", timeout=60_000)
    expect(page.locator(".readouts")).to_have_count(1)


def drawn_places(line: Locator, count: int) -> str:
    """Wait until the polyline ``line`` has ``count`` places, and return them.

    A player that is fed another run begins anew: its line is empty for a moment.
    """
    expect(line).to_have_attribute("points", re.compile(rf"^\s*(\S+\s+){{{count - 1}}}\S+\s*$"))
    return line.get_attribute("points") or ""


def taken_home(page: Page, folder: Path) -> str:
    """What the script under *Take home* prints, saved in ``folder`` and run by a fresh Python."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Code (.py)").first.click()
    file = folder / "taken.py"
    waiting.value.save_as(file)
    done = subprocess.run([sys.executable, file], capture_output=True, text=True, check=True)
    return done.stdout
