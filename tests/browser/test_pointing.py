"""What a teacher points at in a room."""

from playwright.sync_api import expect

from tests.browser.measures import QUIET, settled


def _looks(one):
    return one.evaluate("e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).boxShadow]")


def _place(one):
    return one.evaluate("e => JSON.stringify(e.getBoundingClientRect())")


def test_in_a_room_what_one_points_at_is_lit_and_nothing_moves(open_page):
    page = open_page("/tensors?section=1.1&present=on")
    cells, lines = page.locator(".cell"), page.locator(".code .line")
    expect(cells.nth(5)).to_be_visible()
    expect(lines.nth(4)).to_be_visible()
    page.wait_for_selector(QUIET)
    settled(page)
    beside = [cells.nth(5), cells.nth(3), lines.nth(2), page.locator(".facts")]
    before = [_place(one) for one in beside]
    cells.nth(4).hover()
    expect(cells.nth(4)).to_have_css("scale", "1.25")
    expect(cells.nth(4)).to_have_css("outline-style", "solid")
    # By the keys too.
    cells.nth(4).click()
    page.keyboard.press("ArrowUp")
    expect(cells.nth(1)).to_be_focused()
    expect(cells.nth(1)).to_have_css("scale", "1.25")
    assert [_place(one) for one in beside] == before
    lines.nth(3).hover()
    expect(lines.nth(3)).to_have_css("outline-style", "solid")
    expect(lines.nth(3).locator(".number")).to_have_css("scale", "1.25")
    assert [_place(one) for one in beside] == before
    page.keyboard.press("Escape")
    expect(page.locator(".view-present")).to_have_count(0)
    lines.nth(3).hover()
    assert _looks(lines.nth(3)) == ["none", "none"]
