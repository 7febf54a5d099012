"""What a learner made stays: with Back, with another page and return, with a reload."""

import re

from playwright.sync_api import expect

from tests.browser.actions import readout, train


def _epochs(page):
    return page.get_by_role("spinbutton", name="Epochs", exact=True)


def _open(page, name):
    page.get_by_role("link", name=name).click()
    expect(page).to_have_url(re.compile(f"/{name.lower()}"))


def test_back_brings_a_page_as_it_was_left(open_page):
    page = open_page("/training_loop?epochs=40&lr=0.2&lab=Data")
    page.get_by_role("button", name="Use this table").click()
    own = page.get_by_text("Your 5 points are used")
    expect(own).to_contain_text("The link in the address bar holds them.")
    _epochs(page).fill("60")
    _epochs(page).press("Enter")
    expect(page).to_have_url(re.compile(r"own_points=1\+3.1.*epochs=60|epochs=60.*own_points=1"))
    link = page.url
    _open(page, "Tensors")
    expect(page.get_by_role("radio", name="Storage")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("training_loop.*epochs=60"))
    expect(_epochs(page)).to_have_value("60")
    expect(own).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("radio", name="Storage")).to_be_visible()
    page.goto(link)
    expect(page.locator(".line").filter(has_text="[5.0, 10.7]")).to_be_visible()


def test_back_to_a_bare_address_undoes_a_press_until_its_page_was_left(open_page):
    page = open_page("/computation_graph")
    program = page.get_by_role("textbox", name="Your program")
    first = page.locator("[data-key=t0]").first
    expect(first).to_contain_text("a = 2")
    page.get_by_role("button", name="Examples").click()
    page.get_by_role("menuitem", name="one neuron").click()
    expect(first).to_contain_text("w = 0.5")
    expect(page).to_have_url(re.compile("graph=one"))
    page.go_back()
    expect(first).to_contain_text("a = 2")
    expect(program).to_have_value("y = a + b\nz = x * y\n")
    page.go_forward()
    expect(first).to_contain_text("w = 0.5")
    _open(page, "Tensors")
    expect(page.get_by_role("radio", name="Storage")).to_be_visible()
    page.go_back()
    expect(first).to_contain_text("w = 0.5")
    expect(program).to_have_value(re.compile("sigmoid"))


def test_back_to_the_link_of_a_section_that_sets_nothing_undoes_a_press(open_page):
    page = open_page("/training_loop?section=4.2")
    exactly = page.get_by_role("spinbutton", name="Learning rate, exactly")
    expect(exactly).to_have_value("0.1")
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(exactly).to_have_value("0.15")
    expect(page).to_have_url(re.compile("lr=0.15"))
    page.go_back()
    expect(exactly).to_have_value("0.1")
    expect(page).to_have_url(re.compile("section=4.2$"))


def test_back_to_a_link_that_names_a_section_alone_stays_in_it(open_page):
    page = open_page("/tensors?section=1.2")
    expect(page).to_have_url(re.compile("look_at=Shape"))
    # Each run names the tab anew: by that one sees that Back had its run.
    page.evaluate("document.title = 'not yet'")
    page.go_back()
    expect(page).to_have_url(re.compile("section=1.2$"))
    expect(page).not_to_have_title("not yet")
    expect(page).to_have_title(re.compile("^1.2"))


def test_a_reload_keeps_the_run_the_pins_and_the_guess(open_page):
    page = open_page("/training_loop?epochs=40&lab=Compare")
    train(page)
    page.get_by_role("button", name="Pin this run").click()
    pinned = page.get_by_role("img", name=re.compile("^The loss of "))
    expect(pinned).to_be_visible()
    page.reload()
    expect(pinned).to_be_visible()
    expect(readout(page, "epoch")).not_to_have_text("—")
    page.get_by_role("radio", name="Predict").click()
    guesses = page.locator(".st-key-guess")
    guesses.get_by_text("crawls", exact=True).click()
    expect(guesses.get_by_role("radio", name="crawls")).to_be_checked()
    page.reload()
    expect(guesses.get_by_role("radio", name="crawls")).to_be_checked()


def _type_into_the_table(page, row, text):
    """``text`` as the y of ``row``, from 0; rows are 35 pixels high, under a row of names."""
    # A run of the page that is still on its way would make the grid anew.
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    grid = page.get_by_test_id("stDataFrame").first
    expect(grid.locator("canvas td").first).to_be_attached()
    width = grid.bounding_box()["width"]
    grid.click(position={"x": 0.8 * width, "y": 35 * (row + 1.5)})
    page.keyboard.press("Enter")
    cell = page.locator("#portal input")
    cell.fill(text)
    cell.press("Enter")


def test_what_was_typed_into_the_table_and_not_used_yet_stays(open_page):
    page = open_page("/training_loop?lab=Data")
    cells = page.get_by_test_id("stDataFrame").first.locator("canvas td")
    _type_into_the_table(page, 0, "42")
    expect(cells.get_by_text("42", exact=True)).to_be_attached()
    page.get_by_role("radio", name="Compare").click()
    expect(page.get_by_text("Train a run and pin it.")).to_be_visible()
    page.get_by_role("radio", name="Data").click()
    expect(cells.get_by_text("42", exact=True)).to_be_attached()
    _type_into_the_table(page, 1, "43")
    expect(cells.get_by_text("43", exact=True)).to_be_attached()
    page.reload()
    for typed in ("42", "43"):
        expect(cells.get_by_text(typed, exact=True)).to_be_attached()
    page.get_by_role("button", name="Use this table").click()
    expect(page.locator(".line").filter(has_text="[1.0, 42.0], [2.0, 43.0]")).to_be_visible()


def test_a_second_tab_begins_with_nothing_of_the_first(open_page):
    first = open_page("/training_loop?epochs=40&lab=Compare")
    train(first)
    first.get_by_role("button", name="Pin this run").click()
    expect(first.get_by_role("img", name=re.compile("^The loss of "))).to_be_visible()
    name = first.evaluate("sessionStorage.getItem('groundup-visit')")
    second = open_page("/training_loop?epochs=40&lab=Compare")
    expect(second.get_by_text("Train a run and pin it.")).to_be_visible()
    # A tab that was duplicated brings the name of the other's visit, which goes on.
    second.evaluate("name => sessionStorage.setItem('groundup-visit', name)", name)
    second.reload()
    second.wait_for_function("name => sessionStorage.getItem('groundup-visit') !== name", arg=name)
    expect(second.get_by_text("Train a run and pin it.")).to_be_visible()
    expect(first.get_by_role("img", name=re.compile("^The loss of "))).to_be_visible()


def test_a_link_that_is_opened_in_the_same_tab_begins_anew_and_says_what_it_refused(open_page):
    page = open_page("/training_loop?epochs=40&lab=Compare")
    train(page)
    page.get_by_role("button", name="Pin this run").click()
    expect(page.get_by_role("img", name=re.compile("^The loss of "))).to_be_visible()
    page.goto(page.url.replace("epochs=40", "epochs=inf"))
    expect(page.get_by_text("was not used: it must be a whole number")).to_be_visible()
    expect(page.get_by_text("Train a run and pin it.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Train a run and pin it.")).to_be_visible()
