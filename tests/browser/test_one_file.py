"""A page that was taken home as one file plays and steps from the disk, without any server."""

import pytest
from playwright.sync_api import expect

from groundup.engine import lesson, observe
from tests.browser.actions import drawn_places, press, readout, to_the_end, train

LOOP = lesson.load("training_loop")
HOSTILE = (
    'import torch\nprint("</script><img src=x onerror=alert(1)> <!-- $title")\nx = torch.ones(2)\n'
)


@pytest.fixture
def opened(browser, tmp_path):
    """``opened(page, width)``: what the page's button downloads, opened from the disk."""
    contexts, errors = [], []

    def at(page, width=900, height=600):
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Page (.html)").first.click()
        file = tmp_path / "page.html"
        waiting.value.save_as(file)
        assert file.stat().st_size <= 400_000
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
        contexts.append(context)
        there = context.new_page()
        there.on("pageerror", lambda error: errors.append(str(error)))
        there.on(
            "request", lambda asked: errors.append(asked.url) if asked.url[:4] == "http" else 0
        )
        there.goto(file.as_uri())
        return there

    yield at
    for context in contexts:
        context.close()
    assert errors == []


def test_a_run_is_played_scrubbed_and_stepped_from_the_disk(open_page, opened):
    page = open_page("/training_loop?epochs=40&start_w=3")
    train(page)
    to_the_end(page)
    press(page, "Take home")
    there = opened(page)
    there.locator(".play").click()
    to_the_end(there)
    run = observe.run(LOOP.set(epochs=40, start_w=3.0).text)
    drawn_places(there.locator(".loss .curve"), 41)
    there.locator(".scrub").fill("7")
    expect(readout(there, "loss")).to_have_text(f"{run.columns['loss'][7]:.4g}")
    there.locator(".code .line", has_text="loss.backward()").click()
    expect(there.locator(".code .where")).to_contain_text("epoch")
    expect(there.locator(".readouts .formula dt")).to_contain_text("after line")
    link = there.get_by_role("link", name="Open it in groundup").get_attribute("href")
    assert "epochs=40" in link
    # In a small window one thing at a time is in sight.
    there.set_viewport_size({"width": 600, "height": 450})
    there.get_by_role("button", name="Code").click()
    expect(there.locator(".player")).to_be_hidden()
    expect(there.locator(".code .said")).to_be_visible()
    there.get_by_role("button", name="Picture").click()
    expect(there.locator(".player .play")).to_be_visible()


def test_a_text_of_ones_own_cannot_leave_its_place_in_the_file(open_page, opened):
    page = open_page("/your_code")
    page.locator(".editor textarea").fill(HOSTILE)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".code .line.running")).to_contain_text("import torch")
    there = opened(page)
    there.locator(".code .line", has_text="print(").click()
    expect(there.locator(".code .output")).to_contain_text("</script><img src=x onerror=alert(1)>")
    assert there.locator("img").count() == 0


@pytest.mark.parametrize(
    ("address", "begin", "part"),
    [
        ("/nn_module?topic=Beyond+a+line&net_epochs=30&samples=60", "train_net", ".units canvas"),
        ("/computation_graph?part=take+home", "", "g.node"),
        ("/nn_module?topic=The+optimizers&race_steps=60", "", ".play"),
    ],
)
def test_networks_graphs_and_races_are_taken_home_too(open_page, opened, address, begin, part):
    page = open_page(address)
    if begin:
        train(page, begin)
        to_the_end(page)
        press(page, "Take home")
    expect(page.get_by_role("button", name="Page (.html)").first).to_be_visible()
    there = opened(page)
    expect(there.locator(part).first).to_be_visible()
    expect(there.locator(".code .said")).to_be_visible()
