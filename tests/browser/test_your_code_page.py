"""A learner's own code in a real browser: typed, run, stepped, broken, mended, kept and sent."""

from playwright.sync_api import expect

from groundup.your_code.examples import EXAMPLES
from tests.browser.barriers import none_stand_on

TEXT = """import torch

x = torch.tensor(2.0, requires_grad=True)
for k in range(3):
    y = torch.exp(x) * k
    print(y.item())
y.backward()
"""
BROKEN = TEXT.replace("torch.exp", "np.exp")


def field(page):
    return page.locator(".editor textarea")


def edit(page):
    page.get_by_role("button", name="Edit").click()
    expect(field(page)).to_be_visible()


def test_a_text_is_typed_run_broken_mended_and_linked(open_page):
    page = open_page("/your_code")
    field(page).fill(TEXT)
    page.keyboard.press("Control+Enter")
    panel = page.locator(".code")
    said, running = panel.locator(".said"), panel.locator(".line.running")
    expect(running).to_contain_text("import torch")
    page.locator(".code .line", has_text="print(y.item())").click()
    expect(running).to_contain_text("print(y.item())")
    page.keyboard.press("PageDown")
    expect(panel.locator(".where")).to_have_text("k 1 › line 4")
    told = said.inner_text()
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text }")
    panel.get_by_role("button", name="Copy link").click()
    link = page.evaluate("window.copied")

    edit(page)
    field(page).fill(BROKEN)
    expect(page.get_by_text("The text has changed.")).to_be_visible()
    field(page).press("Control+Enter")
    expect(page.locator(".editor .line.refused")).to_contain_text("np.exp")
    expect(page.locator(".editor .under")).to_have_text("np.exp")
    none_stand_on(page)
    page.get_by_role("button", name="Change it and run").click()
    # The recording is the one from before, so it is at the statement where it was left.
    expect(running).to_contain_text("for k in range(3)")
    edit(page)
    expect(field(page)).to_have_value(TEXT)
    page.get_by_role("button", name="Undo").click()
    expect(field(page)).to_have_value(BROKEN)
    page.get_by_role("button", name="Redo").click()
    field(page).press("Control+Enter")
    expect(running).to_contain_text("for k in range(3)")
    page.reload()
    expect(running).to_contain_text("import torch")
    edit(page)
    expect(field(page)).to_have_value(TEXT)

    other = open_page("/" + link.split("/", 3)[3])
    expect(field(other)).to_have_value(TEXT)
    expect(other.get_by_text("nothing of it has run")).to_be_visible()
    expect(other.locator(".code .said")).to_have_count(0)
    other.get_by_role("button", name="Run").click()
    expect(other.locator(".code .said")).to_have_text(told)
    expect(other.locator(".code .where")).to_have_text("k 1 › line 4")


def test_keys_indent_undo_and_leave_the_editor(open_page):
    page = open_page("/your_code")
    text = field(page)
    text.fill("")
    page.keyboard.type("for i in range(3):\nx = i\n")
    page.keyboard.press("Backspace")
    page.keyboard.type("print(x)")
    mine = "for i in range(3):\n    x = i\nprint(x)"
    expect(text).to_have_value(mine)
    page.keyboard.press("Tab")
    expect(text).to_have_value(mine + "    ")
    page.keyboard.press("Control+z")
    expect(text).to_have_value(mine)
    expect(page.locator(".editor .keyword").first).to_have_text("for")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(text).not_to_be_focused()

    page.reload()
    expect(text).to_have_value(mine)
    page.get_by_role("combobox", name="Start from an example").click()
    page.get_by_role("option", name="XOR with nn.Module").click()
    expect(text).to_have_value(EXAMPLES["XOR with nn.Module"].text)
    page.get_by_role("button", name="Undo").click()
    expect(text).to_have_value(mine)
