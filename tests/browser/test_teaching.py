"""A plan is turned by keys, its clock runs, and a page is printed whole."""

import re

from playwright.sync_api import expect

from groundup.course.plans import plan
from tests.browser.actions import open_settings
from tests.browser.barriers import none_stand_on


def moment(page, at):
    return page.locator(".st-key-plan_strip").get_by_text(f"Moment {at} of", exact=False)


def turn(page, key):
    """Press ``key`` once the page hears it, and has come to rest."""
    expect(page.locator(".stApp[data-test-script-state=notRunning]")).to_be_attached()
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
    none_stand_on(page)
    page.keyboard.press("Escape")
    expect(notes).to_be_hidden()
    # On the page of the notes the clock of this browser goes on.
    page.goto(page.url.split("/tensors")[0] + "/teach?notes=tensor-to-ffn&plan_moment=2")
    expect(page.get_by_role("button", name="Clear the clock")).to_be_visible()
    turn(page, "PageDown")
    expect(page.locator(".notes-head")).to_contain_text("3 of 18: 1.3")
    expect(page.locator(".moment")).to_have_text(re.compile(r"0:\d\d of 6 min"))
    page.wait_for_url("**plan_moment=3")


def test_a_clicker_gives_a_moment_its_vote_its_answer_and_its_page(open_page):
    front = open_page("/room")
    front.get_by_role("button", name="Open a room").click()
    code = front.locator(".room-code").inner_text()
    learner = open_page(f"/room?join={code}", width=390, height=844)
    front.get_by_role("link", name="Back to the course").click()
    front.get_by_role("link", name="Teach", exact=True).click()
    front.get_by_role("link", name="Present", exact=True).first.click()
    expect(front.locator(".plan-aloud")).to_be_visible()
    expect(front.locator(".stSidebar")).to_be_hidden()
    asked = plan("tensor-to-ffn").moments[1].asked
    turn(front, "PageDown")
    expect(front.locator(".room-front h1")).to_have_text(asked.ask)
    learner.get_by_role("button", name="error").click()
    count = front.locator(".room-count")
    expect(count).to_have_text("1 of 1 answered")
    assert front.evaluate("document.querySelector('.stMain').scrollHeight <= innerHeight")
    front.keyboard.press("ArrowRight")
    expect(count).to_have_text("0 of 1 answered")
    front.keyboard.press("PageDown")
    expect(front.locator("li.right .room-bars > div")).to_have_text(["1", "0"])
    expect(front.locator(".room-output")).to_contain_text("shapes cannot be multiplied")
    expect(front.locator(".stMain .line").first).to_be_visible()
    turn(front, "PageDown")
    expect(front.get_by_text("A row of a has 3 numbers", exact=False)).to_be_visible()
    expect(front).to_have_url(re.compile("/tensors.*present=on"))
    turn(front, "PageUp")
    expect(front.locator("li.right .room-bars > div")).to_have_text(["1", "0"])
    # A field, and what moves with an arrow, keep their keys.
    turn(front, "PageDown")
    front.get_by_role("button", name="Settings").click()
    front.get_by_label("Shape of a", exact=True).press("ArrowRight")
    expect(moment(front, 2)).to_be_visible()
    front.keyboard.press("Escape")


TWICE = """key => [1, 2].forEach(() =>
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true })))
"""


def test_the_moments_of_one_page_walk_back_through_its_graph(open_page):
    moments = plan("tensor-to-ffn").moments
    here = next(n for n, one in enumerate(moments, 1) if one.settings.get("moment") == "3")
    page = open_page(f"/computation_graph?plan=tensor-to-ffn&plan_moment={here}")
    where = page.locator(".where").first
    expect(where).to_have_text("3 of 7 · backward")
    turn(page, "PageDown")
    expect(where).to_have_text("5 of 7 · backward")
    turn(page, "PageDown")
    expect(where).to_have_text("7 of 7 · backward")
    # Two quick presses are two moments, on a busy machine within one turn of the browser's clock.
    turn(page, "PageUp")
    page.keyboard.press("PageUp")
    expect(where).to_have_text("3 of 7 · backward")
    page.evaluate(TWICE, "PageDown")
    expect(where).to_have_text("7 of 7 · backward")


def test_a_plan_trains_by_the_clickers_key_and_says_what_the_answer_is(open_page):
    page = open_page("/training_loop?plan=why-training-fails&plan_moment=1&present=on")
    told = page.locator(".st-key-plan_keys p")
    expect(told).to_have_text("Page Down: Train")
    rate = page.locator(".stMain .stSlider").first
    expect(rate).to_be_hidden()
    page.get_by_role("button", name="Settings").click()
    expect(rate).to_be_visible()
    turn(page, "PageDown")
    expect(told).to_be_hidden()
    expect(page.locator(".readouts")).to_contain_text("end", timeout=60_000)
    expect(moment(page, 1)).to_be_visible()
    turn(page, "PageDown")
    expect(page.locator(".room-front h1")).to_be_visible()
    # While the room is still being drawn. Back on the page, it was trained: the key leads on.
    page.keyboard.press("PageUp")
    expect(page.locator(".readouts")).to_contain_text("end")
    expect(told).to_be_hidden()
    page = open_page("/room?plan=backward&plan_moment=5&present=on")
    page.get_by_role("button", name="Reveal").click()
    expect(page.locator(".room-output")).to_have_text("tensor(5.)")
    expect(page.locator(".room-read").last).to_have_text("answer is 4.")
    expect(page.locator(".stMain .line").last).to_be_in_viewport()
    # On a phone too, the strip is as wide as the page.
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator(".st-key-plan_strip .course-bar").bounding_box()["width"] > 300


def test_the_size_is_kept_for_the_next_visit_and_a_links_goes_before_it(open_page, server):
    page = open_page("/words")
    open_settings(page)
    page.get_by_role("radio", name="A+").click()
    root = page.locator("html")
    expect(root).to_have_css("font-size", "19px")
    # It is kept up to a sixth of a second after it is seen.
    page.wait_for_function("Object.values(localStorage).includes('large')")
    for path, size in (("/tensors", "19px"), ("/tensors?type_size=small", "14px")):
        page.goto(server + path)
        expect(root).to_have_css("font-size", size)
    page.goto(server + "/words")
    expect(root).to_have_css("font-size", "19px")


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
