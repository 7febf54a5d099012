"""What only a browser has: the player, the keyboard, links, downloads, the size of the screen."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from groundup.engine import lesson, observe
from tests.browser.actions import (
    drawn_places,
    epoch,
    link_here,
    number,
    open_settings,
    player_part,
    press,
    readout,
    taken_home,
    to_the_end,
    train,
)
from tests.browser.server import ROOT, serve
from tests.training.plain import after_lines

LOOP = lesson.load("training_loop")


def test_a_deep_link_to_a_fresh_server_opens_the_whole_app(browser, tmp_path):
    with serve(tmp_path / "log.txt") as address:
        page = browser.new_page()
        page.goto(f"{address}/training_loop?lr=0.05")
        expect(page.locator(".course-counted")).to_be_visible(timeout=20_000)
        expect(page.get_by_label("Learning rate, exactly")).to_have_value("0.05")
        expect(page).to_have_title("4.5 A few at a time · groundup")
        page.close()


def test_train_plays_to_the_end_and_ends_on_the_scripts_own_numbers(open_page, tmp_path):
    page = open_page("/training_loop?epochs=300")
    train(page)
    to_the_end(page)
    shown = {name: number(page, name) for name in ("w", "b")}
    press(page, "Take home")
    printed = taken_home(page, tmp_path)
    assert f"Learned w: {shown['w']}, b: {shown['b']}" in printed


LAID_OVER = """shown => shown.filter(one => {
  const text = document.createRange()
  text.selectNodeContents(one.querySelector("dd"))
  return text.getBoundingClientRect().width > one.getBoundingClientRect().width + 1
}).map(one => one.innerText)"""


def test_the_longest_numbers_of_a_run_lie_beside_each_other(open_page):
    page = open_page("/training_loop?epochs=2000&lr=0.1&present=on")
    train(page)
    to_the_end(page)
    expect(player_part(page, ".readouts")).to_contain_text("e-07")
    numbers = page.locator(".readouts > div")
    assert numbers.count() >= 6
    for width, height in ((1280, 720), (390, 844), (853, 480)):
        page.set_viewport_size({"width": width, "height": height})
        assert numbers.evaluate_all(LAID_OVER) == [], width


def test_the_table_that_is_taken_home_holds_the_run(open_page):
    page = open_page("/training_loop?begin_at=chosen&epochs=20")
    train(page)
    press(page, "Take home")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Numbers (.csv)").click()
    lines = waiting.value.path().read_text().splitlines()
    columns = observe.run(LOOP.set(epochs=20).text).columns
    assert lines[0] == "epoch,loss,w,b"
    assert [float(line.split(",")[2]) for line in lines[1:]] == [-1, *columns["w"]]


def test_stop_holds_the_epoch_and_resume_goes_on_from_there(open_page):
    page = open_page("/training_loop?epochs=2000")
    train(page)
    player_part(page, ".play").click()
    held = epoch(page)
    expect(player_part(page, ".play")).to_have_text("▶ Resume")
    assert 0 <= held < 1999
    player_part(page, ".play").click()
    expect(readout(page, "epoch")).not_to_have_text(str(held))
    assert epoch(page) > held


def test_scrubbing_shows_the_numbers_of_that_epoch(open_page):
    page = open_page("/training_loop?begin_at=chosen")
    train(page)
    to_the_end(page)
    player_part(page, ".scrub").fill("8")
    run = observe.run(LOOP.text)
    expect(page.locator(".readouts .formula dt")).to_have_text("Epoch 8, before its step")
    assert number(page, "loss") == f"{run.columns['loss'][8]:.4g}"
    assert number(page, "w.grad") == f"{run.columns['w.grad'][8]:.4g}"
    assert number(page, "w") == f"{run.columns['w'][7]:.4g}"


# A picture is laid out anew where its page changes: its places are read in one look.
LINE = 'line => ["x1", "y1", "x2", "y2"].map(name => line[name].baseVal.value)'


def test_each_dot_is_an_example_and_each_bar_leads_from_it_to_the_line(open_page):
    page = open_page("/training_loop?points=12")
    expect(page.locator(".fit .point")).to_have_count(12)
    dots, drawn, (x1, y1, x2, y2) = page.locator(".fit").evaluate(
        """fit => [
          [...fit.querySelectorAll(".point")].map(p => [p.cx.baseVal.value, p.cy.baseVal.value]),
          fit.querySelector(".residuals.run-0").getAttribute("d"),
          (LINE)(fit.querySelector("line.run-0")),
        ]""".replace("LINE", LINE)
    )
    bars = [list(map(float, bar)) for bar in re.findall(r"M(\S+) (\S+?)V([^M]+)", drawn)]
    for (x, y), (at, top, end) in zip(dots, bars, strict=True):
        assert (at, top) == pytest.approx((x, y), abs=0.1)
        assert end == pytest.approx(y1 + (y2 - y1) * (x - x1) / (x2 - x1), abs=0.3)


def test_the_arrow_points_against_the_gradient_of_the_place_where_it_begins(open_page):
    page = open_page("/training_loop?begin_at=chosen&points=12&noise=3")
    expect(page.locator(".surface .downhill")).to_be_visible()
    (x1, y1, x2, y2), (best_x, best_y) = page.locator(".surface").evaluate(
        """surface => {
          const { x, y, width, height } = surface.querySelector(".optimum").getBBox()
          return [(LINE)(surface.querySelector(".downhill")), [x + width / 2, y + height / 2]]
        }""".replace("LINE", LINE)
    )
    seen = observe.run(LOOP.set(points=12, noise=3.0, epochs=1).text)
    x, y = (np.array(seen.variables[name].flatten().tolist()) for name in ("X", "y_true"))
    w, b = np.polyfit(x, y, 1)
    # Pixels for one unit of w and of b, from the start at (-1, 0) to the best line.
    per_w, per_b = (best_x - x1) / (w + 1), (best_y - y1) / b
    off = -x - y
    down = np.array([-(off * x).mean() * per_w, -off.mean() * per_b])
    assert [x2 - x1, y2 - y1] == pytest.approx(36 * down / np.hypot(*down), abs=0.5)


def test_the_keyboard_stops_and_goes_one_epoch_at_a_time(open_page):
    page = open_page("/training_loop")
    train(page)
    to_the_end(page)
    page.locator(".player").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(readout(page, "epoch")).to_have_text("98")
    page.keyboard.press("ArrowRight")
    expect(readout(page, "epoch")).to_have_text("99")
    page.locator(".speed select").select_option("1")
    page.locator(".player").focus()
    page.keyboard.press(" ")
    expect(player_part(page, ".play")).to_have_text("❚❚ Stop")


def test_hovering_the_loss_reads_out_the_exact_epoch(open_page):
    page = open_page("/training_loop?begin_at=chosen")
    train(page)
    to_the_end(page)
    box = page.locator(".loss svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".tip")).to_contain_text("loss")
    said = page.locator(".tip").inner_text()
    epoch = int(re.search(r"epoch (\d+)", said)[1])
    loss = float(re.search(r"loss\s+(\S+)", said)[1])
    assert loss == pytest.approx(observe.run(LOOP.text).columns["loss"][epoch], rel=1e-5)


def test_steps_move_the_picture_forwards_and_backwards_as_a_plain_run_of_the_text(open_page):
    page = open_page("/training_loop?begin_at=chosen&points=12&noise=3&epochs=30")
    train(page)
    to_the_end(page)
    player_part(page, ".scrub").fill("12")
    player_part(page, ".scrub").dispatch_event("change")
    place = page.locator(".readouts .formula dt")
    expect(place).to_have_text("Epoch 12, before its step")
    press(page, "Step")
    expect(place).to_have_text("Epoch 12, after line 33")
    page.context.set_offline(True)
    seen, lit = {33: moment_shown(page)}, []
    for line in (36, 39, 42, 43, 44, 47, 48):
        page.keyboard.press("s") if line % 2 else page.locator(".st-key-one_step button").click()
        expect(place).to_have_text(f"Epoch 12, after line {line}")
        expect(page.locator(".line.running .number")).to_have_text(str(line))
        lit.append(page.locator(".recipe .now").inner_text()[0])
        seen[line] = moment_shown(page)
    assert lit == list("2344455")
    for row in after_lines(STEPPED, UPDATES)[12 * len(UPDATES) : 13 * len(UPDATES)]:
        check_moment(seen[row["line"]], row)
    # Dashed is the line of the guess, solid the one now; before the update they are one.
    assert [seen[line]["dashed"] for line in (39, 44)] == [None, seen[39]["line"]]
    assert seen[44]["line"] != seen[39]["line"]
    assert [seen[line]["old"] for line in (36, 44)] == [[], ["loss", "w.grad", "b.grad"]]
    for line in (47, 44, 43, 42, 39, 36, 33):
        page.locator(".bar .back").click()
        expect(place).to_have_text(f"Epoch 12, after line {line}")
        assert moment_shown(page) == seen[line]
    page.context.set_offline(False)
    # Taken elsewhere, the picture takes the steps along; closed, it stands there by itself.
    player_part(page, ".forward").click()
    expect(page.locator(".where")).to_have_text("epoch 13 › line 31")
    expect(place).to_have_text("Epoch 13, before its step")
    page.keyboard.press("s")
    expect(place).to_have_text("Epoch 13, after line 33")
    page.get_by_role("button", name="Close steps").click()
    expect(place).to_have_text("Epoch 13, before its step")


STEPPED = LOOP.set(points=12, noise=3.0, epochs=30).text
UPDATES = {33, 36, 39, 43, 44, 47, 48}


def moment_shown(page):
    """What the picture says and draws now."""
    return player_part(page, ".player").evaluate("""player => {
        const one = name => {
            const found = player.querySelector(name)
            return found && found.style.display !== "none" ? found : null
        }
        const ends = line => line && ["x1", "y1", "x2", "y2"].map(n => +line.getAttribute(n))
        const cells = [...player.querySelectorAll(".readouts dd")]
        return {
            numbers: Object.fromEntries(cells.map(cell => [cell.dataset.name, cell.textContent])),
            old: cells.filter(cell => cell.matches(".old")).map(cell => cell.dataset.name),
            line: ends(one(".fit line.run-0")),
            dashed: ends(one(".fit line.guess")),
            bars: one(".residuals.run-0").getAttribute("d"),
            dots: [...player.querySelectorAll(".fit .point")].map(p => p.cy.baseVal.value),
            arrow: ends(one(".downhill")),
        } }""")


def check_moment(shown, plain):
    """``shown`` is what a plain run of the text held after that line."""
    numbers = {name: text.replace("−", "-") for name, text in shown["numbers"].items()}
    held = {"w": plain["w"], "b": plain["b"], "loss": plain["loss"]["values"][0]}
    held |= dict(zip(("w.grad", "b.grad"), plain["slopes"], strict=True))
    assert {name: numbers[name] for name in held} == {
        name: f"{value:.4g}" for name, value in held.items()
    }
    # From each point a bar leads to its prediction, as long for each unit of the residual.
    ends = [float(end) for end in re.findall(r"V([^M]+)", shown["bars"])]
    lengths = [end - dot for end, dot in zip(ends, shown["dots"], strict=True)]
    guesses, targets = plain["y_hat"]["values"], plain["y_hat"]["on"][1]
    off = [y - guess for guess, y in zip(guesses, targets, strict=True)]
    scale = np.dot(lengths, off) / np.dot(off, off)
    assert lengths == pytest.approx([scale * one for one in off], abs=0.4)
    assert (shown["arrow"] is None) == (plain["slopes"] == [0, 0])


def test_a_learning_rate_changed_while_held_changes_only_the_future(open_page):
    page = open_page("/training_loop?begin_at=chosen&epochs=1000&lr=0.01")
    train(page)
    player_part(page, ".play").click()
    held = epoch(page)
    before = readout(page, "w").inner_text()
    box = page.get_by_label("Learning rate, exactly")
    box.fill("0.5")
    box.press("Enter")
    expect(page.locator(".lines")).to_contain_text(f"if epoch == {held}:")
    assert readout(page, "w").inner_text() == before
    player_part(page, ".play").click()
    to_the_end(page)
    text = LOOP.set(epochs=1000, learning_rate=0.01).at_epoch(held, learning_rate=0.5).text
    run = observe.run(text)
    assert number(page, "w") == f"{run.columns['w'][-1]:.4g}"


def test_a_number_typed_just_before_train_is_the_one_that_runs(open_page):
    page = open_page("/training_loop")
    page.get_by_label("Epochs", exact=True).fill("37")
    train(page)
    to_the_end(page)
    expect(readout(page, "epoch")).to_have_text("end")
    expect(player_part(page, ".scrub")).to_have_attribute("aria-valuetext", "37 of 37 epochs")
    expect(page.locator(".lines")).to_contain_text("epochs = 37")


def test_a_shared_link_shows_another_visitor_the_same_curve(open_page):
    page = open_page("/training_loop")
    page.get_by_label("Learning rate, exactly").fill("0.03")
    page.get_by_label("Learning rate, exactly").press("Enter")
    open_settings(page)
    page.get_by_label("Seed", exact=True).fill("11")
    page.get_by_label("Seed", exact=True).press("Enter")
    expect(page).to_have_url(re.compile(r"seed=11"))
    path = link_here(page)
    curves = []
    for one in (page, open_page(path)):
        expect(one.locator(".lines")).to_contain_text("seed = 11")
        train(one)
        to_the_end(one)
        curves.append(drawn_places(one.locator(".loss .curve"), 101))
    assert curves[0] == curves[1]


def test_two_visitors_who_train_at_once_get_the_same_curve_from_the_same_seed(open_page):
    pages = [open_page("/training_loop?epochs=500&seed=5") for _ in range(2)]
    for page in pages:
        press(page, "Train")
    curves = set()
    for page in pages:
        to_the_end(page)
        curves.add(page.locator(".loss .curve").get_attribute("points"))
    assert len(curves) == 1


def test_a_run_too_long_for_one_press_is_delivered_in_pieces(browser, tmp_path):
    """On a server whose presses compute for no time at all, every run is too long for one."""
    (tmp_path / "sitecustomize.py").write_text(
        "from groundup.training.session import Training\nTraining.press_seconds = 0.0\n"
    )
    with serve(tmp_path / "log.txt", PYTHONPATH=f"{tmp_path}:{ROOT}") as address:
        page = browser.new_page()
        page.goto(f"{address}/training_loop?epochs=2000")
        train(page)
        to_the_end(page)
        expect(readout(page, "epoch")).to_have_text("end")
        page.close()
        still = browser.new_page(reduced_motion="reduce")
        still.goto(f"{address}/training_loop?epochs=1000")
        still.locator(".st-key-train button").click()
        expect(still.locator(".play")).to_have_text("↻ Replay", timeout=20_000)
        expect(readout(still, "epoch")).to_have_text("end")
        still.close()


def test_a_run_that_diverges_is_told_in_words_and_still_drawn(open_page):
    page = open_page("/training_loop?begin_at=chosen&lr=1.5")
    train(page)
    to_the_end(page)
    expect(page.locator(".say")).to_contain_text("Diverged: at epoch")
    losses = observe.run(LOOP.set(learning_rate=1.5).text).columns["loss"]
    first = next(epoch for epoch, loss in enumerate(losses) if loss == float("inf"))
    expect(page.locator(".say")).to_contain_text(f"epoch {first} ")
    drawn_places(page.locator(".loss .curve"), first)


def test_a_page_left_in_mid_run_and_come_back_to_still_works(open_page):
    page = open_page("/training_loop?epochs=2000")
    train(page)
    page.locator(".path-brand a").click()
    expect(page.locator("h1")).to_contain_text("Three lines")
    page.go_back()
    expect(player_part(page, ".play")).to_be_enabled()
    press(page, "Train")
    press(page, "Train")
    expect(player_part(page, ".play")).to_have_text("❚❚ Stop")


def test_a_tab_closed_in_mid_run_harms_nobody(open_page):
    page = open_page("/training_loop?epochs=2000")
    train(page)
    page.close()
    train(open_page("/training_loop"))
