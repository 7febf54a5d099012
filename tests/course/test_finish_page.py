"""The last page: ten questions, the last task, what one can do, and numbers that are true."""

import datetime
import re

import pytest
import torch

from groundup.course import finish
from groundup.course import progress as course_progress
from groundup.course.path import section, sections
from groundup.course.progress import Progress
from groundup.engine.lesson import load
from groundup.scale.catalogue import published
from groundup.ui.course.keeping import CourseState
from tests.course.recalled import MIXED, recalled
from tests.course.test_progress import finished
from tests.pages import said, state_of

__all__ = ["recalled"]

LOOP_WRITTEN = {finish.CLASS_TASK: "solved", finish.LAST_TASK: "solved"}


def whole(**tasks):
    """Whoever did everything, and the tasks named so."""
    done = finished(*sections())
    return Progress(done.answers, {**done.tasks, **LOOP_WRITTEN, **tasks})


@pytest.fixture
def arrive(visit, recalled, monkeypatch):
    """``arrive(progress)``: the last page of whoever did that."""
    monkeypatch.setattr(course_progress, "mixed", lambda: MIXED)

    def come(progress=None):
        app = visit("finish")
        state_of(app, CourseState).progress = progress or Progress()
        assert not app.run().exception
        return app

    return come


def numbers(app):
    (table,) = [o.proto.body for o in app.get("html") if "<table" in o.proto.body]
    return dict(re.findall("<td>(.*?)</td><td>(.*?)</td>", table))


def links(app):
    return {one.proto.label: one.proto for one in app.main.get("page_link")}


def did(app):
    return state_of(app, CourseState).progress


def test_each_question_is_asked_once_and_its_first_answer_counts(arrive):
    app = arrive()
    for n, (question, typed) in enumerate(zip(MIXED, ("2", "nonsense", "4"), strict=True), 1):
        assert f"Question {n} of {len(MIXED)}" in [one.value for one in app.header]
        app.text_input(key="mixed_answer").set_value("  ")
        app = app.button(key="mixed_send").click().run()
        assert question.id not in did(app).answers
        app.text_input(key="mixed_answer").set_value(typed)
        app = app.button(key="mixed_send").click().run()
        right = typed != "nonsense"
        assert did(app).answers[question.id] == ("right" if right else "wrong")
        assert ("**Right.**" in said(app, "markdown")) == right
        app = app.button(key="mixed_next").click().run()
    assert not [one for one in app.text_input if one.key == "mixed_answer"]
    assert numbers(app)["Mixed questions right"] == f"2 of {len(MIXED)}"
    primary = [one.key for one in app.main.button if one.proto.type == "primary"]
    assert primary == ["last_task"]


def test_the_last_task_is_one_press_away_and_a_solution_that_was_seen_is_said(arrive):
    app = arrive()
    assert [b.key for b in app.main.button if b.proto.type == "primary"] == ["mixed_send"]
    app = app.button(key="last_task").click().run()
    assert not app.exception
    assert app.query_params["scale"] == section("6.3").settings["scale"]
    seen = arrive(whole(**{finish.LAST_TASK: "shown"}))
    assert "does not count as written" in said(seen, "caption")
    assert "You wrote the whole loop" in said(arrive(whole()), "markdown")


def test_the_class_is_the_lessons_own_text_and_each_kind_of_line_leads_to_its_section(arrive):
    shown = [line.text for line in finish.feed_forward()]
    text = load("feed_forward").text
    assert "\n".join(shown[3:]) in text
    assert all(line in text.splitlines() for line in shown)
    names = {"torch": torch, "nn": torch.nn}
    exec("\n".join(["from torch import nn", *shown, "model = FeedForwardNetwork"]), names)
    with torch.device("meta"):
        model = names["model"]()
    assert model.layer1.weight.shape == (14336, 4096)
    taught = [line.learned.id for line in finish.feed_forward() if line.learned]
    assert sorted(taught) == sorted(set(finish.LEARNED.values()))
    assert all(any(mark in line for line in shown) for mark in finish.LEARNED)
    found = [o for label, o in links(arrive()).items() if label.startswith("learned in")]
    assert [f"section={one}" in o.query_string for one, o in zip(taught, found, strict=True)]


def test_what_is_said_of_the_model_is_so(arrive):
    times, hold, share, billions = re.findall(r"\d+", finish.in_model())[-4:]
    model = published(finish.MODEL).architecture
    assert int(times) == int(hold) == model.layers
    three = 3 * model.hidden * model.intermediate * model.layers
    weights = 8.03e9
    assert int(share) == round(100 * three / weights)
    assert int(billions) == round(weights / 1e9)
    assert finish.in_model() in said(arrive(), "markdown")


@pytest.mark.parametrize(
    "progress",
    [
        Progress(),
        Progress(finished(*sections()).answers),
        whole(**{finish.LAST_TASK: "shown"}),
        whole(**{finish.CLASS_TASK: "shown"}),
        Progress({}, LOOP_WRITTEN),
        Progress(dict(list(whole().answers.items())[1:]), whole().tasks),
    ],
    ids=["nothing", "no task", "loop shown", "class shown", "tasks alone", "a question open"],
)
def test_the_engine_is_understood_by_whoever_did_it_all_and_by_nobody_else(arrive, progress):
    assert "understand the engine" not in said(arrive(progress), "markdown")
    assert not finish.is_whole(progress)


def test_whoever_did_it_all_can_do_it_all_and_is_told_what_was_not_taught(arrive):
    app = arrive(whole())
    words = said(app, "markdown")
    assert "You wrote this, and the loop that trains it." in words
    assert "You now understand the engine." in words
    assert all(f"✓ {one.says}" in words for one in finish.ABILITIES)
    assert "Still open" not in [one.value for one in app.header]
    assert "tokenizers" in words


def test_what_is_open_leads_to_the_section_that_is_missing(arrive):
    done = finished(*(one for one in sections() if one.id not in {"4.3", "6.3"}))
    app = arrive(done)
    found = links(app)
    for ability in finish.ABILITIES:
        left = [name for name in ability.learned if name in {"4.3", "6.3"}]
        lines = [proto for label, proto in found.items() if label.startswith(ability.says)]
        assert [f"section={left[0]}" in one.query_string for one in lines] == [True] * bool(left)
        assert (f"✓ {ability.says}" in said(app, "markdown")) == (not left)
    # Its sections alone do not make the loop.
    last = finish.ABILITIES[-1]
    assert finish.missing(last, whole(**{finish.LAST_TASK: "shown"})).id == "6.3"
    assert finish.missing(last, whole()) is None
    assert all(section(name) for one in finish.ABILITIES for name in one.learned)


def test_the_numbers_are_those_of_what_was_done(arrive):
    none = numbers(arrive())
    assert none["Sections done"] == f"0 of {len(sections())}"
    assert none["Right at the first answer"] == "0 of 0"
    assert none["PyTorch"].partition("+")[0] == torch.__version__.partition("+")[0]
    today = datetime.datetime.now(datetime.UTC).date()
    assert abs(datetime.date.fromisoformat(none["Date (UTC)"]) - today).days <= 1
    two = finished(*sections()[:2])
    found = numbers(arrive(Progress({**two.answers, MIXED[0].id: "right"}, two.tasks)))
    counted = course_progress.figures(two)
    assert found["Sections done"] == f"2 of {len(sections())}"
    assert found["Questions answered"] == f"{len(two.answers)} of {counted.asked}"
    assert found["Right at the first answer"] == f"{counted.right} of {len(two.answers)}"
    assert found["Mixed questions right"] == f"1 of {len(MIXED)}"
