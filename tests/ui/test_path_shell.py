"""The shell of the path: which section is open, its bar, its dock, the sidebar; without a browser.

The browser's test walks the whole path with every answer.
"""

import json
import re
from dataclasses import replace
from itertools import chain
from urllib.parse import parse_qs

import pytest
from google.protobuf.json_format import MessageToDict

from groundup.course import path
from groundup.course.answers import program, right
from groundup.course.tasks import tasks_of
from groundup.modules.three_lines import BOTH
from groundup.ui import settings
from groundup.ui.controls.declaration import as_text
from groundup.ui.controls.widgets import declared
from groundup.ui.course import frame, place
from groundup.ui.course.keeping import CourseState
from groundup.ui.course.opening import link_to
from groundup.ui.course.prose import inline, label
from groundup.ui.training.state import TrainingState
from tests.course.reading import found
from tests.hosting.hostile import FORMS, opened
from tests.pages import codes, path_links, said, sent_to, state_of, with_settings

SECTIONS = [*(one for one in FORMS[::7] if isinstance(one, str)), "4.9", "1.1.1", " 4.2", "２.１"]


def drawn(app, part="course-"):
    """The text of what the shell drew as HTML, tags left out, one line each."""
    bodies = [element.proto.body for element in app.get("html") if part in element.proto.body]
    return "\n".join(re.sub("<[^>]*>", " ", body) for body in bodies)


def links(app):
    return [*path_links(app), *(element.proto for element in app.get("page_link"))]


def follow(app, link):
    """Open what a page link leads to, as the browser does."""
    app.query_params.clear()
    app.query_params.update(parse_qs(link.query_string))
    return app.switch_page(f"app_pages/{link.page or 'home'}.py").run()


def onward(app):
    """The dock's link to what follows: the last that the page drew."""
    return app.main.get("page_link")[-1].proto


def answer(app, question, choice):
    return app.button(key=f"choice_{question.choices.index(choice) + 1}").click().run()


def wrong(question):
    return next(one for one in question.choices if one != right(question))


def section(name):
    found = path.section(name)
    assert found
    return found


def is_open(app, one):
    """Whether the bar and the sidebar say so, and every control stands as the section says."""
    here = [link for link in path_links(app) if link.is_here]
    held = {key: app.session_state[key] for key in one.settings if key in app.session_state}
    stands = {key: as_text(value) for key, value in held.items()}
    named = [link.label for link in here] == [f"here: {one.name}"]
    return named and inline(one.why) in _html(app) and stands.items() <= one.settings.items()


def _html(app):
    return "".join(element.proto.body for element in app.get("html"))


SHOWN_WHEN_DONE = {"5.1": {"fold": BOTH}}
"""What a section's *do* leads to, where its words stand only there."""
EXPLAINED = {
    "1.1-2": "The dtype is the kind of number",
    "3.1-3": "You made w yourself: it is a leaf.",
    "6.2-2": "A GiB is 2³⁰ bytes",
}
"""The questions that say themselves what their new word means."""


def unsaid(app, one):
    """The new words of a section's questions that it has not shown before it asks."""
    done = [opened(one.page, one.query | more) for more in [SHOWN_WHEN_DONE.get(one.id)] if more]
    shown = "\n".join(
        [one.name, one.why, one.do, *chain.from_iterable(map(page_texts, [app, *done]))]
    )
    questions = [each for each in one.questions if EXPLAINED.get(each.id, "—") not in each.ask]
    asked = [w.word for q in questions for text in (q.ask, *q.choices) for w in found(text)]
    return [w.id for w in asked if w.id in one.words and not w.regex.search(shown)]


def page_texts(app):
    """What the page's elements hold and its components were sent; not the question itself."""
    for element in app.main:
        proto = getattr(element, "proto", None)
        if element.type == "bidi_component":
            yield from strings(json.loads(proto.json or "[]"))
        elif proto is not None and element.type != "button":
            yield from (one for one in strings(MessageToDict(proto)) if "course-ask" not in one)


def strings(data):
    """Every text in ``data``, however deep."""
    if isinstance(data, str):
        yield data
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from strings(one)


def test_every_section_is_opened_from_the_one_before_it_whatever_was_answered(visit):
    app = visit("home")
    app = follow(app, next(link for link in links(app) if "section=1.1" in link.query_string))
    for one in path.sections():
        assert not app.exception
        assert not app.warning
        assert is_open(app, one), one.id
        assert unsaid(app, one) == [], one.id
        chapter = path.chapters()[one.chapter - 1]
        assert f"Section {chapter.sections.index(one) + 1} of" in _html(app)
        for _ in one.questions:
            app.button(key="dock_skip").click().run()
        assert inline(one.so) in _html(app)
        app = follow(app, onward(app))
        if one is chapter.sections[-1]:
            assert app.title[0].value == "What do you keep of this chapter?"
            app = follow(app, onward(app))
    assert app.title[0].value == "What you can now do"
    assert f"0 of {len(path.sections())} sections done" in drawn(app)


def test_the_first_answer_counts_and_the_program_that_says_so_is_shown():
    one = section("2.4")
    first, *others = one.questions
    app = opened(one.page, dict(link_to(one)))
    guess = wrong(first)
    answer(app, first, guess)
    assert "✗ Not this time." in drawn(app)
    assert f"You guessed  {guess} ." in drawn(app)
    assert f"The run says  {right(first)} ." in drawn(app)
    assert inline(first.wrong[guess]) in _html(app)
    assert program(first) in codes(app)
    assert {key for key in _keys(app) if key.startswith("choice_")} == set()
    for n, question in enumerate(others, 2):
        app.button(key="dock_next").click().run()
        assert f"Question {n}" in drawn(app, "course-place")
        answer(app, question, right(question))
        assert "✓ Right." in drawn(app)
    assert inline(one.so) in _html(app)
    # The task is left.
    assert f"0 of {len(path.sections())} sections done" in drawn(app)
    kept = state_of(app, CourseState).progress.answers
    assert kept == {first.id: guess} | {other.id: right(other) for other in others}
    # Who comes again sees what they answered, and cannot answer again.
    app = follow(app, onward(app))
    app = follow(app, next(link for link in links(app) if f"section={one.id}" in link.query_string))
    for _ in others:
        app.button(key="dock_previous").click().run()
    assert f"You guessed  {guess} ." in drawn(app)


def _keys(app):
    return {button.key for button in app.button if button.key}


def test_a_section_opened_from_its_page_leaves_nothing_of_what_was_set_before(visit):
    app = visit("training_loop", lab="Watch", lr="0.7", epochs="300", seed="5")
    app.button(key="train").click().run()
    app.button(key="one_step").click().run()
    assert sent_to(app, "code")["steps"].keys() > {"key"}
    link = next(link for link in links(app) if "section=4.3" in link.query_string)
    app = follow(app, link)
    wanted = link_to(section("4.3"))
    assert {key: as_text(app.session_state[key]) for key in ("lab", "lr", "epochs")} == {
        "lab": "Predict",
        "lr": section("4.3").settings["lr"],
        "epochs": "100",
    }
    assert app.session_state["seed"] == 5
    assert not state_of(app, TrainingState).training.run.epochs
    assert dict(app.query_params) == wanted | {"seed": "5"}
    for key in ("skip", "train", "one_step"):
        app.button(key=key).click().run()
    app = follow(app, next(link for link in links(app) if "section=4.5" in link.query_string))
    assert sent_to(app, "code")["steps"].keys() == {"key"}
    training = state_of(app, TrainingState).training
    assert (training.run.epochs, training.playing, training.walked) == (0, False, False)
    # A press on the link of the section that is open leaves its run.
    app.button(key="train").click().run()
    app = follow(app, next(link for link in links(app) if "section=4.5" in link.query_string))
    assert state_of(app, TrainingState).training.run.epochs


@pytest.mark.parametrize(
    ("page", "link", "name"),
    [
        ("training_loop", {}, "4.2"),
        ("training_loop", {"lab": "Predict", "lr": "0.5"}, "4.3"),
        ("training_loop", {"section": "4.1", "lab": "Watch", "epochs": "30"}, "4.2"),
        (
            "requires_grad",
            {"section": "2.2", "autograd": "A slope", "slope_by": "rise over run", "at": "2.0"},
            "2.2",
        ),
        # What these two ask to be chosen stands beside the path too.
        ("requires_grad", section("2.1").query | {"curve": "sin w"}, "2.1"),
        ("requires_grad", section("2.4").query | {"between": "w.grad = None"}, "2.4"),
        ("computation_graph", {}, "3.1"),
        ("nn_module", {"topic": "Line by line", "piece": "Parameters"}, "5.3"),
    ],
)
def test_a_page_at_the_settings_of_a_section_shows_that_section(visit, page, link, name):
    app = visit(page, **link)
    assert not app.exception
    assert [one.label for one in path_links(app) if one.is_here] == [f"here: {section(name).name}"]


@pytest.mark.parametrize("own", ["0", "7"])
def test_a_task_s_seed_goes_with_the_next_section_and_the_learner_s_stays(visit, own):
    app = visit("training_loop", **section("4.3").query, task="edge", seed=own)
    app.button(key="goal_begin_edge").click().run()
    assert app.session_state["seed"] != int(own)
    assert app.session_state["epochs"] == 500
    app = follow(app, next(one for one in links(app) if "section=4.4" in one.query_string))
    assert app.session_state["seed"] == int(own)
    assert app.query_params.get("seed", "0") == own
    app = follow(app, next(one for one in links(app) if "section=4.3" in one.query_string))
    assert app.session_state["seed"] == int(own)


def test_beside_the_path_the_bar_says_what_is_deepened_and_leads_back(visit):
    app = visit("training_loop", lab="Compare")
    assert "Deeper" in drawn(app, "course-bar")
    assert "deepens" in drawn(app, "course-bar")
    back = next(link for link in links(app) if link.label.startswith("Back to "))
    assert "dock_skip" not in _keys(app)
    app = follow(app, back)
    assert "dock_skip" in _keys(app)


@pytest.mark.parametrize("raw", SECTIONS)
def test_whatever_a_link_calls_a_section_is_answered_in_a_sentence(raw):
    app = opened("training_loop", {"section": raw, "task": raw, "chapter": raw})
    assert not app.exception
    refused = said(app, "warning")
    assert "` was not used: the path has no such section." in refused
    assert "` was not used: the section that is open has no such task." in refused


def test_a_section_of_another_page_is_named_and_a_card_leads_to_the_next_chapter():
    app = opened("tensors", {"section": "4.2"})
    assert "`section=4.2` was not used: it belongs to another page." in said(app, "warning")
    assert is_open(app, section("1.1"))
    for number in ("0", "7", "x"):  # refused in a sentence: the first card is shown
        assert "section=2.1" in onward(opened(place.REVIEW, {"chapter": number})).query_string
    (on,) = [one for one in links(opened(place.REVIEW, {"chapter": "2"})) if "›" in one.label]
    assert "section=3.1" in on.query_string


def test_a_question_about_other_settings_sets_them_back_at_a_press(monkeypatch):
    one = section("4.2")
    asked = replace(one.questions[0], settings={"lr": "0.9", "each_step": "4 points"})
    there = replace(one, questions=(asked, *one.questions[1:]))
    chapters = [
        replace(one, sections=tuple(there if s.id == there.id else s for s in one.sections))
        for one in path.chapters()
    ]
    monkeypatch.setattr(path, "chapters", lambda: chapters)
    monkeypatch.setattr(path, "sections", lambda: sum((c.sections for c in chapters), ()))
    app = opened("training_loop", {"section": "4.2", "epochs": "30"})
    note = drawn(app, "course-note")
    assert "This question is about Learning rate 0.9, In each step 4 points." in note
    app.button(key="dock_set_back").click().run()
    assert app.session_state["lr"] == 0.9
    assert app.session_state["each_step"] == "4 points"
    assert app.session_state["epochs"] == 30
    assert "This question is about" not in drawn(app, "course-note")


def test_after_the_questions_comes_the_task_then_more_of_them_and_the_next_section(monkeypatch):
    staged = []
    monkeypatch.setattr(frame, "stage", lambda task: staged.append(task.id))
    one = section("2.3")
    first, second = (task.id for task in tasks_of(one.id))
    app = opened(one.page, dict(link_to(one)))
    assert ", then a task" in drawn(app, "course-place")
    for question in one.questions:
        answer(app, question, right(question))
        if question is not one.questions[-1]:
            app.button(key="dock_next").click().run()
    assert "0 of" in drawn(app, "course-counted")
    assert onward(app).label == "Skip"
    title = app.title[0].value
    app.button(key="dock_task").click().run()
    assert staged
    assert set(staged) == {first}
    assert inline(one.do) not in _html(app)
    assert "<b>Do</b> Solve the task." in _html(app)
    assert app.query_params["task"] == first
    assert title not in [element.value for element in app.title]
    app.button(key="dock_back").click().run()
    assert app.title[0].value == title
    assert inline(one.do) in _html(app)
    state = state_of(app, CourseState)
    state.progress = state.progress.did(first, "solved")
    app.run()
    assert "1 of" in drawn(app, "course-counted")
    assert onward(app).label.startswith("Next: 2.4")
    app.button(key=f"task_{second}").click().run()
    assert staged[-1] == second


def test_a_goal_leaves_the_page_as_it_is_and_stands_in_the_dock(monkeypatch):
    said_of = []
    monkeypatch.setattr("groundup.ui.course.dock.goal_line", lambda task: said_of.append(task.id))
    app = opened("computation_graph", {**link_to(section("3.2")), "task": "grad-2b"})
    assert not app.exception
    assert said_of == ["grad-2b"]
    assert "<b>Do</b> Reach the goal at the foot" in _html(app)
    assert len(app.title) == 1


def test_device_and_seed_stand_where_a_page_reads_them(visit):
    for page in settings.OF_PAGE:
        assert "defaults" in _keys(with_settings(visit(page)))
    for page in ("home", "your_code", "words", "review", "finish"):
        app = with_settings(visit(page))
        assert "letter_keys" in {one.key for one in app.toggle}
        assert "defaults" not in _keys(app)
        assert "seed" not in {one.key for one in app.number_input}


def test_the_sidebar_holds_the_chapters_and_the_sections_of_the_open_one(visit):
    app = visit("computation_graph")
    labels = [link.label for link in path_links(app)]
    for chapter in path.chapters():
        opened = chapter.number == 3
        state = "here:" if opened else "to do:"
        head = f"{state} {chapter.number} {chapter.name} 0/{len(chapter.sections)}"
        assert labels.count(head) == 1
        inside = {one.name for one in chapter.sections} <= {one.split(": ")[-1] for one in labels}
        assert inside == opened
        assert ({one.name for one in chapter.deeper} <= set(labels)) == opened
    assert labels[0] == "groundup"
    assert labels[-1] == "Ask the room"


def test_every_link_of_the_path_names_controls_of_its_page_and_values_that_they_take():
    beside = [one for chapter in path.chapters() for one in chapter.deeper]
    for one in (*path.sections(), *beside):
        known = {control.key for control in settings.OF_PAGE.get(one.page, ())}
        assert set(one.settings) <= known, one.name
        refused = {key: declared()[key].refusal(raw) for key, raw in one.settings.items()}
        assert not any(refused.values()), (one.name, refused)


def test_a_dot_and_a_count_tell_what_is_done(visit):
    app = visit("requires_grad")
    first = path.chapters()[1].sections[0]
    state = state_of(app, CourseState)
    for question in first.questions:
        state.progress = state.progress.answered(question.id, question.choices[0])
    state.progress = state.progress.did(tasks_of(first.id)[0].id, "shown")
    app.run()
    assert _html(app).count('<i class="done">') == 1
    second = path.chapters()[1]
    labels = [one.label for one in path_links(app)]
    assert f"here: 2 {second.name} 1/{len(second.sections)}" in labels
    assert f"done: {first.name}" in labels


def test_prose_is_shown_as_it_is_but_for_code_and_bold():
    assert inline("a < `b*c` **d** & [e]") == "a &lt; <code>b*c</code> <b>d</b> &amp; [e]"
    assert inline("**track `w**2`**, `a**b` and **c**") == (
        "<b>track <code>w**2</code></b>, <code>a**b</code> and <b>c</b>"
    )
    assert label("w[0] * `x`") == r"w\[0\] \* \`x\`"
