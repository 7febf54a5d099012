"""What only a browser has: pointing at cells, clicking them, the keyboard, links, the screen."""

import re

import pytest
from playwright.sync_api import expect

from groundup.engine.lesson import load
from groundup.engine.observe import run
from tests.browser.actions import (
    link_here,
)


def cell(page, panel, index):
    return page.locator(f"[data-panel='{panel}'][data-index='{index}']")


def lit(page, panel):
    cells = page.locator(f".lit[data-panel='{panel}']")
    return [name.get_attribute("data-index") for name in cells.all()]


def test_the_first_picture_counts_from_0_and_brings_no_italic_letters(open_page):
    page = open_page("/tensors")
    expect(page.locator(".block thead th")).to_have_text(["0", "1", "2"])
    expect(page.locator(".block tbody th")).to_have_text(["0", "1"])
    page.wait_for_selector(".stApp[data-test-script-state=notRunning]")
    brought = page.evaluate("""() => document.fonts.ready.then(() =>
      performance.getEntriesByType("resource").map(one => one.name))""")
    assert [name for name in brought if "SourceSansVF-Upright" in name]
    assert not [name for name in brought if "SourceSansVF-Italic" in name]


def test_pointing_at_a_cell_lights_its_place_in_storage_and_writes_the_arithmetic(open_page):
    page = open_page("/tensors?look_at=Storage")
    cell(page, "other", "[2, 1]").hover()
    expect(page.locator(".note")).to_have_text(
        "other[2, 1] is at place 2·1 + 1·4 = 6   (i·1 + j·4)"
    )
    assert lit(page, "storage") == ["place 6"]
    assert lit(page, "t") == ["[1, 2]"]


def test_clicking_a_cell_of_a_view_writes_into_both(open_page):
    page = open_page("/tensors?look_at=Storage")
    cell(page, "other", "[2, 1]").click()
    expect(cell(page, "t", "[1, 2]")).to_have_text("99")
    expect(cell(page, "other", "[2, 1]")).to_have_class(re.compile("changed"))
    expect(page.get_by_text("other[2, 1] = 99").first).to_be_visible()


def test_pointing_at_a_product_lights_the_row_and_the_column_that_make_it(open_page):
    page = open_page("/tensors?look_at=Shape+lab&a=2,3&b=3,4")
    cell(page, "result", "[1, 2]").hover()
    expect(page.locator(".note")).to_have_text("result[1, 2] = 4 × 3 + 5 × 7 + 6 × 11 = 113")
    assert lit(page, "a") == ["[1, 0]", "[1, 1]", "[1, 2]"]
    assert lit(page, "b") == ["[0, 2]", "[1, 2]", "[2, 2]"]


def test_the_arrow_keys_go_from_cell_to_cell(open_page):
    page = open_page("/tensors")
    cell(page, "t", "[0, 0]").focus()
    expect(page.locator(".note")).to_have_text("t[0, 0] = 1")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".note")).to_have_text("t[1, 1] = 5")
    expect(cell(page, "t", "[1, 1]")).to_be_focused()


def test_a_fix_is_one_press_and_the_link_then_holds_it(open_page):
    page = open_page("/tensors?look_at=Shape+lab")
    page.get_by_role("button", name=re.compile(r"b = b\.mT")).click()
    expect(cell(page, "result", "[1, 3]")).to_have_text("167.")
    again = open_page(link_here(page))
    expect(cell(again, "result", "[1, 3]")).to_have_text("167.")


@pytest.mark.parametrize("section", ["Make one", "Storage", "Shape lab"])
def test_the_picture_is_in_sight_on_a_projector(open_page, section):
    page = open_page(f"/tensors?look_at={section.replace(' ', '+')}")
    picture = page.locator(".tensors")
    expect(picture).to_be_visible()
    assert picture.bounding_box()["y"] < 480


@pytest.mark.parametrize("op", ["@", "sum", "einsum", "chain"])
def test_the_controls_of_the_lab_stand_in_one_row_on_a_projector(open_page, op):
    page = open_page(f"/tensors?look_at=Shape+lab&op={op}")
    boxes = page.locator(".stHorizontalBlock:has(> .st-key-op) > *")
    expect(boxes).to_have_count({"@": 6, "chain": 5}.get(op, 7))
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
    ends = boxes.evaluate_all("all => all.map(one => one.getBoundingClientRect().bottom)")
    assert max(ends) - min(ends) < 1


def test_a_telephone_scrolls_downwards_only(open_page):
    page = open_page("/tensors?made_from=From+a+shape&size=3,4,5", width=390, height=844)
    expect(cell(page, "t", "[0, 0, 0]")).to_be_visible()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


def test_the_script_is_taken_home_as_it_stands(open_page):
    page = open_page("/tensors?data=[[7,8]]")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Code (.py)").first.click()
    assert "data = [[7, 8]]" in waiting.value.path().read_text()


def test_a_chain_stands_in_sight_with_the_arithmetic_of_the_operation_that_fails(open_page):
    operations = "nn.Conv2d(6,+16,+5);nn.MaxPool2d(2);flatten(1);nn.Linear(512,+120)"
    link = f"/tensors?look_at=Shape+lab&op=chain&a=8,6,14,14&chain={operations}"
    page = open_page(link, width=1280, height=720)
    failing = page.locator(".chain .operation.fails")
    expect(failing).to_be_in_viewport(ratio=1)
    expect(failing).to_contain_text("400 = 16 × 5 × 5")
    expect(page.locator(".chain .shape").last).to_have_text("(8, 400)")
    page.get_by_role("button", name=re.compile(r"nn\.Linear\(400, 120\)")).click()
    expect(page.locator(".chain .shape").last).to_have_text("(8, 120)")
    expect(failing).to_have_count(0)


def test_a_phone_names_every_operand_of_the_promotion_table(open_page):
    page = open_page("/tensors?look_at=Why+float32%3F&about=Promotion", width=390, height=844)
    operands = [*run(load("promotion").text).variables["operands"]]
    figure = page.locator(".st-key-promotion_figure")
    expect(figure.locator(".xtick text")).to_have_text(operands)
    expect(figure.locator(".ytick text")).to_have_text(operands[::-1])
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
