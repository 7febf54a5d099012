"""``groundup open``: a script of the user's own, in their browser."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.measures import QUIET

SCRIPT = """import helper

total = 0
for i in range(3):
    total += helper.double(i)
print("the total is", total)
"""
SAVED = SCRIPT.replace("range(3)", "range(4)")


@pytest.fixture
def opened(tmp_path):
    """The script, and the address at which the command shows it."""
    script = tmp_path / "sum.py"
    script.write_text(SCRIPT)
    (tmp_path / "helper.py").write_text("def double(i):\n    return 2 * i\n")
    command = (sys.executable, "-m", "groundup", "open", "--no-browser", str(script))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = iter(process.stdout.readline, "")
        address = next(filter(None, (re.search(r"http://\S+", line) for line in said)))
        yield script, address[0]
        process.terminate()


def test_a_script_of_ones_own_is_run_stepped_and_run_again_when_it_was_saved(browser, opened):
    script, address = opened
    page = browser.new_page()
    page.goto(address)
    expect(page.locator(".editor textarea")).to_have_value(SCRIPT, timeout=60_000)
    page.get_by_role("button", name="Run").click()
    running = page.locator(".code .line.running")
    expect(running).to_contain_text("import helper", timeout=60_000)
    page.locator(".code .line", has_text="total +=").click()
    expect(page.locator(".code .where")).to_contain_text("i 0")
    page.locator(".code .line", has_text="print(").click()
    expect(page.locator(".code .output")).to_have_text("the total is 6\n")
    script.write_text(SAVED)
    expect(page.get_by_text("The text has changed.")).to_be_visible()
    page.get_by_role("button", name="Run").click()
    expect(page.locator(".code .count")).to_have_text("1 of 11")
    page.locator(".code .line", has_text="print(").click()
    expect(page.locator(".code .output")).to_have_text("the total is 12\n")
    # Everything lies under a random name here, and so do the path's links.
    page.locator(".course-path a", has_text="Tensors").click()
    expect(page).to_have_url(address.replace("your_code", "tensors?section=1.1"))
    expect(page.locator(".cell").first).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(rf"^{re.escape(address)}"))
    # The address is Back's at once; until the page is, the other one's codes stand there.
    expect(page.locator("h1")).to_have_text("What does your own code do?")
    page.wait_for_selector(QUIET)
    expect(page.locator(".code .output")).to_have_text("the total is 12\n")
    page.close()
