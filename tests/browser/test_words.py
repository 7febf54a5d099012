"""Words of the glossary in a page's prose: marked, pointed at, tapped, and reached by keys."""

import re

from playwright.sync_api import expect

from groundup.course.words import word
from tests.browser.actions import open_settings, press, to_the_end, train
from tests.browser.barriers import none_stand_on
from tests.browser.measures import QUIET
from tests.browser.places import WORD

MARKED = "() => CSS.highlights.get('groundup-words')?.size ?? 0"


def place_of(page, name):
    """Where the marked word ``name`` stands, scrolled to where it can be seen."""
    page.wait_for_selector(QUIET)
    return page.wait_for_function(WORD, arg=name).json_value()


def test_a_word_that_is_pointed_at_says_what_it_means(open_page):
    page = open_page("/computation_graph")
    card = page.locator(".card")
    page.mouse.move(*place_of(page, "Autograd"))
    expect(card).to_be_visible()
    expect(card.locator(".meaning")).to_have_text(word("autograd").meaning)
    # The card stays while the pointer is on it, and goes with Escape.
    box = card.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20, steps=4)
    expect(card.locator(".taught")).to_have_text("Taught in 2.3 The switch")
    expect(page.locator("code.groundup-pointed, p mark, p abbr")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    # What a run writes anew is marked anew; switched off, nothing is.
    page.get_by_role("button", name="Step").first.click()
    place_of(page, "gradient")
    open_settings(page)
    page.get_by_text("Mark the words").click()
    page.wait_for_function(f"() => ({MARKED})() === 0")


def test_words_in_a_player_and_under_a_code_say_what_they_mean_too(open_page):
    page = open_page("/training_loop?section=4.2&epochs=20")
    train(page)
    to_the_end(page)
    card = page.locator(".card")
    expect(page.locator(".say")).to_contain_text("After 20 epochs")
    page.wait_for_selector(".stApp[data-test-script-state=notRunning]")
    page.mouse.move(*place_of(page, "epochs"))
    expect(card.locator(".meaning")).to_have_text(word("epoch").meaning)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    # The steps write their sentence anew with every press.
    press(page, "Step through it")
    expect(page.locator(".steps .said")).to_contain_text("Line")
    page.locator(".code .line", has_text="loss.backward()").click()
    expect(page.locator(".steps .said")).to_contain_text("w.grad went from")
    page.mouse.click(*place_of(page, "w.grad"))
    expect(card.locator(".meaning")).to_have_text(word(".grad").meaning)
    assert page.evaluate(INSIDE, "w.grad")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_contain_text(word(".grad").meaning)


INSIDE = """name => [...CSS.highlights.get("groundup-words")]
  .filter(({ startContainer }) => startContainer.getRootNode() instanceof ShadowRoot)
  .some(mark => mark.startContainer.data.slice(mark.startOffset, mark.endOffset) === name)"""


def test_a_tapped_word_on_a_phone_says_what_it_means_within_the_window(open_page):
    page = open_page("/computation_graph", width=390, height=844)
    card = page.locator(".card")
    page.mouse.click(*place_of(page, "Autograd"))
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.mouse.click(380, 5)
    expect(card).to_be_hidden()


def test_the_keys_lead_to_the_words_of_the_page_and_to_where_one_is_taught(open_page):
    page = open_page("/words?word=zebra")
    page.wait_for_function("() => 'highlights' in CSS")
    dialog = page.locator("dialog")
    expect(page.get_by_role("button", name="Words on this page")).to_be_attached()
    page.keyboard.press("?")
    expect(dialog).to_contain_text("No word of the glossary stands on this page.")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    page = open_page("/computation_graph")
    place_of(page, "gradient")
    page.keyboard.press("?")
    expect(dialog := page.locator("dialog")).to_contain_text(word("gradient").meaning)
    none_stand_on(page)
    dialog.get_by_role("link", name=re.compile("2.2")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/requires_grad?section=2.2**")
    expect(page.locator("h1")).to_contain_text("requires_grad")
