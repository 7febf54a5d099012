"""The path as a learner walks it: from the first page through every section to the last page."""

import re

import pytest
from playwright.sync_api import expect

from groundup.course import path
from groundup.course.answers import right
from groundup.course.tasks import tasks_of
from tests.browser.actions import link_here
from tests.browser.measures import QUIET
from tests.browser.solving import solve


def _dock(page):
    return page.locator(".st-key-course_dock")


def _is_open(page, section):
    expect(page.locator(".path-here")).to_have_text(re.compile(re.escape(section.name)))
    asked = _dock(page).locator(".course-ask")
    expect(asked).to_be_visible()


def _answer_all(page, section):
    """Every question of the section, each with the choice that its run gives."""
    dock = _dock(page)
    for n, question in enumerate(section.questions, 1):
        expect(dock.locator(".course-place")).to_contain_text(f"Question {n} of")
        number = question.choices.index(right(question)) + 1
        dock.locator(f".st-key-choice_{number} button").click()
        expect(dock.locator(".course-told")).to_contain_text("✓ Right.")
        if n < len(section.questions):
            dock.get_by_role("button", name=f"Question {n + 1}").click()
    expect(dock.locator(".course-so")).to_be_visible()


def _solve_first_task(page, section):
    first = tasks_of(section.id)[0]
    _dock(page).locator(".st-key-dock_task button").click()
    solve(page, first)
    expect(_dock(page).locator(".st-key-dock_onward a")).to_be_visible()


def _go_on(page, section):
    _dock(page).locator(".st-key-dock_onward a").click()
    chapter = path.chapters()[section.chapter - 1]
    if section is chapter.sections[-1]:
        # The first one is the page's default, which needs no link.
        named = rf"\?chapter={chapter.number}" if chapter.number > 1 else ""
        expect(page).to_have_url(re.compile(rf"/review{named}$"))
        page.locator(".st-key-review_onward a").click()


@pytest.mark.timeout(600)
def test_the_whole_path_leads_from_the_first_page_to_the_last(open_page):
    page = open_page("/")
    page.locator(".course-path").get_by_role("link", name="1 Tensors").click()
    for section in path.sections():
        _is_open(page, section)
        _answer_all(page, section)
        _solve_first_task(page, section)
        _go_on(page, section)
    expect(page).to_have_url(re.compile("/finish$"))
    every = len(path.sections())
    counted = page.locator(".course-counted")
    expect(counted).to_contain_text(f"{every} of {every} sections done")
    # The class and the last block were written, and not looked up.
    expect(page.get_by_text("You now understand the engine")).to_be_visible()


def test_back_a_reload_and_a_shared_link_return_to_the_section_and_its_settings(open_page):
    page = open_page("/training_loop?section=4.2&epochs=40")
    _is_open(page, path.section("4.2"))
    page.locator(".course-path").get_by_role("link", name="How long a step?").click()
    _is_open(page, path.section("4.3"))
    epochs = page.get_by_role("spinbutton", name="Epochs", exact=True)
    rate = page.get_by_role("spinbutton", name="Learning rate, exactly")
    expect(epochs).to_have_value("100")
    expect(rate).to_have_value("0.01")
    page.get_by_role("radio", name="Compare").click()
    expect(page.get_by_text("deepens 4.3 How long a step?")).to_be_visible()
    page.get_by_role("link", name="Back to 4.3").click()
    _is_open(page, path.section("4.3"))
    page.locator(".course-path").get_by_role("link", name="2 Slopes").click()
    _is_open(page, path.section("2.1"))
    page.go_back()
    _is_open(page, path.section("4.3"))
    expect(rate).to_have_value("0.01")
    page.reload()
    _is_open(page, path.section("4.3"))
    expect(rate).to_have_value("0.01")
    other = open_page(link_here(page))
    _is_open(other, path.section("4.3"))
    expect(other.get_by_role("radio", name="Predict")).to_be_checked()


def test_a_link_of_the_path_leads_on_in_the_same_visit_and_a_new_tab_is_the_browsers(open_page):
    page = open_page("/training_loop?section=4.2")
    _is_open(page, path.section("4.2"))
    page.wait_for_selector(QUIET)
    page.evaluate("globalThis.sameVisit = true")
    named = page.locator(".course-path").get_by_role("link", name="Break it")
    with page.context.expect_page() as opened:
        named.click(modifiers=["ControlOrMeta"])
    _is_open(opened.value, path.section("4.4"))
    opened.value.close()
    _is_open(page, path.section("4.2"))
    other = page.locator(".course-path").get_by_role("link", name="How long a step?")
    other.press("Enter")
    _is_open(page, path.section("4.3"))
    expect(other).to_be_focused()
    # The second of two presses is no step of its own in the browser's history.
    named.dblclick()
    _is_open(page, path.section("4.4"))
    page.locator(".course-path").get_by_role("link", name="Words").click()
    expect(page.locator("h1")).to_have_text("Words")
    page.locator(".path-brand a").press("Enter")
    expect(page).to_have_url(re.compile(r"://[^/]+/$"))
    for name in ("4.4", "4.2"):
        while "section=" + name not in page.url:
            page.go_back()
            page.wait_for_selector(QUIET)
        _is_open(page, path.section(name))
    assert page.evaluate("globalThis.sameVisit")


def test_what_a_section_asks_to_be_chosen_leaves_its_questions_and_the_code_that_ran(open_page):
    page = open_page("/requires_grad?section=2.1")
    _is_open(page, path.section("2.1"))
    page.get_by_role("combobox", name="Curve f(w)").click()
    page.get_by_role("option", name="sin w").click()
    expect(page.locator(".code").first).to_contain_text("torch.sin(w)")
    _is_open(page, path.section("2.1"))
    page = open_page("/nn_module?section=5.6")
    _is_open(page, path.section("5.6"))
    page.get_by_role("button", name="Layers").click()
    hidden = page.locator("input[type=range][aria-label='Hidden layers']")
    hidden.press("ArrowRight")
    expect(page.locator(".code").first).to_contain_text("nn.Tanh()")
    page.keyboard.press("Escape")
    expect(hidden).to_have_count(0)
    page.get_by_role("button", name="Ready-made").click()
    page.get_by_role("button", name="Overfitting").click()
    expect(page.locator(".code").first).to_contain_text("nn.Linear(64, 64)")
    # A later message of the browser, the answer to a question, still says what it showed before.
    _dock(page).locator(".st-key-choice_1 button").click()
    expect(_dock(page).locator(".course-told")).to_contain_text("The run says")
    expect(page.locator(".code").first).to_contain_text("nn.Linear(64, 64)")
    page.get_by_role("button", name="Layers").click()
    expect(hidden).to_have_value("3")
    hidden.press("ArrowLeft")
    expect(hidden).to_have_value("2")
    expect(page.locator(".path-here")).to_have_text(re.compile("A small network"))


def test_a_key_answers_and_question_and_title_stay_where_they_are(open_page):
    page = open_page("/requires_grad?section=2.4")
    _is_open(page, path.section("2.4"))
    edge = "element => element.getBoundingClientRect()"
    title, dock = page.locator("h1").evaluate(edge), _dock(page).evaluate(edge)
    main = page.locator(".stMainBlockContainer")
    assert main.evaluate("element => getComputedStyle(element).paddingLeft") == "20px"
    assert dock["bottom"] <= 720
    assert dock["height"] <= 120
    assert title["top"] < 110
    # A key is heard once the page is whole.
    page.wait_for_selector(QUIET)
    page.keyboard.press("1")
    expect(_dock(page).locator(".course-told")).to_contain_text("The run says")
    assert page.locator("h1").evaluate(edge) == title
    _dock(page).get_by_role("button", name="See it run").click()
    panel = page.locator(".code").filter(has_text="import torch").last
    panel.get_by_role("button", name="Step through it").click()
    expect(panel.locator(".count")).to_be_visible()
