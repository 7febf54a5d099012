"""What of each section of the path is on the screen at once, how large its type is, and how it is
shown to a room and within another page. ``-s`` prints the table."""

import re
from urllib.parse import urlencode

from playwright.sync_api import expect

from groundup.course import path
from groundup.ui.course.opening import link_to

DIFFICULT = ("1.3", "2.1", "2.3", "4.2", "4.3", "4.4", "5.6", "6.1")
"""Sections in which it was not so: much stands above the picture, or beneath the code."""

QUIET = ".stApp[data-test-script-state=notRunning]"

MEASURE = """() => {
  const all = (root, found = []) => {
    for (const one of root.querySelectorAll("*")) {
      found.push(one)
      if (one.shadowRoot) all(one.shadowRoot, found)
    }
    return found
  }
  const main = document.querySelector(".stMain")
  const isSeen = one => one.checkVisibility() && one.getBoundingClientRect().height > 1
  const isIn = one => {
    for (let node = one; node; node = node.parentNode ?? node.host) {
      if (node.classList?.contains("st-key-course_dock")) return true
    }
    return false
  }
  const seen = all(main).filter(one => isSeen(one) && !isIn(one))
  const foot = css => {
    const box = seen.find(one => one.matches(css))?.getBoundingClientRect()
    return box ? Math.round(box.bottom) : null
  }
  const top = css => {
    const box = seen.find(one => one.matches(css))?.getBoundingClientRect()
    return box ? Math.round(box.top) : null
  }
  const drawn = one => {
    const matrix = one.ownerSVGElement?.getScreenCTM()
    return matrix ? Math.hypot(matrix.a, matrix.b) : 1
  }
  const types = seen
    .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .filter(one => getComputedStyle(one).opacity !== "0")
    .map(one => parseFloat(getComputedStyle(one).fontSize) * drawn(one))
  const dock = document.querySelector(".st-key-course_dock")?.getBoundingClientRect()
  return {
    picture: foot(".panels, .stage, .block svg, .stPlotlyChart, .stGraphVizChart, .tensor-cards"),
    bar: foot(".transport, .picture > .steps"),
    code: top(".code .line"),
    foot: foot(".code"),
    dock: dock?.height ? Math.round(dock.top) : innerHeight,
    wide: main.scrollWidth - main.clientWidth,
    type: Math.round(10 * Math.min(...types)) / 10,
  }
}"""


def _measured(page, server, section, **more):
    page.goto(f"{server}/{section.page}?{urlencode(link_to(section) | more, doseq=True)}")
    expect(page.locator(".course-bar")).to_be_visible()
    expect(page.locator(".course-ask")).to_be_visible()
    page.wait_for_selector(QUIET)
    last = None
    while last != (now := page.evaluate(MEASURE)):
        last = now
        page.evaluate("() => new Promise(done => setTimeout(done, 200))")
    return now


def test_picture_play_bar_and_code_stand_above_the_dock(open_page, server):
    page = open_page("/tensors")
    for name in DIFFICULT:
        _fits(page, server, name)
    page = open_page("/tensors", width=853, height=480)
    for name in ("4.2", "4.3"):
        _fits(page, server, name)


def _fits(page, server, name):
    row = _measured(page, server, path.section(name))
    print(page.viewport_size["width"], name, row)
    assert row["wide"] == 0, name
    for part in ("picture", "bar", "foot"):
        assert (row[part] or 0) <= row["dock"], (name, part)


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
    row = page.evaluate(MEASURE)
    assert row["type"] >= 18
    assert max(row["picture"], row["bar"], row["foot"]) <= 720
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
    page.close()


def _framed(page, address, file):
    """The app in a page of someone else's, of a file, that is nothing but its frame."""
    frame = f'<iframe src="{address}" style="border: 0; width: 100vw; height: 100vh"></iframe>'
    file.write_text(f"<!doctype html><style>body {{ margin: 0 }}</style>{frame}")
    page.goto(file.as_uri())
    app = page.frame_locator("iframe")
    expect(app.locator("h1")).to_be_visible(timeout=60_000)
    expect(app.locator(QUIET)).to_be_attached()
    return app
