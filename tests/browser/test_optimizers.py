"""The race of optimizers in a real browser: play, scrub, click, look inside, links."""

import re

from playwright.sync_api import expect

from groundup.engine import observe
from groundup.optimizers.racers import LANDSCAPES, descend, racers
from tests.browser.actions import (
    link_here,
    parts,
    styles,
    to_the_end,
)
from tests.waiting import wait_until

RACE = "/nn_module?topic=The+optimizers"


def race_to_the_end(page):
    expect(page.locator(".racers .value").first).not_to_have_text("—")
    to_the_end(page)


def value(page, name):
    return page.locator(".racers li").filter(has_text=name).locator(".value")


def result(page, line, place=0):
    """What a line of the rule says for a parameter."""
    row = page.locator(".rule tr").filter(has_text=line)
    return row.locator("td").nth(1 + place).locator(".result")


def test_a_race_plays_by_itself_to_the_numbers_of_the_texts(open_page):
    page = open_page(f"{RACE}&race_steps=60")
    race_to_the_end(page)
    for name in ("SGD", "Adam"):
        lesson = descend(
            LANDSCAPES["ravine"], racers()[name], {}, rate=0.09, steps=60, start=(-7.0, 1.5)
        )
        shown = value(page, name).inner_text()
        assert shown == f"{observe.run(lesson.text).columns['loss'][-1]:.3g}"


def test_paths_differ_in_colour_dashes_and_marks(open_page):
    page = open_page(f"{RACE}&race_steps=60")
    race_to_the_end(page)
    expect(page.locator(".stack .path")).to_have_count(4)
    picture = page.locator(".stack svg")
    wait_until(lambda: len(set(styles(picture, ".path", "stroke"))) == 4)
    # There are three kinds of dashes.
    wait_until(lambda: len(set(styles(picture, ".path", "strokeDasharray"))) == 3)
    wait_until(lambda: len(set(parts(picture, ".mark", "e => e.getAttribute('d')"))) > 2)


def test_scrubbing_moves_the_paths_and_the_numbers_in_the_formula(open_page):
    page = open_page(f"{RACE}&race_steps=60")
    race_to_the_end(page)
    before = page.locator(".stack .path").nth(3).get_attribute("points")
    page.locator(".scrub").fill("1")
    expect(page.locator(".now")).to_have_text("step 1")
    expect(page.locator(".stack .path").nth(3)).not_to_have_attribute("points", before)
    # Adam's first mean is a tenth of the first gradient, 0.2·(−7), and its first step is lr.
    expect(result(page, "mean of gradients")).to_have_text("−0.14")
    expect(result(page, "the parameter")).to_have_text("−6.91")
    expect(result(page, "the parameter", 1)).to_have_text("1.41")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".now")).to_have_text("step 2")


def test_a_press_on_a_racer_looks_inside_it(open_page):
    page = open_page(f"{RACE}&race_steps=60")
    race_to_the_end(page)
    page.locator(".racers button").filter(has_text="Momentum").click()
    expect(page.locator(".inside-head")).to_contain_text("Inside Momentum")
    expect(page.locator(".inside-head code")).to_contain_text("momentum=0.9")
    expect(page.locator(".rule")).to_contain_text("momentum_buffer")
    expect(page.locator(".code")).to_contain_text("momentum=0.9")
    expect(page).to_have_url(re.compile("watched=Momentum"))
    expect(page.locator(".play")).to_have_text("↻ Replay")


def test_a_click_on_the_landscape_starts_there_and_the_link_holds_it(open_page):
    page = open_page(f"{RACE}&race_steps=60")
    race_to_the_end(page)
    picture = page.locator(".stack svg").bounding_box()
    right, down = (int(part * picture[side]) for part, side in ((0.3, "width"), (0.7, "height")))
    page.mouse.click(picture["x"] + right, picture["y"] + down)
    expect(page).to_have_url(re.compile("from_x=-[0-9.]+.*from_y=-[0-9.]+"))
    ring = page.locator(".stack .start")
    for side, at in (("cx", right), ("cy", down)):
        near = "|".join(map(str, (at - 1, at, at + 1)))
        expect(ring).to_have_attribute(side, re.compile(rf"^({near})(\.|$)"))
    race_to_the_end(page)
    losses = [value(page, name).inner_text() for name in ("SGD", "Adam")]
    again = open_page(link_here(page))
    race_to_the_end(again)
    for name, loss in zip(("SGD", "Adam"), losses, strict=True):
        expect(value(again, name)).to_have_text(loss)


def test_a_link_tells_what_a_landscape_would_have_otherwise(open_page):
    page = open_page(f"{RACE}&landscape=Rosenbrock&race_steps=5")
    expect(page.locator(".code")).to_contain_text("learning_rate = 0.001 ")
    box = page.locator(".st-key-shared_lr input")
    box.fill("0.09")
    box.press("Enter")
    expect(page).to_have_url(re.compile("shared_lr=0.09"))
    again = open_page(link_here(page))
    expect(again.locator(".code")).to_contain_text("learning_rate = 0.09 ")


def test_a_racer_that_flies_off_is_named_and_the_others_stay_in_sight(open_page):
    page = open_page(f"{RACE}&shared_lr=0.15&race_steps=100")
    race_to_the_end(page)
    expect(page.locator(".say")).to_contain_text("Diverged: SGD")
    expect(page.locator(".loss .broken").first).to_have_css("display", "inline")
    expect(value(page, "SGD")).to_have_text(re.compile("^(NaN|∞)$"))
    points = page.locator(".stack .path").first.get_attribute("points").split()
    assert len(points) < 40


def test_the_clock_of_evaluations_makes_lbfgs_pay_for_what_it_asks(open_page):
    page = open_page(f"{RACE}&racers=SGD&racers=LBFGS&race_by=evaluations&race_steps=40")
    race_to_the_end(page)
    page.locator(".scrub").fill("12")
    expect(value(page, "SGD")).not_to_have_text("—")
    expect(value(page, "LBFGS")).to_have_text("—")


def test_a_preset_races_at_one_press(open_page):
    page = open_page(RACE)
    page.get_by_text("Ready-made").click()
    page.get_by_text("A saddle: who leaves?").click()
    expect(page.locator(".racers li")).to_have_count(4)
    expect(page.locator(".say")).to_contain_text("SGD hardly moves")
    expect(page.locator(".code")).to_contain_text("a saddle at (0, 0)")


def test_what_torch_refuses_is_said_beside_the_control(open_page):
    page = open_page(f"{RACE}&sgd_nesterov=true")
    sentence = "Nesterov momentum requires a momentum and zero dampening"
    expect(page.get_by_text(sentence).first).to_be_visible()
    expect(page.locator(".racers li")).to_have_count(3)
