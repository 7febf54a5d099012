"""A teacher at the projector and two phones: vote, talk, vote, reveal."""

import re

from playwright.sync_api import expect

from groundup.classroom.asked import course_question
from groundup.course.answers import right
from tests.browser.barriers import none_stand_on

QUESTION = course_question("4.3-1")


def phone(open_page, code):
    page = open_page(f"/room?join={code.lower()}", width=390, height=844)
    expect(page.locator(".room-head")).to_contain_text(code)
    return page


def tap(page, choice):
    page.get_by_role("button", name=re.compile(rf"^[A-D] {re.escape(choice)}$")).click()
    expect(page.locator(".mine em")).to_have_text("sent")


def test_a_class_votes_talks_votes_again_and_sees_both(open_page):
    front = open_page("/training_loop?section=4.3")
    # Before the script is there that leads within the visit, the browser follows a link itself.
    front.wait_for_function("document.documentElement.style.colorScheme")
    front.evaluate("window.stays = true")
    front.locator(".stMain").get_by_role("link", name="Ask the room").click()
    front.get_by_role("button", name="Open a room and ask").click()
    assert front.evaluate("window.stays")  # a link that the browser followed begins a new visit
    title = front.locator(".room-front h1")
    expect(title).to_have_text(QUESTION.ask)
    code = front.locator(".room-code").inner_text()
    assert code not in front.url
    one, other = phone(open_page, code), phone(open_page, code)
    expect(front.locator(".room-count")).to_have_text("0 of 2 answered")
    answer = right(QUESTION)
    wrong = next(choice for choice in QUESTION.choices if choice != answer)
    tap(one, wrong)
    tap(other, answer)
    expect(front.locator(".room-count")).to_have_text("2 of 2 answered")
    expect(front.locator(".room-bars")).to_have_count(0)
    # A reload is no second learner, and no second answer.
    one.reload()
    expect(one.locator(".mine em")).to_have_text("sent")
    front.get_by_role("button", name="Ask again after talking").click()
    expect(front.locator(".room-count")).to_have_text("0 of 2 answered")
    tap(one, answer)
    front.get_by_role("button", name="Reveal").click()
    rows = front.locator(".room-list li")
    expect(rows.filter(has_text=answer)).to_have_class("right")
    expect(rows.filter(has_text=answer).locator(".room-bars > div")).to_have_text(["1", "1"])
    expect(rows.filter(has_text=wrong).locator(".room-bars > div")).to_have_text(["1", "0"])
    expect(one.locator(".room-sent")).to_have_text("✓ Right.")
    expect(other.locator("li.right em")).to_have_count(0)
    none_stand_on(front)
    none_stand_on(one)
    # The teacher's browser finds its room again.
    front.goto(front.url.partition("?")[0])
    expect(title).to_have_text(QUESTION.ask)
