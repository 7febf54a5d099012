"""The computation-graph page in a browser: the drawn picture, its clicks, its player, its SVG."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.actions import (
    link_here,
    parts,
)
from tests.waiting import wait_until

NODE = "g.node"
STAGE = ".stage"


def places(page, what=f"{NODE} > :first-child"):
    """The key of a node (or other group) to the box of its shape: left, top, width, height."""
    read = """shape => {
        const box = shape.getBBox()
        return [shape.parentNode.dataset.key, [box.x, box.y, box.width, box.height]]}"""
    return dict(parts(page.locator(STAGE), what, read))


def apart(one, other):
    (x, y, w, h), (u, v, p, q) = one, other
    return x + w <= u + 0.1 or u + p <= x + 0.1 or y + h <= v + 0.1 or v + q <= y + 0.1


def type_program(page, text):
    page.locator("textarea").first.fill(text)
    page.locator("textarea").first.press("Control+Enter")


def step(page, label="Step ›"):
    page.get_by_role("button", name=re.compile(label)).click()


def at(page, moment):
    slider = page.get_by_role("slider", name=re.compile("^Step 0 to")).first
    expect(slider).to_have_value(str(moment), timeout=15_000)


def node(page, key):
    return page.locator(f'{NODE}[data-key="{key}"]')


def wait_for_text(page, text):
    expect(page.locator(f"{STAGE} text", has_text=text).first).to_be_attached()


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
    else:
        wait_for_text(page, "↑ 1 × 5 = 5")


@pytest.mark.parametrize("view", ["the+mathematics", "what+autograd+recorded"])
def test_the_nodes_stay_where_they_are_from_the_first_moment_to_the_last(open_page, view):
    page = open_page(f"/computation_graph?graph=one+neuron&view={view}&moment=1")
    page.wait_for_selector(NODE)
    expect(page.locator(STAGE)).to_contain_text("grad None")
    before = places(page)
    for moment in range(2, 8):
        step(page)
        at(page, moment)
    expect(page.locator(STAGE)).not_to_contain_text("grad None")
    assert places(page) == before


def test_the_inputs_are_what_was_chosen_whatever_was_opened_before(open_page):
    page = open_page("/computation_graph?moment=1")
    popover = page.get_by_role("button", name="More")
    for _ in range(2):
        step(page)
    at(page, 3)
    popover.click()
    page.get_by_text("Saved tensors", exact=True).click()
    expect(node(page, "t2")).to_contain_text("x = 4")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Examples").click()
    page.get_by_role("menuitem", name="detach() cuts the graph").click()
    expect(node(page, "t0")).to_contain_text("x = 3")
    step(page, "Back")
    at(page, 2)
    popover.click()
    page.get_by_text("From left to right", exact=True).click()
    page.keyboard.press("Escape")
    step(page)
    expect(page.get_by_role("textbox", name="All inputs as text")).to_have_value("x=3")
    expect(node(page, "t0")).to_contain_text("x = 3")


def test_clicking_a_node_marks_its_line_and_clicking_a_line_chooses_its_node(open_page):
    page = open_page("/computation_graph")
    node(page, "t3").click()
    expect(page.locator(".line.changed")).to_contain_text("y = a + b")
    page.get_by_role("button", name="More").click()
    chosen = page.get_by_role("combobox", name=re.compile("Look closer at"))
    expect(chosen).to_have_value(re.compile("^y "))
    page.keyboard.press("Escape")
    expect(chosen).to_have_count(0)
    page.locator(".line", has_text="z = x * y").click()
    page.wait_for_url(re.compile("chosen=z"))
    page.get_by_role("button", name="More").click()
    expect(chosen).to_have_value(re.compile("^z "))


def test_clicking_a_leaf_of_autograds_record_writes_out_its_chain_rule(open_page):
    page = open_page("/computation_graph?view=what+autograd+recorded")
    node(page, "n4").click()
    expect(page.locator("pre").first).to_contain_text("∂z/∂y · ∂y/∂b = 4 × 1 = 4")


def test_play_goes_to_the_end_by_itself_and_stops(open_page):
    page = open_page("/computation_graph?moment=4")
    step(page, "Play")
    at(page, 7)
    expect(page.get_by_role("button", name=re.compile("Play"))).to_be_visible()


def test_no_step_is_lost_however_fast_one_presses(open_page):
    page = open_page("/computation_graph?moment=0")
    expect(node(page, "t4")).to_contain_text("z = not yet")
    stepping = page.get_by_role("button", name="Step ›")
    for _ in range(6):
        stepping.click(delay=0, no_wait_after=True)
    at(page, 6)
    expect(page.get_by_text("AccumulateGrad of a runs backwards")).to_be_visible()
    page.wait_for_url(re.compile("moment=6"))


def test_a_preset_chosen_while_playing_stops_there_and_begins_anew(open_page):
    page = open_page("/computation_graph?moment=3")
    step(page, "Play")
    at(page, 4)
    page.get_by_role("button", name="Examples").click()
    expect(page.locator(".play")).to_contain_text("Play")
    page.get_by_role("menuitem", name="two layers of tanh").click()
    expect(page.locator(f"{STAGE} text", has_text="loss")).not_to_have_count(0)
    at(page, 3)
    expect(page.get_by_role("button", name=re.compile("Play"))).to_be_visible()


def test_back_undoes_an_example_at_once_and_brings_what_stood_before(open_page):
    page = open_page("/computation_graph?graph=matrices")
    program = page.get_by_role("textbox", name="Your program")
    inputs = page.get_by_role("textbox", name="All inputs as text")
    expect(node(page, "t0")).to_contain_text("A (2×2)")
    node(page, "t0").click()
    expect(page.locator(".line.changed")).to_contain_text("A = torch.tensor")
    for go, name, begins, first in (
        (None, "w = 0.5", "h = w * x", "w=0.5"),
        (page.go_back, "A (2×2)", "Y = A @ B", "A=[[1, 2]"),
        (page.go_forward, "w = 0.5", "h = w * x", "w=0.5"),
    ):
        if go is None:
            page.get_by_role("button", name="Examples").click()
            page.get_by_role("menuitem", name="one neuron").click()
            page.wait_for_url(re.compile("graph=one"))
        else:
            go()
        expect(program).to_have_value(re.compile(f"^{re.escape(begins)}"))
        expect(inputs).to_have_value(re.compile(f"^{re.escape(first)}"))
        expect(node(page, "t0")).to_contain_text(name)
        expect(page.locator(".line.changed")).to_have_count(int(name.startswith("A")))


def test_letters_step_unless_one_is_typing(open_page):
    page = open_page("/computation_graph?moment=3")
    expect(node(page, "t4")).to_contain_text("z = 20")
    page.locator("h1").click()
    page.keyboard.press("s")
    at(page, 4)
    page.keyboard.press("b")
    page.keyboard.press("b")
    at(page, 2)
    page.locator("textarea").first.focus()
    page.keyboard.type("sbp")
    at(page, 2)


def test_code_and_names_stand_where_the_picture_stands_without_the_server(open_page):
    page = open_page("/computation_graph?moment=1")
    code = page.locator(".code")
    code.get_by_role("button", name="Names and memory").click()
    said, running = code.locator(".said"), code.locator(".line.running")
    expect(said).to_have_text("Line 9 ran. y is 5.")
    expect(code.locator(".bar")).to_be_hidden()
    page.context.set_offline(True)
    step(page)
    expect(said).to_have_text("Line 10 ran. z is 20.")
    expect(running).to_contain_text("z = x * y")
    step(page)
    expect(running).to_contain_text("z.backward()")
    expect(said).to_have_text("Line 13 is running. The names hold what they held before it.")
    for name in ("a", "b", "x"):
        row = code.locator("tr", has=page.get_by_text(f"{name}.grad", exact=True))
        expect(row).to_contain_text("None")
    page.get_by_role("slider", name=re.compile("^Step 0 to")).fill("7")
    expect(said).to_contain_text("a.grad went from None to 4; b.grad went from None to 4")
    step(page, "Back")
    expect(said).to_contain_text("Line 13 is running.")
    page.get_by_role("slider", name=re.compile("^Step 0 to")).fill("0")
    expect(running).to_have_count(0)
    expect(code.locator("tr", has=page.get_by_text("y", exact=True))).to_have_count(0)


def test_the_slider_goes_anywhere_and_the_words_follow(open_page):
    page = open_page("/computation_graph")
    slider = page.get_by_role("slider", name=re.compile("^Step 0 to"))
    slider.fill("5")
    expect(node(page, "t4")).to_contain_text("1 passes through")
    expect(page.get_by_text("AddBackward0 of y runs backwards")).to_be_visible()
    expect(page.locator(".line.running")).to_contain_text("z.backward()")


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
    again = open_page(link_here(page))
    wait_for_text(again, "q = 12")


def test_a_refused_program_points_at_its_place(open_page):
    page = open_page("/computation_graph")
    box = page.get_by_role("textbox", name="Your program")
    box.fill("y = a + b\nz = y.__class__")
    box.press("Control+Enter")
    expect(page.get_by_role("alert").first).to_contain_text("Line 2, column 5")
    expect(box).to_have_value("y = a + b\nz = y.__class__")
    wait_for_text(page, "z = 20")


def test_a_wide_graph_keeps_a_readable_size_until_all_of_it_is_asked_for(open_page):
    branches = "".join(f"h{i} = torch.tanh(x * {i}.5 + w)\n" for i in range(14))
    total = "y = " + " + ".join(f"h{i}" for i in range(14))
    page = open_page(f"/computation_graph?program={quote(branches + total)}")
    stage = page.locator(STAGE)
    wide = "stage => stage.scrollWidth > stage.clientWidth + 1"
    high = "stage => stage.scrollHeight > stage.clientHeight + 1"
    wait_until(lambda: stage.evaluate(wide))
    page.get_by_role("button", name="See all of it").click()
    wait_until(lambda: not stage.evaluate(wide) and not stage.evaluate(high))
    page.get_by_role("button", name="Full size").click()
    wait_until(lambda: stage.evaluate(wide))


def test_a_program_typed_over_another_is_drawn_whole(open_page):
    page = open_page("/computation_graph")
    expect(page.locator(NODE)).to_have_count(7)
    for program, nodes in (("y = x * x\nz = tanh(y)", 5), ("p = a * b\nq = p + a\nr = q * p", 8)):
        type_program(page, program)
        expect(page.locator(NODE)).to_have_count(nodes)


# x and w are used in every line, and each y in the two lines after it.
FORMS = ("y{} = {} * x", "y{} = {} + w", "y{} = tanh({} * x)", "y{} = sigmoid({} - {})")


def long_program(lines):
    names = ["x", "w", *(f"y{i}" for i in range(lines))]
    filled = [FORMS[i % 4].format(i, names[i + 1], names[i]) for i in range(lines)]
    return "\n".join(filled)


LAYOUTS = {
    "two hundred nodes": (long_program(79), 199),
    "wide": (
        "\n".join(f"h{i} = tanh(x * w{i})" for i in range(9))
        + "\ny = "
        + " + ".join(f"h{i}" for i in range(9)),
        46,
    ),
    "a tensor used twice by one operation": ("y = x * x\nz = y * y + y", 6),
    "what the output does not need": ("a = x * w\nb = a + v\nc = tanh(b)\nz = x * x", 11),
    "the output is an input": ("y = x", 1),
}


@pytest.mark.parametrize("across", ["", "&across=true"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_no_node_lies_over_another_and_every_text_inside_its_own(open_page, name, across):
    program, nodes = LAYOUTS[name]
    page = open_page(f"/computation_graph?program={quote(program)}{across}&moment=9999")
    expect(page.locator(NODE)).to_have_count(nodes)
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    boxes = places(page)
    shown = list(boxes.values())
    assert all(apart(p, q) for i, p in enumerate(shown) for q in shown[:i])
    labels = list(places(page, "g.edge > rect").values())
    assert all(apart(p, q) for p in shown for q in labels)
    assert all(apart(p, q) for i, p in enumerate(labels) for q in labels[:i])
    outside = """group => {
        const shape = group.querySelector("rect, ellipse")?.getBoundingClientRect()
        return [...group.querySelectorAll("text")].some(text => {
            const { left, right } = text.getBoundingClientRect()
            return left < shape.left - 0.5 || right > shape.right + 0.5
        }) && group.textContent }"""
    assert not any(parts(page.locator(STAGE), "g.node, g.edge", outside))


def test_no_line_passes_over_a_node_that_it_does_not_belong_to(open_page):
    page = open_page(f"/computation_graph?program={quote(long_program(30))}")
    page.wait_for_selector(NODE)
    over = """path => {
        const boxes = [...path.closest("svg").querySelectorAll("g.node > :first-child")]
            .map(shape => shape.getBBox())
        const touched = new Set(), length = path.getTotalLength()
        for (let at = 8; at < length - 8; at += 4) {
            const { x, y } = path.getPointAtLength(at)
            boxes.forEach(({ x: left, y: top, width, height }, i) => {
                const beside = x < left + 1 || x > left + width - 1
                if (!beside && y > top + 1 && y < top + height - 1) touched.add(i)
            })
        }
        return touched.size }"""
    assert set(parts(page.locator(STAGE), "g.edge > path", over)) == {0}


def test_stepping_scrolls_the_node_that_runs_into_view_and_leaves_the_page_where_it_is(open_page):
    page = open_page(f"/computation_graph?program={quote(long_program(40))}&moment=0")
    page.wait_for_selector(NODE)
    seen = """stage => {
        const outer = stage.getBoundingClientRect()
        const thick = [...stage.querySelectorAll("g.node > [stroke-width='3']")]
        return thick.some(shape => { const b = shape.getBoundingClientRect()
            return b.top >= outer.top && b.bottom <= outer.bottom }) }"""
    stage = page.locator(STAGE)
    for moment in range(1, 13):
        step(page)
        at(page, moment)
        page.wait_for_function(seen, arg=stage.element_handle())
    assert stage.evaluate("stage => stage.scrollTop") > 0
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollTop") == 0


def test_in_a_large_graph_the_step_that_runs_shows_its_equations_beside_each_other(open_page):
    # The way back begins with the last sum, of two terms that both want a gradient.
    page = open_page(
        f"/computation_graph?program={quote(long_program(70) + chr(10) + 'z = y69 + x')}"
    )
    page.wait_for_selector(NODE)
    expect(page.locator("g.edge text")).to_have_count(0)
    step(page)
    expect(page.locator("g.edge text", has_text="↑ 1 × 1 = 1")).to_have_count(2)
    grounds = [b for b in places(page, "g.edge > rect:not([fill=none])").values() if b[2]]
    assert len(grounds) == 2
    assert apart(*grounds)


def test_zooming_changes_the_size_and_keeps_it_while_stepping(open_page):
    page = open_page("/computation_graph?moment=3")
    expect(page.locator(NODE)).to_have_count(7)

    def width():
        [pixels] = parts(page.locator(STAGE), "svg", "svg => svg.getBoundingClientRect().width")
        return pixels

    before = width()
    page.get_by_role("button", name="Larger").click()
    page.get_by_role("button", name="Larger").click()
    wait_until(lambda: width() > 1.4 * before)
    larger = width()
    step(page)
    at(page, 4)
    assert width() == pytest.approx(larger)
    page.get_by_role("button", name="See all of it").click()
    wait_until(lambda: width() <= before + 1)


def test_a_link_to_step_0_opens_at_step_0(open_page):
    page = open_page("/computation_graph?moment=1")
    at(page, 1)
    step(page, "Back")
    at(page, 0)
    page.wait_for_url(re.compile("moment=0"))
    again = open_page(link_here(page))
    at(again, 0)
    expect(node(again, "t4")).to_contain_text("z = not yet")


def test_another_program_begins_at_the_end_of_its_way_forward(open_page):
    page = open_page("/computation_graph?moment=7")
    at(page, 7)
    type_program(page, "y = x * x\nz = tanh(y)\nq = z * y")
    at(page, 3)
    expect(page.locator(NODE)).to_have_count(7)


def cell(page, name, row, column):
    return page.get_by_role("textbox", name=f"{name}, row {row}, column {column}", exact=True)


def test_a_matrix_is_typed_cell_by_cell(open_page):
    page = open_page("/computation_graph?graph=matrices&moment=99")
    cell(page, "A", 1, 2).fill("-2,5")
    cell(page, "A", 1, 2).press("Enter")
    expect(node(page, "t0")).to_contain_text("[1, −2.5; 3, 4]")
    expect(cell(page, "A", 2, 2)).to_be_focused()
    cell(page, "A", 2, 1).fill("many")
    cell(page, "A", 2, 1).press("Tab")
    refused = page.get_by_role("alert").filter(has_text="is no number")
    expect(refused).to_contain_text("“many” in row 2, column 1 is no number")
    expect(cell(page, "A", 2, 1)).to_have_attribute("aria-invalid", "true")
    expect(node(page, "t0")).to_contain_text("[1, −2.5; 3, 4]")
    cell(page, "A", 2, 1).fill("7")
    cell(page, "A", 2, 1).press("Tab")
    expect(node(page, "t0")).to_contain_text("[1, −2.5; 7, 4]")
    expect(refused).to_have_count(0)


def test_a_number_grows_into_a_matrix_and_back(open_page):
    page = open_page("/computation_graph?program=y+%3D+x+*+2&given=x%3D3")
    page.get_by_role("button", name="x as a list").click()
    expect(node(page, "t0")).to_contain_text("x (1)")
    row, column = "Take the last row away", "Take the last column away"
    for label, shown in (
        ("Add a column", "x (2)"),
        ("Add a row", "x (2×2)[3, 0; 0, 0]"),
        (row, "x (1×2)"),
        (row, "x (2)"),
        (column, "x (1)"),
        (column, "x = 3"),
    ):
        page.get_by_role("button", name=label).click()
        expect(node(page, "t0")).to_contain_text(shown)


def test_a_face_that_comes_late_is_measured_again(open_page, browser, server):
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    held = []

    def hold(route):
        held.append(route)

    page.route(re.compile(r"\.woff2?$"), hold)
    page.goto(f"{server}/computation_graph?moment=7", wait_until="commit")
    page.wait_for_selector(NODE)
    before = places(page)
    for route in held:
        route.continue_()
    page.unroute_all()
    expect(page.locator(NODE)).to_have_count(7)
    page.wait_for_function(
        """before => [...document.querySelectorAll("*")].map(e => e.shadowRoot)
            .flatMap(root => [...(root?.querySelectorAll("g.node > :first-child") ?? [])])
            .some(shape => shape.getBBox().width !== before[shape.parentNode.dataset.key][2])""",
        arg=before,
    )
    page.context.close()


def test_a_plays_and_pauses_ctrl_and_the_wheel_zoom_and_the_mouse_drags(open_page):
    page = open_page(f"/computation_graph?program={quote(long_program(30))}")
    page.wait_for_selector(NODE)
    page.locator("h1").click()
    for label in ("Pause", "Play"):
        page.keyboard.press("a")
        expect(page.locator(".play")).to_contain_text(label)
    stage = page.locator(STAGE)

    def seen():
        return stage.evaluate("s => [s.firstChild.clientWidth, s.scrollLeft, s.scrollTop]")

    def settled():
        now = seen()
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        return seen() == now

    stage.hover()
    width = seen()[0]
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    wait_until(lambda: seen()[0] > 1.5 * width and settled())
    # Away from the edges, at which there is nothing more to drag.
    stage.evaluate("s => s.scrollTo(400, 400)")
    before, box = seen(), stage.bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=3)
    page.mouse.up()
    wait_until(settled)
    assert seen()[1] - before[1] == pytest.approx(40, abs=2)
    assert seen()[2] - before[2] == pytest.approx(60, abs=2)
