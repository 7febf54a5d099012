"""A page that was taken home as one file plays and steps from the disk, without any server, in
Chromium and in Firefox."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from groundup.course.tasks.runs import LIMITS
from groundup.engine import observe
from groundup.engine.snapshot import number
from groundup.engine.trace import trace
from tests.browser.actions import press, to_the_end, train
from tests.browser.opened import ChromiumWindow, Opened

HOSTILE = (
    'import torch\nprint("</script><img src=x onerror=alert(1)> <!-- $title")\nx = torch.ones(2)\n'
)
WITHIN = """place => place[0] < innerWidth && place[1] < innerHeight"""


@dataclass(frozen=True)
class Kind:
    """A page to take home.

    ``number`` is where its player shows ``column`` of the run, in ``digits`` digits; of the epoch
    that the slider stands at, or of the one ``late`` places before.
    """

    address: str
    begin: str = ""
    number: str = ""
    column: str = "loss"
    digits: int = 4
    late: int = 1


KINDS = {
    "training": Kind(
        "/training_loop?epochs=40&start_w=3", "train", ".readouts dd[data-name=loss]", late=0
    ),
    "race": Kind(
        "/nn_module?topic=The+optimizers&race_steps=60",
        number=".racers [aria-pressed=true] .value",
        digits=3,
    ),
    "network": Kind(
        "/nn_module?topic=Beyond+a+line&net_epochs=30&samples=60",
        "train_net",
        ".readouts dd[data-name='train loss']",
        "train_loss",
    ),
    "ffn": Kind(
        "/ffn_scale?scale=Train+it&ffn_epochs=60&ffn_width=16",
        "ffn_train",
        ".readouts dd[data-name=loss]",
    ),
    "graph": Kind("/computation_graph?part=take+home"),
    "steps": Kind("/your_code"),
}


@pytest.fixture(scope="module")
def taken(browser, server, tmp_path_factory):
    """``taken(name)``: the address of the file that the page's own button downloads, made once."""
    files = {}

    def made(name):
        if name not in files:
            file = tmp_path_factory.mktemp(name) / "page.html"
            _take(browser.new_page(), server + KINDS[name].address, KINDS[name].begin, file)
            assert file.stat().st_size < 400_000
            files[name] = file.as_uri()
        return files[name]

    return made


def _take(page, address, begin, file):
    page.goto(address)
    if "your_code" in address:
        page.locator(".editor textarea").fill(HOSTILE)
        page.keyboard.press("Control+Enter")
        expect(page.locator(".code .line.running")).to_contain_text("import torch")
    if begin:
        train(page, begin)
        to_the_end(page)
    if page.get_by_role("button", name="Take home").count():
        press(page, "Take home")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Page (.html)").first.click()
    waiting.value.save_as(file)
    page.close()


@pytest.fixture(params=["chromium", "firefox"])
def opened(request, browser, taken):
    """``opened(name)``: the file in a window of 900 × 600 without a network."""
    name = request.param
    windows = []
    if name == "chromium":
        context = browser.new_context(viewport={"width": 900, "height": 600}, offline=True)
        windows.append(ChromiumWindow(context.new_page()))
    else:
        windows.append(request.getfixturevalue("firefox").new_page(900, 600))
    window = windows[0]

    def at(kind):
        window.goto(taken(kind))
        there = Opened(window)
        there.becomes(".steps .said", there.changes(".steps .said", ""))
        return there

    yield at
    window.close()
    assert window.errors == []
    assert [one for one in window.requests if one[:4] == "http"] == []


@pytest.mark.parametrize("name", [name for name in KINDS if KINDS[name].number])
def test_a_run_is_played_scrubbed_and_stepped_from_the_disk(opened, name):
    kind, there = KINDS[name], opened(name)
    run = observe.run(there.code())
    assert there.texts(kind.number) == ["—"]
    assert there.window.evaluate(WITHIN, there.place(".play"))
    there.press(".play")
    first = there.changes(kind.number, "—")
    there.changes(kind.number, first)
    values = run.columns[kind.column]
    for at in (7, 12):
        there.slide(".scrub", at)
        there.becomes(kind.number, number(values[at - kind.late], kind.digits))
    there.press(".forward")
    there.becomes(kind.number, number(values[13 - kind.late], kind.digits))
    _stepped(there)


def test_a_graph_is_played_scrubbed_and_stepped_from_the_disk(opened):
    there = opened("graph")
    grads = {name: observe.run(there.code()).variables[name].grad.item() for name in "abx"}
    there.press(".play")
    there.becomes(".where", "7 of 7 · backward")
    there.slide(".scrub", 0)
    there.becomes(".where", "0 of 7 · start")
    assert any(said.endswith(".grad None") for said in there.texts("g.node"))
    there.slide(".scrub", 7)
    there.becomes(".where", "7 of 7 · backward")
    nodes = there.texts("g.node")
    for name, grad in grads.items():
        assert any(said[0] == name and said.endswith(f"grad {number(grad)}") for said in nodes)
    _stepped(there)


def test_a_text_of_ones_own_is_stepped_and_cannot_leave_its_place_in_the_file(opened):
    there = opened("steps")
    assert there.code().strip() == HOSTILE.strip()
    _stepped(there)
    there.press(".line:nth-child(2)")
    there.becomes(".output", "</script><img src=x onerror=alert(1)> <!-- $title")
    assert there.window.evaluate("() => document.querySelectorAll('img').length") == 0


def _stepped(there):
    """Step twice: line and number of the moment are those of the recording of the same text."""
    walked = trace(there.code(), limits=LIMITS).moments
    there.slide(".slide input", 0)
    for at in (1, 2):
        there.press(".steps .go.on")
        there.becomes(".count", f"{at + 1} of {len(walked)}")
        assert there.texts(".line.running .number") == [str(walked[at].line)]


def test_in_a_small_window_one_thing_at_a_time_is_in_sight(browser, taken):
    page = browser.new_page(viewport={"width": 600, "height": 450})
    for name in KINDS:
        page.goto(taken(name))
        switches = page.get_by_role("button", name="Code", exact=True)
        if name != "steps":
            expect(page.locator(".play")).to_be_in_viewport(ratio=1)
            switches.click()
            expect(page.locator(".play")).to_be_hidden()
        expect(page.locator(".steps .go.on")).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 600, name
    page.goto(taken("training"))
    link = page.get_by_role("link", name="Open it in groundup").get_attribute("href")
    assert "epochs=40" in link
    page.close()
