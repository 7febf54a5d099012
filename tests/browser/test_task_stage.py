"""Tasks in a real browser: written among given lines, put in order by pointer, finger and keys."""

import sys

import pytest
from playwright.sync_api import expect

from tests.browser.server import serve
from tests.ui.tried_tasks import ORDER, RATE, STEPS, TABLE

APP = (sys.executable, "-m", "streamlit", "run", "tests/browser/task_app.py")
GIVEN = f"{TABLE.given}\n\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The tried tasks, in place of the app."""
    with serve(tmp_path_factory.mktemp("tasks") / "log.txt", APP) as address:
        yield address


def field(page):
    return page.locator(".editor textarea")


def card(page):
    return page.locator(".task-card")


def test_a_gap_is_filled_in_by_keys_checked_stepped_through_and_solved(open_page):
    page = open_page("/")
    # Before the editor's code is there, nothing can be typed.
    expect(field(page)).to_be_editable()
    field(page).focus()
    page.keyboard.type("torch.zeros(columns, rows)")
    expect(field(page)).to_have_value(f"{GIVEN}t = torch.zeros(columns, rows)")
    page.keyboard.press("Control+Enter")
    expect(card(page)).to_have_text("✗ Not yet. Turned: rows come first.")
    for keys in (["Control+Home", "x"], ["Control+Home", "Delete"], ["Control+Home", "Tab"]):
        for key in keys:
            page.keyboard.press(key)
        expect(page.locator(".refusal")).to_have_text("Only your line 1 can be changed (✎).")
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    expect(field(page)).to_have_value(GIVEN)
    expect(page.locator(".st-key-stage_old")).to_be_visible()
    page.keyboard.type("t = torch.zeros(columns, rows)")

    page.get_by_role("button", name="Steps").click()
    running = page.locator(".code .line.running")
    expect(running).to_contain_text("t = torch.zeros(columns, rows)")
    page.get_by_role("button", name="Back to your lines").click()
    expect(field(page)).to_have_value(f"{GIVEN}t = torch.zeros(columns, rows)")
    page.get_by_role("button", name="Start again").click()
    expect(field(page)).to_have_value(f"{GIVEN}t = ____")
    page.locator(".st-key-tried input").click()
    page.get_by_role("option", name="order").click()
    expect(page.locator(".order .hold")).to_have_count(len(STEPS))
    page.locator(".st-key-tried input").click()
    page.get_by_role("option", name=TABLE.id).click()
    expect(field(page)).to_have_value(f"{GIVEN}t = ____")

    page.get_by_role("button", name="Show the solution").click()
    expect(field(page)).to_have_value(GIVEN + TABLE.whole_solution)
    expect(page.get_by_text("This is one solution.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(field(page)).to_have_value(f"{GIVEN}t = ____")
    page.keyboard.press("Control+y")
    field(page).press("Control+Enter")
    expect(card(page)).to_contain_text("✓ Right")
    expect(card(page)).to_contain_text("it is not counted")
    expect(page.locator(".run.primary")).to_have_count(0)


def test_a_tap_at_the_blank_writes_in_its_place(open_page):
    page = open_page("/", width=390, height=844)
    expect(field(page)).to_be_editable()
    row = page.locator(".line.open .letters")
    box = row.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 12, box["y"] + 8)
    page.keyboard.type("torch.zeros(rows, columns)")
    expect(field(page)).to_have_value(GIVEN + TABLE.whole_solution)
    page.get_by_role("button", name="Check").click()
    expect(card(page)).to_have_text("✓ Right, and right for inputs that you have not seen.")
    expect(page.get_by_text("✓ solved")).to_be_visible()
    assert card(page).bounding_box()["y"] > page.locator(".editor").bounding_box()["y"]


def order(page):
    """The cards' first lines, from the top."""
    return [
        text.strip() for text in page.locator(".hold .line:first-child .letters").all_inner_texts()
    ]


def drag(page, text, to, grip=".letters", finger=False):
    """Drag the card with ``text`` to where the card with the text ``to`` is."""
    held = page.locator(".hold", has_text=text).locator(grip).first.bounding_box()
    end = page.locator(".hold", has_text=to).first.bounding_box()
    x, y = held["x"] + 5, held["y"] + held["height"] / 2
    there = end["y"] + end["height"] / 2
    there += 4 if there > y else -4
    if finger:
        touch = page.context.new_cdp_session(page)
        for kind, at in (("Start", y), ("Move", (y + there) / 2), ("Move", there)):
            points = [{"x": x, "y": at}]
            touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        return
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, (y + there) / 2)
    page.mouse.move(x, there)
    page.mouse.up()


def test_lines_are_put_in_order_by_mouse_finger_and_keys(open_page):
    page = open_page(f"/?tried={ORDER.id}")
    said = page.locator(".order .said")
    expect(page.locator(".hold")).to_have_count(5)
    first, guess, nudge, score, reset = (one.strip().split("\n")[0] for one in STEPS)
    assert order(page) == [first, guess, nudge, score, reset]
    drag(page, first, score)
    expect(said).to_contain_text("loss.backward(): place 4 of 5.")
    assert order(page) == [guess, nudge, score, first, reset]
    drag(page, nudge, first, grip=".handle", finger=True)
    expect(said).to_contain_text("place 4 of 5.")
    assert order(page) == [guess, score, first, nudge, reset]
    page.get_by_role("button", name="Undo").click()
    assert order(page) == [guess, nudge, score, first, reset]

    page.get_by_role("button", name=nudge).focus()
    page.keyboard.press("Alt+ArrowDown")
    assert order(page) == [guess, score, nudge, first, reset]
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert order(page) == [nudge, guess, score, first, reset]
    page.keyboard.press("Escape")
    assert order(page) == [guess, score, nudge, first, reset]
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("place 4 of 5.")
    page.keyboard.press("Control+Enter")
    expect(card(page)).to_contain_text("✓ Right")
    assert order(page) == [guess, score, first, nudge, reset]


def test_a_goal_is_begun_and_reached_with_the_pages_controls(open_page):
    page = open_page(f"/?tried={RATE.id}", dark=True)
    rate = page.get_by_role("spinbutton", name="Learning rate, exactly")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("spinbutton", name="Epochs")).to_have_value("5")
    page.get_by_role("button", name="Check").click()
    expect(card(page)).to_contain_text("Not yet")
    rate.fill("0.5")
    rate.press("Enter")
    page.get_by_role("button", name="Check again").click()
    expect(card(page)).to_contain_text("✓ Right")
