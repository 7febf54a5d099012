"""The nn.Module page in a real browser: clicks on code, the race, the network player."""

import re

import pytest
from playwright.sync_api import expect

from groundup import observe
from groundup.network import network_lesson

BEYOND = "/nn_module?topic=Beyond+a+line"


def readout(page, name):
    return page.locator(f".readouts dd[data-name='{name}']")


def train(page):
    page.locator(".st-key-train_net button").click()
    expect(readout(page, "epoch")).not_to_have_text("—")


def to_the_end(page):
    page.locator(".speed select").select_option("500")
    expect(page.locator(".play")).to_have_text("↻ Replay")


def test_a_click_on_a_line_lights_its_counterpart(open_page):
    page = open_page("/nn_module")
    page.locator(".code").nth(1).get_by_text("optimizer.zero_grad()").click()
    lit = page.locator(".code").nth(0).locator(".line.lit")
    expect(lit).to_contain_text(["w.grad.zero_()", "b.grad.zero_()"])
    expect(page).to_have_url(re.compile("piece=Zero"))


def test_the_race_plays_both_runs_to_the_same_end(open_page):
    page = open_page("/nn_module?topic=The+proof")
    to_the_end(page)
    ends = [page.locator(f".loss .curve.run-{n}").get_attribute("points") for n in (0, 1)]
    assert len(ends[0].split()) == 100
    assert ends[0] == ends[1]


def test_a_network_trains_to_the_numbers_of_its_text(open_page):
    page = open_page(f"{BEYOND}&net_epochs=60&samples=100")
    train(page)
    to_the_end(page)
    run = observe.run(network_lesson({"epochs": 60, "points": 100}).text)
    shown = readout(page, "test loss").inner_text()
    assert shown == f"{run.columns['test_loss'][-1]:.4g}"
    assert readout(page, "test").inner_text() == f"{100 * run.columns['test_score'][-1]:.1f} %"


def test_scrubbing_moves_boundary_maps_and_gradients(open_page):
    page = open_page(f"{BEYOND}&net_epochs=60&samples=100")
    train(page)
    to_the_end(page)

    def picture():
        canvas = "canvas => canvas.toDataURL()"
        return (
            page.locator(".boundary").get_attribute("d"),
            page.locator(".layer canvas").first.evaluate(canvas),
            page.locator(".bar").first.get_attribute("height"),
        )

    end = picture()
    page.locator(".scrub").fill("3")
    expect(readout(page, "epoch")).to_have_text("2")
    assert all(now != before for now, before in zip(picture(), end, strict=True))


def test_stop_holds_a_long_run_while_it_is_still_being_computed(open_page):
    page = open_page(f"{BEYOND}&net_epochs=2000&minibatch=10")
    train(page)
    page.locator(".play").click()
    expect(page.locator(".play")).to_have_text("▶ Resume")
    held = readout(page, "epoch").inner_text()
    page.locator(".play").click()
    expect(readout(page, "epoch")).not_to_have_text(held)


def test_a_preset_plays_at_one_press(open_page):
    page = open_page(BEYOND)
    page.get_by_text("Ready-made").click()
    page.get_by_role("button", name="Two clouds").click()
    expect(page.get_by_text("A straight line is all it needs")).to_be_visible()
    expect(readout(page, "epoch")).not_to_have_text("—")


def test_the_network_is_above_the_fold_and_no_wider_than_a_phone(open_page):
    page = open_page(BEYOND)
    box = page.locator(".transport").bounding_box()
    assert box["y"] + box["height"] <= 720
    phone = open_page(BEYOND, width=390, height=844, dark=True)
    expect(phone.locator(".play")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("topic", ["Line by line", "The proof"])
def test_the_other_topics_fit_a_phone(open_page, topic):
    page = open_page(f"/nn_module?topic={topic.replace(' ', '+')}", width=390, height=844)
    expect(page.locator(".code, .player").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
