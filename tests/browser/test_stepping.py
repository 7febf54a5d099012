"""Stepping through a text in a real browser: into a call, out of it, back, and by a link."""

import re

from playwright.sync_api import expect


def open_steps(page, n):
    """Open the steps of the page's n-th code, and return the panel."""
    panel = page.locator(".code").nth(n)
    panel.get_by_role("button", name="Step through it").click()
    expect(panel.locator(".said")).not_to_be_empty()
    return panel


def test_steps_lead_into_forward_and_out_and_a_link_opens_at_the_moment(open_page):
    page = open_page("/nn_module?topic=Line+by+line")
    panel = open_steps(page, 1)
    running, where = panel.locator(".line.running"), panel.locator(".where")
    panel.locator(".line", has_text="for epoch in range").click()
    expect(running).to_contain_text("for epoch in range")
    page.keyboard.press("ArrowDown")
    expect(running).to_contain_text("return self.linear(x)")
    expect(where).to_contain_text("epoch 0 › forward › line")
    expect(panel.locator(".frames h2")).to_have_text(["forward", "the text"])

    said, count = panel.locator(".said").inner_text(), panel.locator(".count").inner_text()
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text }")
    panel.locator(".bar").get_by_role("button", name="Copy link").click()
    link = page.evaluate("window.copied")

    page.keyboard.press("ArrowUp")
    expect(running).to_contain_text("y_hat = model(X)")
    page.keyboard.press("Home")
    expect(panel.locator(".count")).to_contain_text("1 of ")
    page.keyboard.press("PageDown")
    expect(where).to_contain_text("epoch 0")
    left = panel.locator(".count").inner_text()

    other = open_page("/" + link.split("/", 3)[3])
    there = other.locator(".code").nth(1)
    expect(there.locator(".said")).to_have_text(said)
    expect(there.locator(".line.running")).to_contain_text("return self.linear(x)")
    expect(there.locator(".count")).to_have_text(count)

    page.get_by_role("link", name="Tensors").click()
    expect(page.locator("h1")).to_contain_text("tensor")
    page.go_back()
    expect(panel.locator(".count")).to_have_text(left)


def test_a_failing_text_opens_where_it_failed_and_closes_again(open_page):
    page = open_page("/nn_module?topic=Mistakes")
    expect(page.locator(".code .head")).to_be_hidden()
    page.get_by_text("Error", exact=True).click()
    panel = open_steps(page, 0)
    expect(panel.locator(".line.failed")).to_have_count(1)
    expect(panel.locator(".said")).to_contain_text(" raised ")
    page.keyboard.press("ArrowLeft")
    expect(panel.locator(".line.failed")).to_have_count(0)
    expect(panel.locator(".line.running")).to_have_count(1)
    panel.get_by_role("button", name="Close steps").click()
    expect(panel.locator(".steps")).to_be_hidden()


def test_steps_need_no_server(open_page):
    page = open_page("/training_loop?epochs=200")
    panel = open_steps(page, 0)
    expect(panel.locator(".count")).to_contain_text(re.compile(r" of 20\d\d$"))
    page.context.set_offline(True)
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(panel.locator(".count")).to_contain_text("21 of")
    page.keyboard.press("End")
    expect(panel.locator(".where")).not_to_contain_text("epoch")


def test_at_150_percent_zoom_the_line_the_step_bar_and_the_picture_are_in_sight_together(open_page):
    page = open_page("/training_loop", width=853, height=480)
    expect(page.locator(".fit .point")).to_have_count(50)
    expect(page.locator(".code .line").first).to_be_attached()
    page.locator(".st-key-one_step button").click()
    for part in (".line.running", ".bar .on"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    # But for the names of the lower axes.
    expect(page.locator(".panels")).to_be_in_viewport(ratio=0.9)
