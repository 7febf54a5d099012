"""A plan is turned by keys, its clock runs, and a page is printed whole."""

import re

from playwright.sync_api import expect

from groundup.course.plans import plan


def moment(page, at):
    return page.locator(".st-key-plan_strip").get_by_text(f"Moment {at} of", exact=False)


def turn(page, key):
    """Press ``key`` once the page hears it."""
    expect(page.locator(f"[aria-keyshortcuts='{key}']")).to_be_attached()
    page.keyboard.press(key)


def test_the_keys_turn_the_moments_show_the_notes_and_leave_fields_alone(open_page):
    page = open_page("/tensors?plan=tensor-to-ffn&plan_moment=2")
    expect(moment(page, 2)).to_be_visible()
    expect(page.locator(".course-ask")).to_be_visible()
    turn(page, "PageDown")
    expect(moment(page, 3)).to_be_visible()
    page.wait_for_url("**plan_moment=3*")
    field = page.get_by_label("Shape of a", exact=True)
    expect(field).to_have_value("5")
    field.focus()
    page.keyboard.press("PageDown")
    page.locator("h1").click()
    turn(page, "PageUp")
    expect(moment(page, 2)).to_be_visible()
    expect(field).to_have_value("2,3")
    page.keyboard.press("n")
    notes = page.get_by_role("dialog")
    expect(notes).to_contain_text(plan("tensor-to-ffn").moments[1].say)
    notes.get_by_role("button", name="Start the clock").click()
    expect(notes.locator(".moment")).to_have_text(re.compile(r"0:\d\d of 8 min"))
    page.keyboard.press("Escape")
    expect(notes).to_be_hidden()
    # On the page of the notes the clock of this browser goes on.
    page.goto(page.url.split("/tensors")[0] + "/teach?notes=tensor-to-ffn&plan_moment=2")
    expect(page.get_by_role("button", name="Clear the clock")).to_be_visible()
    turn(page, "PageDown")
    expect(page.locator(".notes-head")).to_contain_text("3 of 11: 1.3")
    expect(page.locator(".moment")).to_have_text(re.compile(r"0:\d\d of 6 min"))
    page.wait_for_url("**plan_moment=3")


def test_a_page_on_paper_has_its_whole_code_and_nothing_to_press(open_page):
    page = open_page("/training_loop?section=4.2", dark=True)
    lines = page.locator(".line")
    expect(lines.last).to_be_attached()
    expect(page.locator(".course-ask")).to_be_visible()
    page.set_viewport_size({"width": 680, "height": 960})
    page.emulate_media(media="print")
    for gone in (".stSidebar", ".st-key-course_dock", ".stAppHeader", ".bar"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    for one in (lines.first, lines.last):
        assert one.evaluate(SHOWN)
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    assert page.locator("h1").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"


SHOWN = """line => {
  const { left, right, top, bottom } = line.getBoundingClientRect()
  const height = document.documentElement.scrollHeight
  return left >= 0 && right <= innerWidth && bottom - top > 10 && bottom + scrollY <= height
}"""
