"""The trace table in a real browser: a row for each pass, to look at, to go to, to take away."""

import csv

from playwright.sync_api import expect

from groundup.engine.lesson import load
from tests.browser.test_stepping import open_steps

LINE = "loss.backward()"
PAPER = "window.print = () => { parent.printed = document.body.innerHTML }"


def plain(epochs):
    """What a plain execution of the training loop holds after ``loss.backward()``, each epoch."""
    text, rows = load("training_loop").set(epochs=epochs).text, []
    row = "epoch, w.item(), w.grad.item(), b.grad.item(), y_hat.max().item()"
    exec(text.replace(LINE, f"{LINE}; rows.append(({row}))"), {"rows": rows})
    return rows


def test_the_table_of_passes_tells_what_plain_python_does(open_page, tmp_path):
    page = open_page("/training_loop?begin_at=chosen&epochs=30", apart=True)
    page.context.add_init_script(PAPER)
    panel = open_steps(page, 0)
    button = panel.get_by_role("button", name="Table", exact=True)
    button.click()
    heads, rows = panel.locator(".scroller thead th"), panel.locator(".scroller tbody tr")
    expect(panel.get_by_role("table", name="At the end of each pass")).to_be_visible()
    expect(heads).to_have_text(["epoch", "w", "b", "loss"])
    expect(rows).to_have_count(30)

    panel.get_by_label("Rows:").select_option(f"after line 39: {LINE}")
    expect(heads).to_have_text(["epoch", "w", "w.grad", "b", "b.grad", "loss"])
    panel.locator(".columns summary").click()
    panel.get_by_role("checkbox", name="y_hat", exact=True).check()
    for name in ("b", "loss"):
        panel.get_by_role("checkbox", name=name, exact=True).uncheck()
    expect(heads).to_have_text(["epoch", "w", "w.grad", "b.grad", "y_hat"])

    rows.nth(7).click()
    lit = panel.locator(".scroller [aria-current=step] th")
    expect(panel.locator(".line.running")).to_contain_text(LINE)
    expect(panel.locator(".where")).to_have_text("epoch 7 › line 39")
    expect(lit).to_have_text("7")
    page.keyboard.press("ArrowDown")
    expect(panel.get_by_role("button", name="Go to epoch 8")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel.locator(".where")).to_have_text("epoch 8 › line 39")
    page.keyboard.press("PageDown")
    expect(lit).to_have_text("9")
    expect(panel.locator(".scroller button[tabindex='0']")).to_have_text("9")

    with page.expect_download() as waiting:
        panel.get_by_role("button", name="Download .csv").click()
    waiting.value.save_as(tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(newline="") as file:
        names, *lines = csv.reader(file)
    assert names == ["epoch", "w", "w.grad", "b.grad", "y_hat.min()", "y_hat.max()"]
    numbers = [tuple(map(float, (*line[:4], line[5]))) for line in lines]
    assert numbers == plain(30)

    panel.get_by_role("button", name="Print").click()
    page.wait_for_function("window.printed")
    page.evaluate("document.body.innerHTML = window.printed")
    expect(page.locator("caption")).to_have_text(
        "After line 39, in each pass of the loop at line 31 that ran it"
    )
    expect(page.locator("tbody tr")).to_have_count(30)
    expect(page.locator("thead th")).to_have_text([*names[:4], "y_hat"])


def test_a_pass_that_was_not_kept_comes_when_it_is_asked_for(open_page):
    page = open_page("/training_loop?begin_at=chosen&epochs=2000")
    panel = open_steps(page, 0)
    panel.get_by_role("button", name="Table", exact=True).click()
    expect(panel.locator(".aside").first).to_have_text("Not kept: epoch 10 to 15")
    panel.get_by_role("spinbutton", name="epoch").fill("1003")
    panel.get_by_role("button", name="Go there").click()
    expect(panel.locator(".where")).to_have_text("epoch 1003 › line 50")
    expect(panel.locator(".scroller [aria-current=step] th")).to_have_text("1003")
    panel.get_by_role("spinbutton", name="epoch").fill("16")
    page.keyboard.press("Enter")
    expect(panel.locator(".where")).to_have_text("epoch 16 › line 50")

    page.get_by_role("link", name="Tensors").click()
    expect(page.locator("h1")).to_contain_text("tensor")
    page.go_back()
    expect(panel.locator(".scroller [aria-current=step] th")).to_have_text("16")
