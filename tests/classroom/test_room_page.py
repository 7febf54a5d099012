"""The page of a room under whatever a link, a browser or a late tap says."""

import sqlite3
from html import escape

import pytest

from groundup.classroom import learning, names, store, teaching
from groundup.classroom.asked import Asked, course_question
from groundup.classroom.counting import turnout
from groundup.classroom.learning import Moment, join, vote
from groundup.classroom.store import shared
from groundup.classroom.teaching import Key
from groundup.course.answers import READ_BY, answered
from groundup.figures.course.losses import losses as drawn_losses
from groundup.figures.theme import LIGHT
from groundup.ui.classroom.sentences import NOT_IN, NOT_OPEN, NOT_SENT
from groundup.ui.classroom.state import RoomState
from tests.hosting.hostile import opened
from tests.pages import said, sent_to, state_of

ASKED = Asked("course", "1.1-1")
HOSTILE = ["", "zebra", "<b>x</b>", "' OR 1=1 --", "\x00", "BBBBBB", "ＢＢＢＢＢＢ", "w" * 900]


@pytest.fixture
def key():
    """A room that is asked something."""
    one = teaching.open_room(shared())
    assert teaching.ask(shared(), one, ASKED)
    yield one
    teaching.close_room(shared(), one)


def html(app):
    bodies = [element.proto.body for element in app.get("html")]
    return " ".join(body for body in bodies if "<style" not in body)


def phone(code):
    """A learner's page, once their browser has said what it is known by."""
    app = opened("room", {"join": code})
    assert "Joining the room" in html(app)
    state_of(app, RoomState).is_known = True
    return app.run()


def press(app, name):
    next(one for one in app.button if one.label == name).click()
    return app.run()


@pytest.mark.parametrize("code", HOSTILE)
def test_whatever_a_link_calls_a_room_is_answered_in_a_sentence(code):
    app = phone(code)
    assert not app.exception
    assert said(app, "warning") in NOT_IN.values()
    assert "<b>x</b>" not in html(app)


def test_wrong_codes_are_held_back_and_the_same_one_counts_once():
    app = phone("BBBBBB")
    for code in ["BBBBBB", *(f"BBBBB{letter}" for letter in names.LETTERS[1:11])]:
        app.query_params["join"] = code
        app.run()
    assert said(app, "warning") == NOT_IN["wait"]


def test_a_learner_answers_once_a_round_and_sees_nothing_before_the_reveal(key):
    app = phone(key.code)
    assert "No name, no account" in html(app)
    press(app, r"**C** (3, 2)")
    assert "Your answer is in." in html(app)
    assert "room-bars" not in html(app)
    assert '"right"' not in html(app)
    assert turnout(shared(), key.code) == (1, 1)
    teaching.ask_again(shared(), key)
    app.run()
    assert "your second answer, and the last" in html(app)
    # A tap that comes too late: the room is asked something else by now.
    teaching.ask(shared(), key, Asked("number", "<i>How many?</i>"))
    press(app, r"**A** (2, 3)")
    assert not app.exception
    assert said(app, "warning") == NOT_SENT[learning.CLOSED]
    assert "&lt;i&gt;How many?" in html(app)
    app.text_input(key="room_answer").input(" 6 ")
    press(app, "Send")
    assert turnout(shared(), key.code) == (1, 1)
    teaching.reveal(shared(), key)
    assert "The answers are at the front." in html(app.run())


def test_a_phone_in_a_room_waits_for_the_question():
    key = teaching.open_room(shared())
    app = phone(key.code)
    front = opened("room", {})
    state_of(front, RoomState).key = key
    assert "<b>1</b> in the room" in html(front.run())
    assert "The question will appear here." in html(app)
    teaching.ask(shared(), key, ASKED)
    assert "What is the shape of" in html(app.run())


def test_a_room_that_is_full_or_over_says_so(key, monkeypatch):
    app = phone(key.code)
    for _ in range(store.LEARNERS - 1):
        assert join(shared(), key.code, names.new_token()) == learning.IN
    assert said(phone(key.code), "warning") == NOT_IN[learning.FULL]
    assert "You are not in" not in html(app.run())
    later = shared().now() + store.LASTS
    monkeypatch.setattr(shared(), "now", lambda: later)
    assert said(app.run(), "warning") == NOT_IN[learning.OVER]


def test_the_projector_shows_how_many_then_both_rounds():
    app = press(opened("room", {"ask": "1.1-1"}), "Open a room and ask")
    key = state_of(app, RoomState).key
    assert key.secret not in html(app)
    assert "ask" not in app.query_params
    for turn, answers in ((1, ["(2, 3)", "(3, 2)"]), (2, ["(3, 2)"])):
        for answer in answers:
            token = names.new_token()
            join(shared(), key.code, token)
            vote(shared(), key.code, token, Moment(1, ASKED, turn), answer)
        app.run()
        assert f"<b>{len(answers)}</b> of {turn + 1} answered" in html(app)
        assert "room-bars" not in html(app)
        press(app, "Ask again after talking" if turn == 1 else "Reveal")
    assert html(app).count("room-bars") == 3
    assert "first answer, 2" in html(app)
    assert "after talking, 1" in html(app)
    right = html(app).partition('<li class="right">')[2].partition("</li>")[0]
    assert "(3, 2)" in right
    assert "✓" in right
    # Another question, of the teacher's own; one without words is none.
    press(app, "Ask your own")
    assert "needs 1 to 200 characters" in said(app, "warning")
    app.text_input(key="room_own").input("How many numbers?")
    assert "How many numbers?" in html(press(app, "Ask your own"))
    assert said(press(app, "Close it"), "warning") == NOT_OPEN[learning.OVER]


@pytest.mark.parametrize("name", ["", "zebra", "<b>x</b>", "1.1", "1.1-9", "`"])
def test_what_is_no_question_is_answered_in_a_sentence(name):
    app = opened("room", {"ask": name})
    assert not app.exception
    assert "the path has no such question" in said(app, "warning")


def test_no_more_rooms_than_there_may_be():
    keys = []
    while key := teaching.open_room(shared()):
        keys.append(key)
    app = press(opened("room", {}), "Open a room")
    assert said(app, "warning") == NOT_OPEN[learning.FULL]
    for key in keys:
        teaching.close_room(shared(), key)


def test_a_forged_key_opens_no_room_and_a_phone_is_sent_none(key):
    app = opened("room", {})
    state_of(app, RoomState).key = Key(key.code, names.new_token())
    assert "room-front" not in html(app.run())
    state_of(app, RoomState).key = key
    assert "room-front" in html(app.run())
    assert sent_to(app, "pocket")["teacher"] == " ".join(key)
    app.query_params["join"] = key.code
    assert sent_to(app.run(), "pocket")["teacher"] is None


def test_a_file_that_fails_is_told_in_a_sentence(key, monkeypatch):
    app = phone(key.code)
    broken = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    monkeypatch.setattr(shared(), "_db", broken)
    for page in (app.run(), press(opened("room", {}), "Open a room")):
        assert not page.exception
        assert "cannot be reached now" in said(page, "error")


def test_the_reveal_shows_the_run_that_gives_the_answer_and_the_key_goes_on(key):
    app = opened("room", {})
    state_of(app, RoomState).key = key
    # 1.1-1, then by the key's own button: again, the reveal, and the next question of the path.
    for name in ("room_again_ask", "room_reveal", "room_ask_wanted"):
        app.run()
        app.button(key=name).click().run()
        assert not app.exception
    assert learning.look(shared(), key.code).asked.text == "1.1-2"
    asked = Asked("course", "4.3-2")
    assert teaching.ask(shared(), key, asked)
    assert teaching.reveal(shared(), key)
    app.run()
    run = answered(course_question(asked.text)).loss
    assert len(run) == 100
    assert drawn_losses(run, LIGHT).alt in html(app)
    assert escape(READ_BY["outcome"]) in html(app)


def test_a_drawn_loss_names_its_ends_and_how_much_of_the_run_it_is():
    falls = drawn_losses((4.0, 2.0, 1.0), LIGHT)
    assert falls.alt == "The loss in epochs 0 to 2, from 4 to 1."
    grows = drawn_losses((4.0, 8.0, 33.0, float("inf")), LIGHT)
    assert grows.alt == "The loss in epochs 0 to 1, from 4 to 8; epoch 2 lies above the drawing."
    assert falls.svg.count("<polyline") == grows.svg.count("<polyline") == 2
