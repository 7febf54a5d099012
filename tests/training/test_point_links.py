"""Own points in a link: the same points, text and run for whoever opens it, or a sentence."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.engine import lesson, observe
from groundup.training import own_data, point_links
from groundup.training.own_data import Points
from groundup.ui.settings import shared, training_loop
from groundup.ui.training.state import TrainingState
from tests.pages import said, sent_to, shown_code, state_of

PAGE = "training_loop"
LOOP = lesson.load(PAGE).set(begin="random")
NUMBERS = st.floats(-1e12, 1e12) | st.integers(-99, 99).map(float) | st.just(-0.0)
NAMES = st.text(min_size=1, max_size=30)


@given(
    st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=60).filter(
        lambda rows: len({x for x, _ in rows}) > 1
    ),
    st.just(("x", "y")) | st.tuples(NAMES, NAMES),
    st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_what_a_link_holds_is_read_as_the_same_points_and_text(rows, names, standardised):
    points = Points(*map(tuple, zip(*rows, strict=True)), names, standardised)
    text = point_links.written(points)
    if text:
        again = point_links.read(text)
        assert again == points
        assert own_data.with_points(LOOP, again).text == own_data.with_points(LOOP, points).text


def test_the_text_is_what_a_person_would_write():
    points = Points((1.0, 2.0), (3.1, -4.0))
    assert point_links.written(points) == "1 3.1, 2 -4"
    named = replace(points, names=("year", "price"), standardised=True)
    assert point_links.written(named) == "standardised; year; price; 1 3.1, 2 -4"
    assert point_links.read(" 1  3.1 ,2 -4") == points
    assert point_links.read("") is None


def test_fifty_points_of_six_digits_fit_into_a_link_under_two_thousand_characters():
    x = tuple(n / 7e4 + 0.012345 for n in range(50))
    points = Points(tuple(round(one, 6) for one in x), tuple(round(-9 * one, 5) for one in x))
    text = point_links.written(points)
    assert text
    others = (*shared.CONTROLS, *training_loop.CONTROLS)
    full = {one.key: max((str(one.low), str(one.high), *one.options), key=len) for one in others}
    full |= {"log": "false", "order": "54321", "schedule": "0: 0.1, 120: 0.05, 500: 0.001"}
    for own in (text, "1 2," * (point_links.MOST_CHARACTERS // 4)):
        link = f"https://groundup.streamlit.app/{PAGE}?{urlencode(full | {'own_points': own})}"
        assert len(link) < 2000 + 250 * (own != text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 2, 3", "row 2 is «3»; write x and y with a space between them"),
        ("1 2 3, 4 5", "row 1 is «1 2 3»"),
        ("1 2, 3 x", "row 2, column y holds «x», which is no number"),
        ("1 nan, 2 3", "row 1, column y holds «nan»"),
        ("1 2, 1 3", "all x are 1"),
        ("1 2", "at least 2 points"),
        ("1 2, 1e13 3", "from −1e+12 to 1e+12 is allowed"),
        ("age; 1 2, 3 4", "two names"),
        ("; ; 1 2, 3 4", "two names"),
        ("standardised", "row 1 is «standardised»"),
    ],
)
def test_what_is_no_table_is_refused_and_drawn_points_are_used(visit, text, reason):
    with pytest.raises(ValueError, match=reason.replace("+", r"\+")):
        point_links.read(text)
    app = visit(PAGE, own_points=text)
    assert not app.exception
    assert reason in said(app, "warning").replace("\\", "")
    assert shown_code(app) == LOOP.text


def test_a_names_markdown_is_shown_as_text(visit):
    app = visit(PAGE, own_points="[x](//evil); y; 1")
    assert "\\[x\\]\\(//evil\\)" not in said(app)
    app = visit(PAGE, lab="Data", epochs="1", own_points="standardised; [a](//b.c); y; 1 2, 2 3")
    app.button(key="train").click().run()
    training = state_of(app, TrainingState).training
    training.follow_player(training.order, training.total, False)
    app.run()
    assert r"y against \[a\]\(//b\.c\)" in said(app, "success")


@pytest.mark.parametrize("standardise", [False, True])
def test_the_link_of_a_small_table_shows_anyone_the_same_points_text_and_run(visit, standardise):
    app = visit(PAGE, lab="Data")
    app.button(key="use_table").click().run()
    if standardise:
        app.button(key="standardise").click().run()
    assert "The link in the address bar holds them." in said(app)
    text = app.session_state["own_points"]
    assert text == "standardised; " * standardise + "1 3.1, 2 4.8, 3 7.2, 4 9.1, 5 10.7"
    other = visit(PAGE, own_points=text)
    assert shown_code(other) == shown_code(app) != LOOP.text
    assert ("std" in shown_code(other)) == standardise
    shown = [sent_to(one, "player")["data"] for one in (app, other)]
    assert shown[0] == shown[1]
    app.button(key="drawn").click().run()
    assert app.session_state["own_points"] == ""
    assert shown_code(app) == LOOP.text


def test_a_table_that_is_too_large_for_a_link_is_kept_and_said_to_be_in_none(visit):
    app = visit(PAGE, lab="Data", own_points="1 2, 2 3")
    rows = "".join(f"{n / 7!r},{n % 5}\n" for n in range(60))
    app.file_uploader(key="points_file").upload("mine.csv", rows.encode(), "text/csv").run()
    app.button(key="use_file").click().run()
    assert app.session_state["own_points"] == ""
    assert "They are in no link" in said(app)
    assert len(sent_to(app, "player")["data"]["x"]) == 60
    # A small table that comes after it takes its place, and so does a link's.
    app.text_input(key="own_points").set_value("1 2, 2 3").run()
    assert sent_to(app, "player")["data"]["x"] == [1, 2]
    app.text_input(key="own_points").set_value("").run()
    assert shown_code(app) == LOOP.text


def test_points_typed_as_text_are_those_of_the_run(visit):
    app = visit(PAGE, own_points="0 1, 1 3", epochs="5")
    app.button(key="train").click().run()
    x = observe.run(shown_code(app)).variables["X"]
    assert x.flatten().tolist() == [0, 1] == sent_to(app, "player")["data"]["x"]
