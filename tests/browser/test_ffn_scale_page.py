"""What only a browser has: the menu, the player, live timing, links, the size of the screen."""

import re

from playwright.sync_api import expect

from groundup.ui.settings.ffn_scale import NAMES, PARTS
from tests.browser.actions import (
    link,
    number,
    player_part,
    readout,
    taken_home,
    to_the_end,
    train,
)


def test_loading_a_model_sets_every_dial_and_the_link(open_page):
    page = open_page(at("Dial it"))
    page.get_by_role("button", name="Load a model").click()
    page.get_by_text("Gemma 2 9B", exact=True).click()
    expect(page.get_by_text("those of Gemma 2 9B")).to_be_visible()
    expect(page.get_by_label("vocabulary", exact=True)).to_have_value("256000")
    assert "vocabulary=256000" in page.url
    assert "norms=4" in page.url


def test_the_dials_survive_a_look_at_another_part(open_page):
    page = open_page(at("Dial it", hidden_size=2048))
    page.get_by_role("radio", name="Read the class").click()
    expect(page.get_by_text("Line by line, beside the toy")).to_be_visible()
    page.get_by_role("radio", name="Set the sizes").click()
    expect(page.get_by_label("hidden", exact=True)).to_have_value("2048")
    # The link holds the part's public name.
    expect(page).to_have_url(re.compile(r"scale=Dial(\+|%20)it"))
    page.reload()
    expect(page.get_by_role("radio", name="Set the sizes")).to_be_checked()
    expect(page.get_by_label("hidden", exact=True)).to_have_value("2048")


def test_training_plays_to_the_scripts_own_last_loss(open_page, tmp_path):
    page = open_page(at("Train it", ffn_epochs=60, ffn_width=16))
    train(page, "ffn_train")
    to_the_end(page)
    expect(page.locator(".player polyline.curve-now")).to_be_visible()
    printed = taken_home(page, tmp_path)
    assert f"last loss {number(page, 'loss')}" in printed


def test_a_long_training_arrives_in_pieces_and_stops(open_page):
    page = open_page(at("Train it", ffn_epochs=2000, ffn_width=256))
    page.locator(".st-key-ffn_train button").click()
    page.locator(".speed select").select_option("500")
    scrub = player_part(page, ".scrub")
    expect(readout(page, "epoch")).not_to_have_text("—")
    player_part(page, ".play").click()
    expect(player_part(page, ".play")).to_have_text("▶ Resume")
    stood = int(scrub.input_value())
    assert 0 < stood < 2000
    # The same settings are asked for there, and are too much for one press.
    page.get_by_role("radio", name="Ask a neuron").click()
    expect(page.get_by_text("choose a smaller width or fewer epochs")).to_be_visible()


def test_timing_shows_its_progress_and_its_points(open_page):
    page = open_page(at("Feel it", widest=256))
    page.get_by_role("button", name="Measure").click()
    expect(page.get_by_text("One token or 128?")).to_be_visible()
    expect(page.locator(".st-key-times .js-plotly-plot .point")).to_have_count(6)


def at(part, **settings):
    return link("ffn_scale", scale=part, **settings)


FIRST_OF_EACH = (
    ".js-plotly-plot, .block svg, .st-key-measure, .st-key-ffn_train, .st-key-batch_start"
)


def test_the_picture_of_every_part_stands_above_the_fold(open_page):
    page = open_page(at(PARTS[0]), dark=True)
    for part in PARTS:
        page.get_by_role("radio", name=NAMES.get(part, part)).click()
        expect(page.locator(FIRST_OF_EACH).first).to_be_in_viewport(ratio=0.4)


def test_the_keyboard_trains(open_page):
    page = open_page(at("Train it", ffn_epochs=30, ffn_width=16))
    expect(page.locator(".st-key-ffn_train button")).to_be_enabled()
    page.locator("h1").click()
    page.keyboard.press("t")
    expect(readout(page, "epoch")).to_have_text(re.compile(r"\d+"))


def test_pointing_at_a_part_of_the_block_lights_its_lines(open_page):
    page = open_page(at("Inside a block"))
    lit = page.locator(".code .line.lit")
    page.get_by_role("button", name="Attention: each token").hover()
    expect(lit).to_contain_text(["self.attention = ", "self.attention(h, h, h", "later = "])
    network = page.get_by_role("button", name="The feed-forward network: one")
    network.focus()
    expect(lit).to_contain_text(["class FeedForwardNetwork", "self.ffn = ", "self.ffn(h)"])
    expect(page.locator(".block .said")).to_contain_text("No token sees another one here.")
    expect(page.locator(".cell.other")).to_have_count(0)
    page.get_by_role("radio", name="5", exact=True).click()
    # The token itself, and it and those after it in both sums and in the output.
    expect(page.locator(".cell.other")).to_have_count(1 + 3 * 3)
