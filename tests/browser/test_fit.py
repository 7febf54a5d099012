"""How a page fits a small window, a room and another page, and what one presses there."""

import re

from playwright.sync_api import expect

from tests.browser.actions import open_settings
from tests.browser.measures import QUIET, settled


def test_with_the_path_shut_the_page_begins_no_lower(open_page):
    page = open_page("/training_loop?section=4.2")
    title = page.locator("h1")
    expect(page.locator(".course-ask")).to_be_visible()
    page.wait_for_selector(QUIET)
    # The row of the title becomes lower when the player beneath it is drawn.
    expect(page.locator(".readouts")).to_be_visible()
    # The row of the title is higher until its choice is drawn.
    expect(page.locator(".st-key-lab").get_by_role("radio").first).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    top = title.bounding_box()["y"]
    page.locator(".stSidebar").hover()
    page.locator('[data-testid="stSidebarCollapseButton"] button').click()
    opener = page.locator('[data-testid="stExpandSidebarButton"]')
    expect(opener).to_be_visible()
    assert title.bounding_box()["y"] <= top
    opener.click()
    expect(opener).to_be_hidden()


def test_a_small_window_shows_one_of_picture_and_code_and_the_settings_on_demand(open_page, server):
    page = open_page("/requires_grad?section=3.3", width=853, height=480)
    table, code = page.locator(".stMain .stTable"), page.locator(".code .lines").first
    press = page.locator(".st-key-shown").get_by_role
    expect(press("button", name="Picture")).to_have_attribute("aria-pressed", "true")
    expect(press("button", name="Both")).to_be_hidden()
    expect(table).to_be_visible()
    expect(code).to_be_hidden()
    press("button", name="Code").click()
    expect(table).to_be_hidden()
    expect(page.locator(".code").first).to_be_in_viewport(ratio=1)
    page.goto(f"{server}/training_loop?section=4.2")
    rate = page.locator(".stMain .stSlider").first
    expect(code).to_be_visible()
    expect(rate).to_be_hidden()
    press("button", name="Settings").click()
    expect(rate).to_be_visible()
    press("button", name="Settings").click()
    press("button", name="Picture").click()
    expect(code).to_be_hidden()
    expect(page.locator(".st-key-train button")).to_be_in_viewport(ratio=1)
    expect(page.locator(".transport")).to_be_in_viewport(ratio=1)


def test_in_a_room_type_is_large_and_keys_lead_on_and_out(open_page, server):
    page = open_page("/training_loop?section=4.2")
    expect(page.locator(".st-key-present_now button").first).to_be_visible()
    page.wait_for_selector(QUIET)
    page.locator("h1").click()
    page.keyboard.press("p")
    expect(page.locator(".course-bar")).to_be_hidden()
    expect(page.locator(".stSidebar")).to_be_hidden()
    expect(page).to_have_url(re.compile("present=on"))
    page.wait_for_selector(QUIET)
    row = settled(page)
    assert row["type"] >= 18
    assert max(row["picture_foot"], row["bar"], row["code_foot"]) <= 720
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile("section=4.3.*present=on"))
    expect(page.get_by_text("Your guess, before it runs").last).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".course-bar")).to_be_visible()
    page.goto(f"{server}/training_loop?section=4.2&letter_keys=false")
    expect(page.locator(".st-key-present_now button").first).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("p")
    # While the dock asks, no button of the page is the orange one.
    ground = page.locator(".st-key-course_dock").evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    train = page.locator(".st-key-train button").first
    expect(train).to_have_css("border-style", "dashed")
    assert train.evaluate("e => getComputedStyle(e).backgroundColor") in {
        ground,
        "rgba(0, 0, 0, 0)",
    }
    expect(page.locator(".course-bar")).to_be_visible()
    expect(page).not_to_have_url(re.compile("present"))


EMBEDDED = (
    ("training_loop?section=4.2", "train", ".transport", True),
    ("nn_module?topic=Beyond+a+line&samples=60&net_epochs=20", "train_net", ".transport", True),
    ("ffn_scale?scale=Train+it&ffn_epochs=20&ffn_width=16", "ffn_train", ".transport", True),
    ("nn_module?topic=The+optimizers&race_steps=60", "", ".transport", False),
    ("computation_graph?part=take+home", "", ".picture > .steps", True),
)
"""Pages, the key of what begins their run, their play bar, and whether the code is beside it."""


def test_within_a_page_of_another_origin_picture_and_code_are_whole(browser, server, tmp_path):
    page = browser.new_page()
    for address, begin, bar, beside in EMBEDDED:
        page.set_viewport_size({"width": 900, "height": 600})
        app = _framed(page, f"{server}/{address}&embed=true", tmp_path / "lesson.html")
        if begin:
            app.locator(f".st-key-{begin} button").first.click()
        expect(app.locator(bar).last).to_be_in_viewport(ratio=1)
        if beside:
            expect(app.locator(".code .line").first).to_be_attached()
            expect(app.locator(".code").first).to_be_in_viewport(ratio=0.95)
        gone = app.locator(".course-bar, .stSidebar, .st-key-course_dock")
        expect(gone.locator("visible=true")).to_have_count(0)
        page.set_viewport_size({"width": 600, "height": 450})
        expect(app.locator(bar).last).to_be_in_viewport(ratio=1)
        if begin:
            expect(app.locator(f".st-key-{begin} button").first).to_be_in_viewport(ratio=1)
        wide = app.locator(".stMain").evaluate("main => main.scrollWidth - main.clientWidth")
        assert wide == 0, address
        if beside:
            app.get_by_role("button", name="Code", exact=True).locator("visible=true").click()
            expect(app.locator(".code").first).to_be_in_viewport(ratio=0.95)
    page.close()


def test_what_settings_copy_shows_the_page_within_another_as_its_controls_stand(
    browser, server, tmp_path
):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(f"{server}/training_loop?section=4.2")
    epochs = page.get_by_label("Epochs", exact=True)
    epochs.fill("37")
    epochs.press("Enter")
    expect(page).to_have_url(re.compile("epochs=37"))
    open_settings(page)
    page.get_by_role("button", name="Copy for another page").click()
    field = page.get_by_role("textbox", name="What another page holds to show this one")
    expect(field).to_have_value(re.compile("epochs=37.*embed=true"))
    app = _framed(page, None, tmp_path / "lesson.html", frame=field.input_value())
    expect(app.locator(".transport")).to_be_visible()
    expect(app.locator(".stSidebar")).to_be_hidden()
    expect(app.locator(".code")).to_contain_text("epochs = 37")
    page.close()


def _framed(page, address, file, frame=""):
    """The app in a page of someone else's, of a file, that is nothing but its frame."""
    wide = "border: 0; width: 100vw; height: 100vh"
    frame = frame or f'<iframe src="{address}" style="{wide}"></iframe>'
    file.write_text(f"<!doctype html><style>body {{ margin: 0 }}</style>{frame}")
    page.goto(file.as_uri())
    app = page.frame_locator("iframe")
    expect(app.locator("h1")).to_be_visible(timeout=60_000)
    expect(app.locator(QUIET)).to_be_attached()
    return app


def test_with_its_steps_open_a_codes_step_bar_stands_above_the_dock(open_page):
    page = open_page("/training_loop?section=4.2")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.get_by_role("button", name="Step through it").click()
    step = page.locator(".code.open .bar button.primary")
    expect(step).to_be_visible()
    dock = page.locator(".st-key-course_dock")
    page.wait_for_function(
        "([one, other]) => one.getBoundingClientRect().bottom <= other.getBoundingClientRect().top",
        arg=[step.element_handle(), dock.element_handle()],
    )


def test_on_a_phone_a_code_that_a_result_put_away_is_a_press_away(open_page):
    page = open_page("/nn_module?section=5.1", width=390, height=844)
    code = page.locator(".code").first
    heading = page.get_by_text("By hand", exact=True)
    expect(code).to_be_visible()
    page.get_by_role("button", name="Train both").click()
    expect(code).to_be_hidden()
    expect(heading).to_be_hidden()
    page.get_by_role("button", name="Code", exact=True).click()
    expect(code).to_be_visible()
    expect(heading).to_be_visible()
    page.get_by_role("button", name="Settings", exact=True).click()
    expect(page.get_by_role("radio", name="the nudge", exact=True)).to_be_visible()
