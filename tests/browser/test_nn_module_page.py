"""The nn.Module page in a real browser: clicks on code, the race, the network player."""

import re

import pytest
from playwright.sync_api import expect

from groundup.engine import observe
from groundup.modules.network import network_lesson
from tests.browser.actions import (
    drawn_places,
    player_part,
    readout,
    to_the_end,
    train,
)
from tests.waiting import wait_until

BEYOND = "/nn_module?topic=Beyond+a+line"


def test_a_click_on_a_line_lights_its_counterpart(open_page):
    page = open_page("/nn_module?topic=Line+by+line")
    page.locator(".code").nth(1).get_by_text("optimizer.zero_grad()").click()
    lit = page.locator(".code").nth(0).locator(".line.lit")
    expect(lit).to_contain_text(["w.grad.zero_()", "b.grad.zero_()"])
    expect(page).to_have_url(re.compile("piece=Zero"))


def test_the_race_plays_both_runs_to_the_same_end(open_page):
    page = open_page("/nn_module?topic=The+proof")
    to_the_end(page)
    # 100 epochs, each before its step, and the end.
    ends = [drawn_places(page.locator(f".loss .curve.run-{n}"), 101) for n in (0, 1)]
    assert ends[0] == ends[1]


def test_a_network_trains_to_the_numbers_of_its_text(open_page):
    page = open_page(f"{BEYOND}&net_epochs=60&samples=100")
    train(page, "train_net")
    to_the_end(page)
    run = observe.run(network_lesson({"epochs": 60, "points": 100}).text)
    expect(readout(page, "test loss")).to_have_text(f"{run.columns['test_loss'][-1]:.4g}")
    expect(readout(page, "test")).to_have_text(f"{100 * run.columns['test_score'][-1]:.1f} %")


def test_a_run_whose_first_epoch_outlasts_the_press_plays_once_it_is_there(open_page):
    page = open_page(
        f"{BEYOND}&net_epochs=1&samples=1000&held_out=0.1&minibatch=1&units=64&hidden_layers=6"
    )
    page.locator(".st-key-train_net button").click()
    expect(player_part(page, ".scrub")).to_have_value("1", timeout=90_000)


def test_scrubbing_moves_boundary_maps_and_gradients(open_page):
    page = open_page(f"{BEYOND}&net_epochs=60&samples=100")
    train(page, "train_net")
    to_the_end(page)

    def picture():
        canvas = "canvas => canvas.toDataURL()"
        return (
            page.locator(".boundary").get_attribute("d"),
            page.locator(".layer canvas").first.evaluate(canvas),
            page.locator(".bar").first.get_attribute("height"),
        )

    end = picture()
    player_part(page, ".scrub").fill("3")
    expect(readout(page, "epoch")).to_have_text("2")
    assert all(now != before for now, before in zip(picture(), end, strict=True))


def test_stop_holds_a_long_run_while_it_is_still_being_computed(open_page):
    page = open_page(f"{BEYOND}&net_epochs=2000&minibatch=10")
    train(page, "train_net")
    player_part(page, ".play").click()
    expect(player_part(page, ".play")).to_have_text("▶ Resume")
    held = readout(page, "epoch").inner_text()
    player_part(page, ".play").click()
    expect(readout(page, "epoch")).not_to_have_text(held)


def test_a_run_goes_on_after_a_look_at_another_topic(open_page):
    page = open_page(f"{BEYOND}&net_epochs=1000&samples=100")
    train(page, "train_net")
    page.get_by_role("radio", name="Mistakes").click()
    expect(player_part(page, ".play")).to_have_count(0)
    page.get_by_role("radio", name="A small network").click()
    to_the_end(page)
    expect(readout(page, "epoch")).to_have_text("999")


def test_a_run_replaced_in_mid_run_leaves_nothing_of_itself(open_page):
    page = open_page(f"{BEYOND}&net_epochs=2000")
    train(page, "train_net")
    page.goto(page.url.replace("net_epochs=2000", "net_epochs=40&samples=100"))
    page.wait_for_selector(".play")
    train(page, "train_net")
    page.locator(".st-key-train_net button").click()
    to_the_end(page)
    run = observe.run(network_lesson({"epochs": 40, "points": 100}).text)
    expect(readout(page, "test loss")).to_have_text(f"{run.columns['test_loss'][-1]:.4g}")
    drawn_places(page.locator(".loss .curve.run-0"), 40)


def test_a_dead_unit_is_told_by_a_cross_and_the_menu_is_put_away(open_page):
    page = open_page(BEYOND)
    page.get_by_text("Ready-made").click()
    page.get_by_role("button", name="Dead ReLUs").click()
    expect(page.get_by_role("button", name="Two clouds")).to_have_count(0)
    to_the_end(page)
    expect(readout(page, "still units")).not_to_have_text("0 of 16")


HOLDS = "/nn_module?topic=What+the+model+holds"


def table(page):
    return page.locator("tbody .amount").all_inner_texts()


def test_the_table_follows_the_training_and_the_slider(open_page):
    page = open_page(f"{HOLDS}&after_epochs=40")
    expect(player_part(page, ".play")).to_have_text("↻ Replay")
    end = table(page)
    page.locator(".st-key-train_held button").click()
    # On its way it has other numbers; on a busy machine nobody knows which.
    wait_until(lambda: table(page)[0] != end[0])
    to_the_end(page)
    assert table(page) == end
    player_part(page, ".scrub").fill("0")
    assert table(page)[1::2] == ["None"] * 4
    # Each curve has a scale of its own: each fills its height.
    drawn = page.locator(".course").evaluate_all("lines => lines.map(l => l.getBBox().height)")
    assert drawn == pytest.approx([drawn[0]] * 8, abs=0.1)


def test_a_saved_file_goes_out_and_comes_back(open_page, tmp_path):
    page = open_page(f"{HOLDS}&after_epochs=40")
    expect(player_part(page, ".play")).to_have_text("↻ Replay")
    norms = table(page)[::2]
    page.get_by_role("tab", name="Save and load").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save these numbers").click()
    download.value.save_as(tmp_path / "model.pt")

    other = open_page(f"{HOLDS}&seed=7")
    other.get_by_role("tab", name="Save and load").click()
    other.locator("input[type=file]").set_input_files(tmp_path / "model.pt")
    expect(other.get_by_text("your file's numbers")).to_be_visible()
    other.get_by_role("tab", name="Parameters").click()
    expect(other.locator("tbody .amount").first).to_have_text(norms[0])
    assert table(other)[::2] == norms


def test_a_preset_plays_at_one_press(open_page):
    page = open_page(BEYOND)
    page.get_by_text("Ready-made").click()
    page.get_by_role("button", name="Two clouds").click()
    expect(page.get_by_text("A straight line is all it needs")).to_be_visible()
    expect(readout(page, "epoch")).not_to_have_text("—")
