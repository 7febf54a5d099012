"""The card of a chapter: what to keep, what was missed, what is recalled, and the way on."""

import base64
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
import torch

from groundup.course.answers import right
from groundup.course.path import chapters, sections
from groundup.engine.lesson import load
from groundup.figures.course.cards import picture
from groundup.figures.course.sketch import HEIGHT, WIDTH
from groundup.figures.theme import DARK, LIGHT
from groundup.ui.course.keeping import CourseState
from tests.course.recalled import recalled
from tests.course.test_progress import finished
from tests.pages import outputs, said, state_of

__all__ = ["recalled"]
TEXT = "{http://www.w3.org/2000/svg}text"


def opened(visit, progress=None, **link):
    app = visit("review", **link)
    if progress:
        state_of(app, CourseState).progress = progress
        app.run()
    assert not app.exception
    return app


@pytest.fixture
def missed_one():
    """A learner whose first answer to the first question was wrong, and right to the others."""
    asked = [one for section in chapters()[0].sections for one in section.questions]
    wrong = next(choice for choice in asked[0].choices if choice != right(asked[0]))
    done = finished(*chapters()[0].sections, choose=right)
    return asked, type(done)({**done.answers, asked[0].id: wrong}, done.tasks)


@pytest.mark.usefixtures("recalled")
def test_the_card_holds_three_sentences_and_a_picture_with_its_words(visit):
    app = opened(visit, chapter="2")
    assert "1. First of 2\\.\n1. \\*Second\\*\\.\n1. Third\\." in said(app, "markdown")
    assert chapters()[1].name in " ".join(one.value for one in app.header)
    (drawn,) = [one.proto.body for one in app.get("html") if "<img" in one.proto.body]
    assert re.search('alt="A curve, and three steps', drawn)
    data = re.findall('base64,([^"]*)', drawn)[0]
    assert base64.b64decode(data).decode() == picture(2, LIGHT).svg


def test_every_chapter_has_a_picture_and_no_word_of_it_is_cut():
    for chapter in chapters():
        for colours in (LIGHT, DARK):
            drawing = ET.fromstring(picture(chapter.number, colours).svg)
            words = drawing.findall(TEXT)
            assert words
            for word in words:
                wide = len(word.text) * (9 if word.get("font-family") == "monospace" else 7) / 2
                assert wide <= float(word.get("x")) <= WIDTH - wide, word.text
                assert 10 <= float(word.get("y")) <= HEIGHT - 10
    assert picture(99, LIGHT) is None
    assert picture(1, LIGHT) != picture(1, DARK)


@pytest.mark.usefixtures("recalled")
def test_what_was_missed_is_asked_anew_and_changes_no_first_answer(visit, missed_one):
    asked, before = missed_one
    app = opened(visit, before)
    (again,) = [one for one in app.radio if one.key.startswith("again_")]
    assert again.key == f"again_{asked[0].id}"
    assert again.value is None
    wrong = before.answers[asked[0].id]
    app = again.set_value(wrong).run()
    words = said(app, "markdown")
    assert "Not yet." in words
    assert "Right this time" not in words
    app = app.radio(key=again.key).set_value(right(asked[0])).run()
    assert "Right this time" in said(app, "markdown")
    assert state_of(app, CourseState).progress == before


@pytest.mark.usefixtures("recalled")
def test_whoever_missed_nothing_is_told_how_much_was_asked(visit, missed_one):
    asked, _ = missed_one
    assert f"none of the {len(asked)} questions of this chapter" in said(opened(visit), "markdown")
    whole = finished(*chapters()[0].sections, choose=right)
    words = said(opened(visit, whole), "markdown")
    assert f"of {len(asked)} questions you answered {len(asked)}, all right" in words


@pytest.mark.usefixtures("recalled")
def test_an_answer_is_typed_and_a_wrong_one_shows_the_program(visit):
    app = opened(visit, chapter="1")
    box = app.text_input(key="recall_card-1-1")
    assert box.label == "2 \\+ 2 \\* 1?"
    app = box.set_value(" 4 ").run()
    assert "**Right.**" in said(app, "markdown")
    app = app.text_input(key="recall_card-1-1").set_value("5").run()
    assert "Not this time:** 4" in said(app, "markdown")
    assert outputs(app) == ["answer = 4"]
    app = app.text_input(key="recall_card-1-1").set_value("  ").run()
    assert outputs(app) == []
    assert not app.exception


def way_on(app):
    """The page and the words of the last link of the page."""
    link = app.main.get("page_link")[-1].proto
    return link.page, link.label


@pytest.mark.usefixtures("recalled")
def test_next_leads_to_the_next_chapter_and_the_last_one_to_the_end(visit):
    following = chapters()[1].sections[0]
    assert way_on(opened(visit, chapter="1")) == ("requires_grad", f"Next: 2.1 {following.name} ›")
    assert way_on(opened(visit, chapter="6")) == ("finish", "What you can now do ›")


@pytest.mark.parametrize("chapter", ["0", "7", "1.5", "<b>", "", "九", "-1", "1" * 5000])
def test_a_chapter_that_is_none_is_said_and_the_first_one_shown(visit, chapter):
    app = opened(visit, finished(*sections()[:1]), chapter=chapter)
    assert "was not used: choose one of 1, 2" in said(app, "warning")
    assert way_on(app)[1].startswith("Next: 2.1 ")


def test_what_the_pictures_say_is_so():
    """The steps downhill are those of w²; what is folded stands in the lessons."""
    dots = ET.fromstring(picture(2, LIGHT).svg).findall("{http://www.w3.org/2000/svg}circle")
    w = [(float(dot.get("cx")) - WIDTH / 2) / 100 for dot in dots]
    assert len(w) == 4
    for before, after in pairwise(w):
        there = torch.tensor(before, requires_grad=True)
        (there**2).backward()
        assert after == pytest.approx(before - 0.2 * there.grad.item(), abs=1e-3)
    n, k, m = 2, 3, 4
    assert (torch.ones(n, k) @ torch.ones(k, m)).shape == (n, m)
    by_hand = load("training_loop").text
    assert "loss.backward()" in by_hand
    assert "w.grad.zero_()" in by_hand
    a, b, x = (torch.tensor(value, requires_grad=True) for value in (2.0, 3.0, 4.0))
    (x * (a + b)).backward()
    assert [one.grad.item() for one in (a, b, x)] == [4, 4, 5]
    drawn = [word.text for word in ET.fromstring(picture(6, LIGHT).svg).findall(TEXT)]
    # As the model's page builds a block: attention, and the two layers, each with its sum.
    assert drawn == ["attention", "+", "two layers", "+", "between tokens", "each token alone"]
