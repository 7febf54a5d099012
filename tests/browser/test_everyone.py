"""For who does not see a page, or uses no mouse: the training page's states and its keys.
``test_sections`` looks at all of the path, ``python -m tests.browser.axe`` at all pages."""

import os
import re

import pytest
from playwright.sync_api import expect

from tests.browser import barriers
from tests.browser.actions import open_settings, player_part, readout, train
from tests.browser.states import Hands, drawn, walk

FOCUS = """async () => {
  await new Promise(requestAnimationFrame)
  let one = document.activeElement
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement
  const looks = node => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node)
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none"
  }
  const line = []
  for (let node = one; node && line.length < 3; node = node.parentElement) line.push(node)
  const dock = document.querySelector(".st-key-course_dock")
  const host = document.activeElement
  const isAbove = !host.closest(".stMain") || dock.contains(host)
  const { top, bottom, height } = one.getBoundingClientRect()
  const seen = isAbove ? Infinity : dock.getBoundingClientRect().top
  return {
    covered: (height < 100 ? bottom : top + 24) > seen + 1,
    name: one.getAttribute("aria-label") ?? one.textContent.trim().slice(0, 40),
    tag: one.localName,
    marked: line.some(looks),
  }
}"""


@pytest.mark.skipif(
    not barriers.SOURCE.exists() and os.environ.get("CI") != "true", reason="no axe-core: npm ci"
)
def test_no_state_of_the_training_page_has_a_barrier_and_no_press_loses_the_focus(open_page):
    hands = Hands(open_page("/training_loop?section=4.2&epochs=20", height=1000, dark=True))
    drawn(hands.page)
    states = []
    for state in walk(hands):
        states.append(state)
        assert (barriers.faults(hands.page), hands.held_up) == ([], []), state
    assert states[-1].endswith("stepped")


def test_a_press_that_leads_on_or_switches_its_button_off_keeps_the_focus(open_page, server):
    page = open_page("/")
    hands = Hands(page)
    drawn(page)
    hands.press(page.locator(".stMain [data-testid^=stBaseButton-primary]").last)
    expect(page).to_have_url(re.compile("/tensors"))
    expect(page.locator("h1")).to_be_focused()
    page.goto(f"{server}/ffn_scale?scale=Feel+it")
    measure = page.locator(".st-key-measure button")
    expect(measure).to_be_enabled()
    hands.press(measure)
    assert hands.held_up == []


def test_tab_leads_through_the_training_page_and_the_player_tells_its_numbers(open_page):
    page = open_page("/training_loop?section=4.2")
    expect(page.locator(".course-ask")).to_be_visible()
    expect(player_part(page, ".scrub")).to_be_visible()
    drawn(page)
    met = []
    while not met or met[-1]["tag"] != "body":
        page.keyboard.press("Tab")
        met.append(page.evaluate(FOCUS))
        assert len(met) < 120, "no end"
    assert [one["name"] for one in met[:-1] if not one["marked"] or one["covered"]] == []
    names = [one["name"] for one in met]
    for name in ("Training player", "Epochs shown", "Learning rate", "The code of this lesson"):
        assert name in names
    train(page)
    player_part(page, ".play").click()
    told = player_part(page, ".heard")
    expect(told).to_contain_text(f"epoch {readout(page, 'epoch').inner_text()}, loss ")
    expect(told).to_contain_text(readout(page, "loss").inner_text())
    picture = player_part(page, ".loss svg")
    assert picture.get_attribute("aria-describedby") == "numbers"
    assert player_part(page, ".numbers").text_content() == told.text_content()
    # Once more, where nothing changed.
    told.evaluate("one => { one.textContent = 'old' }")
    player_part(page, ".player").focus()
    page.keyboard.press("Enter")
    expect(told).to_contain_text("loss ")


def test_letters_are_no_keys_in_a_field_nor_a_table_and_nowhere_when_switched_off(
    open_page, server
):
    page = open_page("/training_loop?lab=Data")
    train_button = page.locator(".st-key-train button")
    expect(train_button.locator("kbd")).to_be_visible()
    table = page.locator(".dvn-scroller")
    for control in (page.get_by_label("Epochs", exact=True), table):
        control.click(position={"x": 60, "y": 20})
        page.keyboard.press("t")
        page.keyboard.press("p")
    page.keyboard.press("Escape")
    still = player_part(page, ".scrub")
    expect(still).to_have_value("0")
    expect(page).not_to_have_url(re.compile("present"))
    page.goto(f"{server}/training_loop?section=4.2&letter_keys=false")
    expect(train_button).to_be_visible()
    expect(train_button.locator("kbd")).to_be_hidden()
    page.locator("h1").click()
    for key in ("t", "?", "1", "p"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".course-ask")).to_be_visible()
    # Other keys stay, and so does the way back to the letters.
    train(page)
    page.keyboard.press("Space")
    open_settings(page)
    page.get_by_text("Keys of one letter").click()
    expect(train_button.locator("kbd")).to_be_visible()


def test_nothing_moves_by_itself_where_nothing_shall_move(open_page):
    page = open_page("/training_loop?section=4.2")
    page.emulate_media(reduced_motion="reduce")
    page.locator(".st-key-train button").click()
    expect(player_part(page, ".play")).to_have_text("↻ Replay")
    expect(readout(page, "epoch")).to_have_text("end")
    page.wait_for_function(f"({MOVING})().length === 0")


MOVING = """() => document.getAnimations()
  .filter(one => one.timeline === document.timeline && one.playState === "running")
  .map(one => one.effect.target.outerHTML.slice(0, 80))"""
