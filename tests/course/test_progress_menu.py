"""Progress between browser and server: taken up, sent back, carried by a code, and reset."""

import json

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from groundup.course import codes
from groundup.course.path import sections
from groundup.course.progress import Progress
from groundup.ui.course.keeping import CourseState
from tests.course.test_progress import finished
from tests.pages import outputs, said, sent, sent_to, state_of, take_over

FIRST = sections()[0].questions[0]


PAGE = """
from groundup.ui.course import keeping, progress_menu
keeper = keeping.begin()
progress_menu.menu()
keeping.end(keeper)
"""


@pytest.fixture
def menu():
    """``menu(progress)``: the menu of whoever did that, and of nobody else."""

    def opened(progress=None):
        app = AppTest.from_string(PAGE, default_timeout=30).run()
        take_over(app, CourseState(progress or Progress(), is_met=True))
        return app.run()

    return opened


def did(app):
    return state_of(app, CourseState).progress


def hears(app, kept):
    """The page after the browser said what it ``kept``."""
    states = app._tree.get_widget_states()
    (element,) = [e for e in app.get("bidi_component") if e.proto.id.endswith("-keeper")]
    told = json.dumps({"kept": kept})
    states.widgets.append(WidgetState(id=element.proto.id, json_value=told))
    return app._run(states)


def test_the_browser_is_asked_before_the_page_is_drawn_and_told_after(menu):
    app = AppTest.from_string(PAGE.replace("progress_menu.menu()", "raise ValueError"))
    assert sent_to(app.run(), "keeper") == {"text": "", "includes": None}
    assert sent(app.run(), "keeper") == []
    assert len(sent(menu(), "keeper")) == 1


def test_what_the_browser_kept_is_taken_up_and_sent_back(menu):
    app = menu(Progress({FIRST.id: FIRST.choices[0]}))
    text = codes.kept(finished(sections()[1]).answered(FIRST.id, FIRST.choices[1]))
    app = hears(app, text)
    assert not app.exception
    assert did(app).answers[FIRST.id] == FIRST.choices[1]
    assert did(app).done(sections()[1])
    assert sent_to(app, "keeper") == {"text": codes.kept(did(app)), "includes": text}
    assert did(menu()) == Progress()


@pytest.mark.parametrize(
    "kept",
    [[None], 3, True, ["a"], {"answers": {}}, "ŷ", "x" * 30_000, "{", "[" * 9_000, '{"answers":3}'],
)
def test_anything_else_that_a_browser_says_changes_nothing(menu, kept):
    mine = finished(sections()[0])
    app = hears(menu(mine), kept)
    assert not app.exception
    assert did(app) == mine
    assert codes.read(sent_to(app, "keeper")["text"]) == mine


def test_a_reset_in_another_tab_holds_here_too(menu):
    app = hears(menu(finished(sections()[0])), "")
    assert did(app) == Progress()
    assert sent_to(app, "keeper") == {"text": "", "includes": ""}


def test_a_browser_that_keeps_nothing_is_told_so_in_the_menu(menu):
    app = menu()
    assert "Kept in this browser only" in said(app, "caption")
    assert "keeps nothing" in said(hears(app, False), "caption")


def test_a_code_carries_progress_to_another_visitor(menu):
    there = menu(finished(*sections()[:2]))
    (code,) = outputs(there)
    here = menu(finished(sections()[3]))
    here.text_input[0].set_value(code.lower())
    here.button(key="progress_bring").click().run()
    assert not here.exception
    assert did(here) == finished(*sections()[:2], sections()[3])
    many = sum(len(one.questions) for one in (*sections()[:2], sections()[3]))
    assert f"Now: {many} of " in said(here, "success")
    here.text_input[0].set_value(f"{code}A")
    here.button(key="progress_bring").click().run()
    assert "no code of this course" in said(here, "warning")
    assert did(here) == finished(*sections()[:2], sections()[3])


def test_a_reset_is_asked_twice_and_leaves_nothing(menu):
    app = menu(finished(sections()[0]))
    app.button(key="progress_reset").click().run()
    app.button(key="progress_unsure").click().run()
    assert did(app) == finished(sections()[0])
    app.button(key="progress_reset").click().run()
    assert "Only the code brings them back" in said(app, "warning")
    app.button(key="progress_sure").click().run()
    assert did(app) == Progress()
    assert sent_to(app, "keeper")["text"] == ""
    assert [one.key for one in app.button] == ["progress_bring"]


def test_of_two_menus_on_a_page_the_one_that_was_pressed_answers():
    two = 'progress_menu.menu()\nst.title("and")\nprogress_menu.menu("other")'
    page = "import streamlit as st\n" + PAGE.replace("progress_menu.menu()", two)
    app = AppTest.from_string(page, default_timeout=30).run()
    app.text_input(key="other_code").set_value(codes.encode(finished(sections()[0])))
    app.button(key="other_bring").click().run()
    title = [one.type for one in app.main].index("title")
    assert [one.type for one in app.main].index("success") > title
    app.button(key="other_reset").click().run()
    assert {one.key for one in app.button} >= {"progress_reset", "other_sure"}
    app.button(key="other_sure").click().run()
    assert did(app) == Progress()
