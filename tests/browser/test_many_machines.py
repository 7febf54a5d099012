"""Workers that a browser started: the picture of their steps, and a tab that is closed."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from groundup.workers.launcher import CHILD
from tests.waiting import wait_until


def starters():
    """The processes that start workers for a server; other tests start some of their own."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(CHILD) in place.read_text("utf-8") and is_of_a_server(place.parent):
                found.append(place.parent.name)
        except OSError:
            continue  # it has just ended
    return found


def is_of_a_server(process):
    parent = (process / "stat").read_text("utf-8").rpartition(")")[2].split()[1]
    return "streamlit" in Path(f"/proc/{parent}/cmdline").read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")
def test_workers_are_seen_step_by_step_and_end_with_the_tab(open_page):
    page = open_page("/ffn_scale?scale=Many+machines")
    page.get_by_role("button", name="Start 2 workers").click()
    said = page.locator(".reduce .said")
    expect(said).to_contain_text("Step 1. Every worker has the same line", timeout=90_000)
    onward = page.get_by_role("button", name="Next ▶")
    for words in ("its own gradient", "Every worker gets the same mean", "are equal again"):
        onward.click()
        expect(said).to_contain_text(words)
    boxes = page.locator(".reduce .frame.now + .numbers").all_text_contents()
    assert len(boxes) == 2
    assert len(set(boxes)) == 1
    page.get_by_role("slider", name="The moment of the run").press("End")
    expect(onward).to_be_disabled()
    assert starters() == []

    page.get_by_role("button", name="Measure it on this server").click()
    wait_until(starters)
    page.close()
    wait_until(lambda: not starters())
