"""What only a browser has: the drawn cards and curves, links, and the size of the screen."""

import re

from playwright.sync_api import expect

from groundup.mistakes import gallery
from groundup.ui.settings import requires_grad as settings
from tests.browser.actions import (
    link,
    link_here,
    press,
)


def at(section, **settings):
    return link("requires_grad", autograd=section, **settings)


def switch(page, name):
    page.locator("label").filter(has_text=re.compile(name)).first.click()


def test_flipping_a_switch_redraws_the_cards(open_page):
    page = open_page(at(settings.SWITCH))
    tracked = page.locator(".tensor-cards td", has_text="● True")
    expect(tracked).to_have_count(4)
    switch(page, "track x")
    expect(tracked).to_have_count(5)
    expect(page).to_have_url(re.compile("track_x=true"))


def test_a_click_on_a_line_shows_the_tensors_after_it(open_page):
    page = open_page(at(settings.SWITCH))
    cards = page.locator(".tensor-cards .card")
    expect(cards).to_have_count(5)
    panel = page.locator(".code")
    panel.get_by_role("button", name="Names and memory").click()
    expect(panel.locator(".said")).to_contain_text("w.grad went from None to")
    expect(panel.locator(".bar")).to_be_hidden()
    page.get_by_text("y = x @ w + b").click()
    expect(cards).to_have_count(4)
    expect(panel.locator(".said")).to_contain_text("y is 2.5, 4.5, …")
    expect(panel.locator(".line.running")).to_contain_text("y = x @ w + b")
    # The slider leads cards and names alike.
    page.get_by_role("slider", name="Walk through the lines").press("ArrowLeft")
    expect(cards).to_have_count(3)
    expect(panel.locator(".said")).to_contain_text("b is 0.5")


def test_step_downhill_writes_the_link_and_a_link_brings_it_back(open_page):
    page = open_page(at(settings.SLOPE, at=2.0))
    for steps in (1, 2):
        press(page, "Step downhill")
        expect(page).to_have_url(re.compile(f"walk={steps}"))
    said = "After 2 steps: w = 1.28"
    expect(page.get_by_text(said)).to_be_visible()
    again = open_page(link_here(page))
    expect(again.get_by_text(said)).to_be_visible()


def test_a_typed_curve_survives_a_look_at_another_section(open_page):
    page = open_page(at(settings.SLOPE, curve=settings.slopes.OWN_FORMULA))
    field = page.get_by_label("Your curve, in w", exact=True)
    field.fill("cos(w)")
    field.press("Enter")
    expect(page).to_have_url(re.compile("formula=cos"))
    page.get_by_role("radio", name="no_grad and detach").click()
    expect(page.get_by_text("What tracking costs: memory")).to_be_visible()
    page.get_by_role("radio", name=settings.SLOPE).click()
    expect(page.get_by_label("Your curve, in w", exact=True)).to_have_value("cos(w)")


def test_a_pasted_message_leads_to_its_mistake_and_its_fix(open_page):
    page = open_page(at(settings.MISTAKES))
    field = page.get_by_label("Paste an error message", exact=True)
    field.fill(gallery.happened("backward_on_vector").message)
    field.press("Control+Enter")
    entry = gallery.mistake("backward_on_vector")
    press(page, re.escape(entry.title))
    expect(page.get_by_text("losses.backward()").first).to_be_visible()
    page.get_by_text("Silence", exact=True).click()
    expect(page.get_by_text(entry.meaning)).to_be_visible()
    switch(page, "Fix it")
    expect(page.get_by_text("losses.mean().backward()").first).to_be_visible()


def test_a_pasted_traceback_opens_the_shape_lab_with_its_shapes_whatever_stood_there(open_page):
    page = open_page(link("tensors", look_at="Shape lab", a="2, 9"))
    expect(page.get_by_label("Shape of a", exact=True)).to_have_value("2, 9")
    page.get_by_role("link", name="2 Slopes").click()
    page.locator(".course-path").get_by_role("link", name=settings.MISTAKES).click()
    field = page.get_by_label("Paste an error message", exact=True)
    field.fill(
        "Traceback (most recent call last):\n"
        + '  File "a.py", line 1, in f\n' * 200
        + "RuntimeError: mat1 and mat2 shapes cannot be multiplied (48x96 and 100x12)\n"
    )
    field.press("Control+Enter")
    page.get_by_role("link", name="(48, 96) @ (100, 12)").click()
    expect(page.get_by_label("Shape of a", exact=True)).to_have_value("48, 96")
    expect(page.get_by_label("Shape of b", exact=True)).to_have_value("100, 12")
    words = "mat1 and mat2 shapes cannot be multiplied (48x96 and 100x12)"
    expect(page.get_by_text(words)).to_be_visible()
