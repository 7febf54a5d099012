"""What the lab needs a browser for: two runs in one player, a click on the surface."""

from playwright.sync_api import expect

from groundup.engine import lesson, observe
from groundup.training.batches import in_batches
from tests.browser.actions import (
    drawn_places,
    number,
    parts,
    press,
    readout,
    styles,
    to_the_end,
    train,
)
from tests.waiting import wait_until

LOOP = lesson.load("training_loop").set(begin="random")


def test_a_mistake_plays_beside_the_healthy_run_and_is_named_by_dash_and_word(open_page):
    page = open_page("/training_loop?lab=Break+it&break=Forget+to+zero+the+gradients")
    expect(page.get_by_role("button", name="Train: guess first")).to_be_disabled()
    expect(page.locator(".legend")).to_be_hidden()
    # The dock asks it, and its answer is the page's guess too.
    page.locator(".st-key-course_dock").get_by_role("button", name="oscillates").click()
    expect(page.locator(".legend li")).to_have_text(["this text", "healthy", "momentum 1.0"])
    train(page)
    to_the_end(page)
    expect(page.get_by_text("and so it was")).to_be_visible()
    expect(page.get_by_text("No error was raised")).to_be_visible()
    losses = page.locator(".loss svg")
    wait_until(lambda: len(set(styles(losses, ".curve", "strokeDasharray"))) == 3)
    curves = [drawn_places(losses.locator(".curve").nth(n), 101) for n in range(3)]
    assert curves[0] == curves[2] != curves[1]
    press(page, "Fix it")
    expect(page.locator(".legend")).to_be_hidden()


def test_a_run_that_breaks_off_waits_while_the_healthy_one_goes_on(open_page):
    page = open_page("/training_loop?lab=Break+it&break=Forget+no_grad")
    press(page, "Skip")
    press(page, "Train")
    to_the_end(page)
    # It broke off in its first step, and stands before it; the healthy one has 100 and the end.
    expect(readout(page, "epoch")).to_have_text("0")
    drawn_places(page.locator(".loss .curve").nth(1), 101)
    expect(page.get_by_role("alert").first).to_contain_text("in-place")


def test_a_click_on_the_surface_moves_the_line_there(open_page):
    page = open_page("/training_loop?lab=By+hand&data_line=known")
    expect(readout(page, "epoch")).to_have_text("1")
    surface = page.locator(".surface svg")
    size = surface.bounding_box()
    right, down = size["width"] * 0.6, size["height"] * 0.3
    surface.click(position={"x": right, "y": down})
    expect(readout(page, "epoch")).to_have_text("2")
    w = float(number(page, "w"))
    expect(page.get_by_role("slider", name="Your w")).to_have_value(str(w))
    middle = """dot => {
        const [a, b] = [dot, dot.closest("svg")].map(e => e.getBoundingClientRect())
        return [a.x + a.width / 2 - b.x, a.y + a.height / 2 - b.y] }"""

    def off():
        [(x, y)] = parts(page.locator("figure.surface"), ".dot", middle)
        return max(abs(x - right), abs(y - down))

    wait_until(lambda: off() < 4)
    expect(page.locator(".surface .ghost")).to_be_visible()


def test_a_guess_is_answered_when_the_run_has_been_watched(open_page):
    page = open_page("/training_loop?lab=Predict&lr=0.5")
    page.get_by_role("radiogroup", name="Your guess").get_by_text("oscillates").click()
    train(page)
    to_the_end(page)
    expect(page.get_by_text("and that is right")).to_be_visible()


def test_in_batches_the_path_has_a_point_for_each_step_and_the_batchs_own_arrow(open_page):
    page = open_page("/training_loop?each_step=8+points&epochs=20")
    train(page)
    to_the_end(page)
    path = page.locator(".surface .path").get_attribute("points").split()
    # The start, 20 epochs of 7 steps, and where the dot is now.
    assert len(path) == 1 + 20 * 7 + 1
    # After the last step no batch follows; before it the arrow is the next batch's.
    expect(page.locator(".surface .downhill")).to_be_hidden()
    page.get_by_role("button", name="One epoch back").click()
    expect(page.locator(".readouts .formula dt")).to_have_text("Epoch 19, before its first step")
    expect(page.locator(".surface .downhill")).to_be_visible()


def test_in_batches_the_points_of_the_step_stand_out_and_have_the_only_bars(open_page):
    page = open_page("/training_loop?each_step=4+points&epochs=20")
    run = observe.run(in_batches(LOOP.set(epochs=1), "4 points").text.partition("        # 2.")[0])
    page.get_by_role("button", name="Step through it").click()
    expect(page.locator(".said")).not_to_be_empty()
    page.locator(".line", has_text="y_hat = X[batch]").click()
    caption = page.locator(".fit figcaption")
    expect(caption).to_have_text("The line and its data: 4 of 50 in this step")
    shown = "all => all.flatMap((p, i) => p.classList.contains('aside') ? [] : [i])"
    points = page.locator(".fit .point").evaluate_all(shown)
    first = run.variables["order"].tolist()[:4]
    assert points == sorted(first)
    assert page.locator(".residuals.run-0").get_attribute("d").count("V") == 4


def test_a_change_that_waits_for_train_is_said_in_the_picture(open_page):
    page = open_page("/training_loop?epochs=20")
    train(page)
    to_the_end(page)
    page.get_by_role("button", name="One epoch back").click()
    page.get_by_role("spinbutton", name="Epochs").fill("30")
    page.keyboard.press("Enter")
    expect(page.locator(".say")).to_contain_text("Train runs them")
    box = page.locator(".say").bounding_box()
    assert box["y"] + box["height"] < 720


def test_a_file_too_large_is_refused_before_it_travels_and_changes_nothing(open_page, tmp_path):
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(200_000_000)
    page = open_page("/training_loop?lab=Data")
    page.locator("input[type=file]").set_input_files(huge)
    expect(page.get_by_text("200.0MB")).to_be_visible()
    expect(page.get_by_text("File must be 1.0MB or smaller")).to_be_visible()
    expect(page.get_by_role("button", name="Drawn points again")).to_be_disabled()
