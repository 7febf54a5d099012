"""The page Words, and what the marks on the other pages are sent."""

import pytest

from groundup.course import path
from groundup.course.words import word, words
from groundup.ui.course.glossary import PAGES, taught
from groundup.ui.course.keeping import CourseState
from tests.hosting.hostile import opened
from tests.pages import said, sent_to, state_of


def links(app):
    return {link.proto.label: link.proto for link in app.get("page_link")}


def test_all_words_stand_by_chapter_with_a_link_that_opens_their_section():
    app = opened("words", {})
    assert not app.exception
    for one in words():
        assert f"**{one.term}**: {one.meaning}" in said(app)
    chapters = [f"{one.number} {one.name}" for one in path.chapters()]
    assert [one.value for one in app.header] == [*chapters, "Beside the path"]
    assert said(app).count(" is True") == sum(bool(one.line) for one in words())
    assert f"{len(words())} words" in said(app)
    shown = links(app)
    assert set(shown) >= {f"{one.id} {one.name}" for one in path.sections()}
    assert "look_at=Storage" in shown["Tensors, Storage"].query_string


def test_a_link_opens_at_its_word_and_what_mentions_it_follows():
    assert said(opened("words", {"word": "stride"}), "header") == ""
    lines = said(opened("words", {"word": "Leaf"}), "markdown")
    assert lines.index("**leaf**") < lines.index("**grad_fn**")
    assert "**tensor**" not in lines


@pytest.mark.parametrize("word", ["zebra", "<b>x</b>", "**", "$x$", "\x00", "w" * 900])
def test_what_is_no_word_is_answered_by_a_sentence(word):
    app = opened("words", {"word": word})
    assert not app.exception
    assert said(app, "info", "warning")


def test_a_word_of_a_section_that_is_done_says_that_it_was_met():
    app = opened("words", {})
    first = path.sections()[0]
    state = state_of(app, CourseState)
    for question in first.questions:
        state.progress = state.progress.answered(question.id, question.choices[0])
    app.run()
    met = {label for label in links(app) if "you have met" in label}
    assert met == (
        {f"1.1 {first.name}: you have met these words"} if state.progress.done(first) else set()
    )


def test_the_marks_are_sent_every_word_and_can_be_switched_off():
    app = opened("computation_graph", {})
    sent = sent_to(app, "word_marks")
    assert sent["on"]
    assert [(one["id"], one["pattern"]) for one in sent["words"]] == [
        (w.id, w.pattern) for w in words()
    ]
    stride = next(one for one in sent["words"] if one["id"] == "stride")
    assert (stride["taught"], stride["href"]) == ("Tensors, Storage", "tensors?look_at=Storage")
    assert taught(word("slope")) == "2.1 Which way is down?"
    assert not sent_to(opened("computation_graph", {"word_marks": "false"}), "word_marks")["on"]
    assert {one.page for one in words()} <= set(PAGES)
