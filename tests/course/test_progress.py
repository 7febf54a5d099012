"""What a learner did: its queries, and both texts that carry it, whatever they are given."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundup.course import codes
from groundup.course.answers import right
from groundup.course.path import chapters, sections
from groundup.course.progress import (
    OUTCOMES,
    How,
    Progress,
    figures,
    in_words,
    minutes_left,
    next_section,
)
from groundup.course.review import mixed
from groundup.course.tasks import tasks, tasks_of

QUESTIONS = [one for section in sections() for one in section.questions]
CHOICES = {one.id: one.choices for one in QUESTIONS} | {one.id: OUTCOMES for one in mixed()}
TASKS = {one.id: get_args(How) for one in tasks()}


def some_of(choices):
    """Dictionaries of some names, each with one of its choices."""
    optional = {name: st.sampled_from(offered) for name, offered in choices.items()}
    return st.fixed_dictionaries({}, optional=optional)


progresses = st.builds(Progress, some_of(CHOICES), some_of(TASKS))
WHOLE = Progress(
    {name: offered[-1] for name, offered in CHOICES.items()},
    {name: offered[-1] for name, offered in TASKS.items()},
)


def finished(*done, choose=lambda question: question.choices[0]):
    """The progress of whoever did the sections ``done``, and chose so."""
    answers = {one.id: choose(one) for section in done for one in section.questions}
    return Progress(answers, {one.id: "solved" for s in done for one in tasks_of(s.id)[:1]})


@given(progresses)
def test_both_texts_carry_it_there_and_back(progress):
    assert codes.decode(codes.encode(progress)) == progress
    assert codes.read(codes.kept(progress)) == progress
    assert codes.is_fit(codes.kept(progress))


def test_a_code_is_short_and_forgives_how_it_is_typed():
    code = codes.encode(WHOLE)
    assert len(code) < codes.LONGEST_CODE / 2
    assert len(codes.encode(finished(sections()[0]))) < 20
    assert all(len(group) <= 5 for group in code.split("-"))
    typed = f" {code.lower().replace('-', ' ').replace('o', '0').replace('b', '8')}\n"
    assert codes.decode(typed) == WHOLE


def test_a_slip_of_the_pen_is_no_code():
    code = codes.encode(WHOLE).replace("-", "")
    slips = [
        code[:n] + letter + code[n + 1 :]
        for n in range(len(code))
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
        if letter != code[n]
    ]
    turned = [code[:n] + code[n + 1] + code[n] + code[n + 2 :] for n in range(len(code) - 1)]
    for slip in {*slips, *turned, code[:-1], code + "A", "A" * 1000} - {code}:
        assert codes.decode(slip) is None, slip


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("AB27 -ſı=")), max_size=500))
def test_any_text_at_all_is_a_code_or_none(text):
    found = codes.decode(text)
    assert found is None or codes.decode(codes.encode(found)) == found


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.sampled_from(sorted(CHOICES)),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["answers", "1.1-1"]), inner),
)


@given(st.text() | json_values.map(json.dumps) | st.just("[" * 19_000) | st.just('{"a":' * 3000))
def test_whatever_a_browser_holds_is_read_without_a_word(text):
    found = codes.read(text)
    assert found is None or codes.read(codes.kept(found)) == found


def test_of_what_a_browser_holds_only_what_the_course_knows_is_taken():
    first = QUESTIONS[0]
    table = {
        "answers": {first.id: first.choices[0], QUESTIONS[1].id: "made up", "9.9-9": "no", "": []},
        "tasks": {"no task": "solved", first.id: "solved"},
        "more": 1,
    }
    assert codes.read(json.dumps(table)) == Progress({first.id: first.choices[0]})
    assert codes.read(json.dumps({"answers": [], "tasks": None})) == Progress()
    for other in ("[]", "3", "null", '"a"', "{", "x" * (codes.LONGEST_KEPT + 1)):
        assert codes.read(other) is None
    for unfit in (None, 3, ["a"], "ŷ", "\ud800", "x" * (codes.LONGEST_KEPT + 1)):
        assert not codes.is_fit(unfit)


@given(progresses, progresses)
def test_of_two_browsers_first_answers_stay_and_solved_counts(one, other):
    both = one.merged(other)
    assert both.answers == {**other.answers, **one.answers}
    assert set(both.tasks) == {*one.tasks, *other.tasks}
    for task, how in both.tasks.items():
        assert how == (
            "solved" if "solved" in (one.tasks.get(task), other.tasks.get(task)) else "shown"
        )
    assert both.merged(other) == both.merged(one) == both


def test_a_first_answer_stays_and_a_task_that_was_shown_is_not_solved():
    done = Progress().answered("1.1-1", "(6,)").answered("1.1-1", "(2, 3)")
    assert done.answers == {"1.1-1": "(6,)"}
    assert Progress().did("a", "shown").did("a", "solved").tasks == {"a": "shown"}
    assert Progress().did("a", "solved").did("a", "shown").tasks == {"a": "solved"}


def test_one_goes_on_at_the_first_section_that_is_not_done():
    assert next_section(Progress()) == sections()[0]
    assert next_section(finished(*sections()[:3], *sections()[5:])) == sections()[3]
    assert next_section(finished(*sections())) is None
    assert minutes_left(Progress()) == sum(one.minutes for one in sections())
    assert minutes_left(finished(*sections()[1:])) == sections()[0].minutes
    half = finished(sections()[0]).answers
    assert not Progress(dict(list(half.items())[:-1])).done(sections()[0])


def test_what_was_missed_is_asked_again_and_nothing_else():
    chapter = chapters()[1]
    asked = [one for section in chapter.sections for one in section.questions]
    assert Progress().missed(chapter) == ()
    wrong = next(choice for choice in asked[1].choices if choice != right(asked[1]))
    done = finished(*sections(), choose=right)
    missed = Progress({**done.answers, asked[1].id: wrong}, done.tasks)
    assert missed.missed(chapter) == (asked[1],)
    assert missed.missed(chapters()[0]) == ()
    assert missed.count(chapter) == len(chapter.sections)


def test_the_figures_count_what_was_done():
    none = figures(Progress({"9.9-9": "x"}, {"no task": "solved"}))
    assert none == (0, 0, len(QUESTIONS), 0, 0, len(tasks()), 0, len(mixed()))
    every = finished(*sections(), choose=right)
    assert figures(every).right == figures(every).answered == len(QUESTIONS)
    first = QUESTIONS[0]
    wrong = next(choice for choice in first.choices if choice != right(first))
    one = figures(Progress({**every.answers, first.id: wrong}))
    assert (one.right, one.answered) == (len(QUESTIONS) - 1, len(QUESTIONS))
    assert figures(Progress({one.id: "right" for one in mixed()})).recalled == len(mixed())
    shown = figures(Progress(tasks=dict.fromkeys(TASKS, "shown")))
    assert (shown.solved, shown.shown) == (0, len(TASKS))


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes"),
        (44, "44 minutes"),
        (58, "an hour"),
        (100, "one and a half hours"),
        (182, "three hours"),
        (900, "900 minutes"),
    ],
)
def test_minutes_are_said_as_people_say_them(minutes, said):
    assert in_words(minutes) == said
