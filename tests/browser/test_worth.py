"""Parts of a line in a real browser: pointed at, reached by keys, and the operator that failed."""

import re

from playwright.sync_api import expect

from groundup.engine.lesson import load
from groundup.engine.snapshot import number
from tests.browser.measures import QUIET, settled
from tests.browser.test_stepping import open_steps

AT_COLUMN = """(row, column) => {
  let start = 0
  for (const piece of row.querySelectorAll(":scope > span:not(.number)")) {
    const { left, top, width, height } = piece.getBoundingClientRect()
    const { length } = piece.textContent
    if (column < start + length) {
      return [left + ((column - start + 0.5) * width) / length, top + height / 2]
    }
    start += length
  }
}"""


def point_at(page, row, passage):
    """Let the pointer rest on the first character of ``passage`` in a line."""
    text = row.inner_text().replace("\n", "")
    column = re.sub(r"^\d+", "", text).index(passage)
    page.mouse.move(*row.evaluate(AT_COLUMN, column))


def test_a_part_is_worth_what_plain_python_says_and_nothing_moves(open_page):
    text = load("training_loop").text
    variables = {"print": lambda *_: None}
    exec(text.replace("range(epochs)", "range(2)"), variables)
    w = variables["w"]

    page = open_page("/training_loop?begin_at=chosen&epochs=100")
    panel = open_steps(page, 0)
    line = panel.locator(".line", has_text="y_hat = X @ w + b")
    for _ in range(3):  # the third pass
        line.click(position={"x": 3, "y": 3})
    expect(panel.locator(".where")).to_contain_text("epoch 2")
    worth, under = panel.locator(".worth"), panel.locator(".under")
    # From under the dock; to scroll an element into view would also move where Tab goes on from.
    page.locator(".stMain").evaluate("main => main.scrollBy(0, 150)")
    place = panel.locator(".bar").bounding_box()
    point_at(page, line, "w + b")
    expect(worth).to_have_text(f"= {number(w.item())} (1, 1) float32")
    product = (variables["X"] @ w).flatten()
    point_at(page, line, "@")
    first = ", ".join(number(one) for one in product[:2].tolist())
    expect(worth).to_have_text(f"= {first}, … (50, 1) float32")
    expect(under).to_have_count(1)
    assert panel.locator(".bar").bounding_box() == place
    # Another line, at its last moment; then none.
    panel.locator(".lines").evaluate("lines => lines.scrollBy(0, 60)")
    point_at(page, panel.locator(".line", has_text="loss.backward()"), "loss")
    expect(worth).to_contain_text("() float32 · last time")
    page.mouse.move(5, 5)
    expect(worth).to_have_count(0)

    # With the keys, in the order of evaluation; then back to the steps.
    page.keyboard.press("Shift+Tab")
    heard = panel.locator(".heard")
    for source in ("X", "w", "X @ w", "b", "X @ w + b", "X"):
        expect(heard).to_have_text(source)
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(worth).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(panel.locator(".line.running")).to_contain_text("loss = ")


def test_the_operator_that_failed_is_marked_with_the_sizes_that_clash(open_page):
    page = open_page("/tensors?look_at=Shape+lab&op=%40&a=2%2C+3&b=4%2C+3")
    panel = page.locator(".code")
    shapes = panel.locator(".line.failed .shapes")
    expect(shapes).to_contain_text("(2, 3) @ (4, 3)  ✗ 3 meets 4")
    expect(shapes.locator(".clash")).to_have_text(["3", "4", "✗ 3 meets 4"])
    sign = panel.locator(".broke.sign").bounding_box()
    beneath = shapes.locator(".sign").bounding_box()
    assert abs(sign["x"] - beneath["x"]) < 1.5
    assert beneath["y"] >= sign["y"] + sign["height"] - 1
    # The window is low: the panel was lowered after it was drawn, and the row is still in it.
    page.wait_for_selector(QUIET)
    settled(page)
    rows = panel.locator(".lines").bounding_box()
    row = shapes.bounding_box()
    assert rows["y"] <= row["y"]
    assert row["y"] + row["height"] <= rows["y"] + rows["height"]
    panel.get_by_role("button", name="Step through it").click()
    expect(panel.locator(".said")).to_contain_text("raised RuntimeError: mat1 and mat2 shapes")
    expect(shapes).to_contain_text("(2, 3) @ (4, 3)")
    page.keyboard.press("ArrowLeft")
    expect(panel.locator(".shapes")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(shapes).to_contain_text("✗ 3 meets 4")
