"""The computation-graph page in a browser: the drawn picture, its clicks, its player, its SVG."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

NODE = ".stGraphVizChart g.node"


def places(page):
    """Node's key to where it is drawn, to a tenth of a point."""
    read = """nodes => Object.fromEntries(nodes.map(node => {
        const box = node.getBBox()
        return [node.querySelector("title").textContent,
                [box.x, box.y, box.width, box.height].map(v => Math.round(v * 10) / 10)]}))"""
    return page.locator(NODE).evaluate_all(read)


def step(page, label="Step"):
    page.get_by_role("button", name=re.compile(label)).click()


def at(page, moment):
    slider = page.get_by_role("slider", name=re.compile("^Step 0 to")).first
    expect(slider).to_have_value(str(moment), timeout=15_000)


def node(page, key):
    return page.locator(NODE).filter(has=page.locator("title", has_text=re.compile(f"^{key}$")))


def wait_for_text(page, text):
    expect(page.locator(".stGraphVizChart text", has_text=text).first).to_be_attached()


@pytest.mark.parametrize(
    ("view", "keys"),
    [
        ("the mathematics", {"a": "t0", "b": "t1", "x": "t2"}),
        ("what autograd recorded", {"a": "n3", "b": "n4", "x": "n1"}),
    ],
)
def test_a_backward_pass_stepped_to_its_end_leaves_the_gradients_in_the_picture(
    open_page, view, keys
):
    page = open_page(f"/computation_graph?view={view.replace(' ', '+')}&moment=2")
    for key in keys.values():
        expect(node(page, key)).to_contain_text("grad None")
    for moment in range(3, 8):
        step(page)
        at(page, moment)
    for name, gradient in {"x": 5, "a": 4, "b": 4}.items():
        expect(node(page, keys[name])).to_contain_text(f"grad {gradient}")
    if "autograd" in view:
        wait_for_text(page, "1 × 5 = 5")
        wait_for_text(page, "4 × 1 = 4")


@pytest.mark.parametrize("view", ["the+mathematics", "what+autograd+recorded"])
def test_the_nodes_stay_where_they_are_from_the_first_moment_to_the_last(open_page, view):
    page = open_page(f"/computation_graph?graph=one+neuron&view={view}&moment=1")
    page.wait_for_selector(NODE)
    expect(page.locator(".stGraphVizChart")).to_contain_text("grad None")
    before = places(page)
    for moment in range(2, 8):
        step(page)
        at(page, moment)
    expect(page.locator(".stGraphVizChart")).not_to_contain_text("grad None")
    assert places(page) == before


def test_clicking_a_node_marks_its_line_and_clicking_a_line_chooses_its_node(open_page):
    page = open_page("/computation_graph")
    node(page, "t3").click()
    expect(page.locator(".line.changed")).to_contain_text("y = a + b")
    chosen = page.get_by_role("combobox", name=re.compile("Look closer at"))
    expect(chosen).to_have_value(re.compile("^y "))
    page.locator(".line", has_text="z = x * y").click()
    expect(chosen).to_have_value(re.compile("^z "))


def test_clicking_a_leaf_of_autograds_record_writes_out_its_chain_rule(open_page):
    page = open_page("/computation_graph?view=what+autograd+recorded")
    node(page, "n4").click()
    expect(page.locator(".stCode").first).to_contain_text("∂z/∂y · ∂y/∂b = 4 × 1 = 4")


def test_play_goes_to_the_end_by_itself_and_stops(open_page):
    page = open_page("/computation_graph?moment=4")
    step(page, "Play")
    at(page, 7)
    expect(page.get_by_role("button", name=re.compile("Play"))).to_be_visible()


def test_the_picture_is_saved_as_svg(open_page, tmp_path):
    page = open_page("/computation_graph?moment=7")
    page.wait_for_selector(NODE)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save SVG").click()
    saved = tmp_path / "graph.svg"
    download.value.save_as(saved)
    text = Path(saved).read_text("utf-8")
    assert text.startswith("<svg")
    assert 'xmlns="http://www.w3.org/2000/svg"' in text
    assert "z = 20" in text
    assert "grad 5" in text


def test_an_edited_program_is_in_the_link_and_the_link_brings_it_back(open_page):
    page = open_page("/computation_graph")
    box = page.get_by_role("textbox", name="Your program")
    box.fill("q = a ** 3 + x")
    box.press("Control+Enter")
    wait_for_text(page, "q = 12")
    page.wait_for_url(re.compile("program="))
    again = open_page(page.url[page.url.index("/computation_graph") :])
    wait_for_text(again, "q = 12")


def test_a_refused_program_points_at_its_place(open_page):
    page = open_page("/computation_graph")
    box = page.get_by_role("textbox", name="Your program")
    box.fill("y = a + b\nz = y.grad")
    box.press("Control+Enter")
    expect(page.get_by_role("alert").first).to_contain_text("Line 2, column 5")
    expect(box).to_have_value("y = a + b\nz = y.grad")
    wait_for_text(page, "z = 20")


def test_a_wide_graph_keeps_a_readable_size_until_all_of_it_is_asked_for(open_page):
    branches = "".join(f"h{i} = torch.tanh(x * {i}.5 + w)\n" for i in range(14))
    total = "y = " + " + ".join(f"h{i}" for i in range(14))
    page = open_page(f"/computation_graph?program={quote(branches + total)}")
    drawn = page.locator(".stGraphVizChart svg")
    wide = "svg => svg.clientWidth > svg.closest('.stGraphVizChart').clientWidth + 1"
    page.get_by_role("button", name="See all of it").click()
    assert drawn.evaluate(wide) is False
    page.get_by_role("button", name="Full size").click()
    assert drawn.evaluate(wide) is True


def test_a_program_typed_over_another_is_drawn_whole(open_page):
    """The chart's library draws a graph by changing the one before, which was painted over."""
    page = open_page("/computation_graph")
    expect(page.locator(NODE)).to_have_count(7)
    box = page.locator("textarea").first
    for program, nodes in (("y = x * x\nz = tanh(y)", 5), ("p = a * b\nq = p + a\nr = q * p", 8)):
        box.fill(program)
        box.press("Control+Enter")
        expect(page.locator(NODE)).to_have_count(nodes, timeout=15_000)
