"""A task's stage without a browser: what it shows, what it takes, what it says, what it counts."""

import html
import json
import re

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from groundup.course import tasks
from groundup.ui.components.gaps import holds
from groundup.ui.course import checking
from groundup.ui.course.drafts import TaskState
from groundup.ui.course.keeping import CourseState
from groundup.ui.course.pane import Pane
from groundup.ui.course.steps import PANEL
from groundup.ui.course.verdicts import marked_up, sentence
from tests.pages import outputs, said, sent_under, state_of
from tests.ui import tried_tasks
from tests.ui.tried_tasks import MENDED, ORDER, PAGE, PROGRAM, RAISES, RATE, SAID, STEPS, TABLE

SOLVED = TABLE.whole_solution
TURNED = "t = torch.zeros(columns, rows)"


@pytest.fixture
def asked(monkeypatch):
    """What was checked, in order."""
    found = []

    def checks(check):
        def checked(task, answer):
            found.append((task.id, answer))
            return check(task, answer)

        return checked

    monkeypatch.setattr(tasks, "check_text", checks(tried_tasks.check_text))
    monkeypatch.setattr(tasks, "check_goal", checks(tried_tasks.check_goal))
    checking._of_text.clear()
    checking._of_settings.clear()
    return found


@pytest.fixture
def page(asked):
    def script():
        from tests.ui.task_page import draw  # noqa: PLC0415  # a script of its own

        draw()

    def visit(task):
        return (
            AppTest.from_function(script, default_timeout=30)
            .run()
            .selectbox[0]
            .set_value(task.id)
            .run()
        )

    return visit


def told(app, key, **said_by_it):
    """The page after the component under ``key`` said something."""
    states = app._tree.get_widget_states()
    (element,) = [e for e in app.get("bidi_component") if e.proto.id.endswith(f"-{key}")]
    states.widgets.append(WidgetState(id=element.proto.id, json_value=json.dumps(said_by_it)))
    return app._run(states)


def pane(app, task=TABLE):
    return sent_under(app, f"stage_text_{task.id}")


def whole(text, task=TABLE):
    return Pane.of(task).shown(text)


def run(app, text, task=TABLE, what="run"):
    """The page after ``text`` was typed, and checked."""
    order = pane(app, task)["order"]
    return told(app, f"stage_text_{task.id}", **{what: {"order": order, "text": whole(text, task)}})


def press(app, key):
    return app.button(key=key).click().run()


def cards(app):
    """The verdict cards, in words."""
    bodies = [one.proto.body for one in app.get("html") if 'class="task-card' in one.proto.body]
    return [html.unescape(re.sub("<[^>]*>", "", body)) for body in bodies]


def lines(app):
    """The goal, hints and the solution in words, as HTML."""
    bodies = [one.proto.body for one in app.get("html") if 'class="task-line"' in one.proto.body]
    return " ".join(bodies)


def done(app):
    return state_of(app, CourseState).progress.tasks


# The pane


def test_all_but_the_gap_stays(page):
    data = pane(page(TABLE))
    assert data["text"] == data["start"] == f"{TABLE.given}\n\nt = ____"
    assert [data["locked"], data["aside"]] == [[f"{TABLE.given}\n\n", ""], [4, 0]]
    data = pane(page(MENDED), MENDED)
    assert data["locked"] == [
        f"{MENDED.given}\n\n",
        "\nfor step in range(10):\n    w += 0.001\n\nprint(w)",
    ]
    assert data["aside"] == [4, 2]
    assert pane(page(PAGE), PAGE)["locked"] == []


@pytest.mark.parametrize("task", [TABLE, MENDED, PAGE, ORDER], ids=lambda task: task.id)
def test_what_the_pane_shows_is_read_back_and_a_changed_given_line_is_not(task):
    shown = Pane.of(task)
    for text in (task.text, task.whole_solution):
        assert shown.typed(shown.shown(text)) == text
    for place, letter in enumerate(shown.before):
        other = shown.shown(task.text)
        assert letter == "x" or shown.typed(f"{other[:place]}x{other[place + 1 :]}") is None


def test_pieces_may_not_share_letters():
    assert holds(["ab", "bc"], "abbc")
    assert not holds(["ab", "bc"], "abc")
    assert holds(["a\n", "\nb\n", "\nc"], "a\n1\nb\n2\nc")
    assert not holds(["a\n", "\nb\n", "\nc"], "a\n1\n2\nc")
    assert holds([], "anything")


@pytest.mark.parametrize(
    "message",
    [
        *(None, 7, "text", [], {}, {"order": 0}, {"text": "t"}, {"order": "0", "text": "t"}),
        {"order": 99, "text": whole(SOLVED)},
        {"order": 0, "text": SOLVED},
        {"order": 0, "text": "x" * 20_001},
        {"order": 0, "text": whole("t = '\0'")},
        {"order": 0, "text": ["t"]},
    ],
)
def test_no_message_changes_what_was_given_or_is_checked(page, asked, message):
    app = told(page(TABLE), f"stage_text_{TABLE.id}", run=message, text=message, steps=message)
    assert not app.exception
    assert asked == []
    assert pane(app)["text"] == whole(TABLE.text)


def test_a_changed_given_line_is_answered_by_a_sentence(page, asked):
    forged = {"order": 0, "text": whole(SOLVED).replace("2, 3", "4, 4")}
    app = told(page(TABLE), f"stage_text_{TABLE.id}", run=forged)
    assert "lines of it are given" in said(app, "warning")
    assert asked == []


# The check


def test_nothing_is_checked_before_it_is_asked_for(page, asked):
    app = page(TABLE)
    app = run(app, SOLVED, what="text")
    assert asked == []
    assert cards(app) == []
    assert "Write where the ✎ is" in said(app)
    assert "✎" not in said(page(PAGE))
    assert pane(app)["run"] == "Check"


@pytest.mark.parametrize(
    ("text", "card"),
    [
        (TABLE.text, "○ Missing. The gap is still there: write something in its place."),
        (TURNED, "✗ Not yet. Turned: rows come first."),
        ("t = torch.zeros(2, 3)", "≈ Nearly. Right for the inputs shown; not with rows, columns"),
        (SOLVED, "✓ Right, and right for inputs that you have not seen."),
    ],
)
def test_each_state_has_a_sign_a_name_and_its_sentence(page, asked, text, card):
    app = run(page(TABLE), text)
    assert not app.exception
    (said_there,) = cards(app)
    assert said_there.startswith(card)
    assert asked == [(TABLE.id, text)]
    assert pane(app)["run"] == "Check again"
    assert pane(app)["done"] == (text == SOLVED)


def test_pythons_own_words_and_the_failing_case_stand_there_to_the_letter(page):
    app = run(page(TABLE), "t = torch.zeros(rows, column)")
    (words,) = outputs(app)
    assert words == SAID["t = torch.zeros(rows, column)"].words
    assert "in line 1" in said(app, "caption")
    (mark,) = pane(app)["marks"]
    assert (mark["line"], mark["kind"]) == (5, "refused")
    (case,) = outputs(run(app, TURNED))
    assert case == "Withrows, columns = 4, 7your tof shape (7, 4)right tof shape (4, 7)"


def test_what_a_task_says_is_code_between_backticks_and_nothing_else(page):
    app = press(page(TABLE), f"stage_hint_{TABLE.id}")
    assert "Look __at__ <code>t.shape</code>." in lines(app)
    assert "checked with 6 inputs" in said(app, "caption")
    assert marked_up("a < `b & c`") == "a &lt; <code>b &amp; c</code>"
    assert sentence("__init__ `w_`") == r"\_\_init\_\_ `w_`"


def test_an_equal_answer_is_checked_once_for_everybody_unless_it_is_asked_again(page, asked):
    app = run(page(TABLE), TURNED)
    run(page(TABLE), TURNED)
    assert len(asked) == 1
    run(told(app, f"stage_text_{TABLE.id}", steps=False), TURNED)
    assert len(asked) == 2


# What stays


def test_text_verdict_and_hints_stay_when_another_task_was_looked_at(page):
    app = run(page(TABLE), TURNED)
    app = press(app, f"stage_hint_{TABLE.id}")
    app = app.selectbox[0].set_value(PAGE.id).run()
    assert cards(app) == []
    app = app.selectbox[0].set_value(TABLE.id).run()
    assert pane(app)["text"] == whole(TURNED)
    assert len(cards(app)) == 1
    assert "Hint 1 of 2." in lines(app)
    assert "Hint 2 of 2." not in lines(app)
    app = press(app, f"stage_hint_{TABLE.id}")
    assert "Hint 2 of 2." in lines(app)
    last = app.button(key=f"stage_hint_{TABLE.id}")
    assert (last.label, last.disabled) == ("All 2 hints are shown", True)


def test_typing_makes_what_was_said_old_and_takes_its_marks_and_steps(page):
    app = run(page(TABLE), "t = torch.zeros(rows, column)")
    assert pane(app)["steps"]
    app = run(app, "t = torch.zeros(rows, columns)", what="text")
    assert "The text has changed" in said(app, "info")
    assert (pane(app)["marks"], pane(app)["steps"]) == ([], False)
    app = told(app, f"stage_text_{TABLE.id}", steps=True)
    assert sent_under(app, PANEL) is None


# Steps


def test_the_program_of_the_failing_case_is_stepped_through(page):
    app = told(run(page(TABLE), TURNED), f"stage_text_{TABLE.id}", steps=True)
    panel = sent_under(app, PANEL)
    assert (panel["text"], panel["steps"]["line"], pane(app)) == (PROGRAM, 5, None)
    assert "line 1 is line 5" in said(app)
    app = told(app, PANEL, steps=False)
    assert sent_under(app, PANEL) is None
    assert pane(app)["text"] == whole(TURNED)


def test_the_part_that_raised_is_known_and_what_is_right_is_stepped_as_it_stands(page):
    app = told(
        run(page(TABLE), "t = torch.zeros(rows, column)"), f"stage_text_{TABLE.id}", steps=True
    )
    panel = sent_under(app, PANEL)
    assert panel["text"] == RAISES
    assert panel["steps"]["fault"]["at"][0] == 5
    app = told(run(page(TABLE), SOLVED), f"stage_text_{TABLE.id}", steps=True)
    assert sent_under(app, PANEL)["text"] == whole(SOLVED)


def test_a_program_that_cannot_be_recorded_is_answered_by_a_sentence(page):
    app = run(page(PAGE), PAGE.solution, PAGE)
    draft = state_of(app, TaskState).drafts[PAGE.id]
    draft.text = draft.checked = "import os"
    app = told(app, f"stage_text_{PAGE.id}", steps=True)
    assert not app.exception
    assert app.warning
    assert pane(app.run(), PAGE)["text"] == "import os"


# What counts


def test_what_is_right_is_solved_and_the_solution_is_not_counted(page):
    app = run(page(TABLE), SOLVED)
    assert done(app) == {TABLE.id: "solved"}
    assert "✓ solved" in lines(app)
    app = press(app, f"stage_solution_{TABLE.id}")
    assert done(app) == {TABLE.id: "solved"}
    app = press(page(TABLE), f"stage_solution_{TABLE.id}")
    assert done(app) == {TABLE.id: "shown"}
    assert pane(app)["text"] == whole(SOLVED)
    app = run(app, SOLVED)
    assert done(app) == {TABLE.id: "shown"}
    assert "it is not counted" in cards(app)[0]
    app = run(page(TABLE), TURNED)
    assert done(app) == {}


# Order


def board(app):
    return sent_under(app, f"stage_order_{ORDER.id}")


def put_in_order(app, places, what="run"):
    return told(app, f"stage_order_{ORDER.id}", **{what: {"order": 0, "places": places}})


def test_the_text_in_that_order_is_what_is_checked(page, asked):
    app = page(ORDER)
    data = board(app)
    assert (data["cards"], data["places"], data["given"]) == (
        list(STEPS),
        [0, 1, 2, 3, 4],
        ORDER.given,
    )
    app = put_in_order(app, [4, 1, 3, 0, 2])
    text = "\n\n".join(STEPS[n] for n in (4, 1, 3, 0, 2))
    assert asked == [(ORDER.id, text)]
    assert (board(app)["places"], board(app)["failed"]) == ([4, 1, 3, 0, 2], 1)
    app = put_in_order(app, [1, 4, 3, 0, 2], what="places")
    assert (board(app)["places"], board(app)["failed"]) == ([1, 4, 3, 0, 2], None)
    assert "The text has changed" in said(app, "info")
    app = press(app, f"stage_solution_{ORDER.id}")
    assert board(app)["places"] == [1, 3, 0, 2, 4]
    app = told(app, f"stage_order_{ORDER.id}", run={"order": 1, "places": [1, 3, 0, 2, 4]})
    assert asked[-1] == (ORDER.id, ORDER.solution)
    app = told(app, f"stage_order_{ORDER.id}", steps=True)
    assert sent_under(app, PANEL)["text"] == f"{ORDER.given}\n{ORDER.solution}"


@pytest.mark.parametrize(
    "places",
    [
        *([0, 1, 2, 3], [0, 1, 2, 3, 3], [0, 1, 2, 3, 5], [0, 1, 2, 3, -1], [0, 1, 2, 3, 4, 4]),
        *([True, 0, 2, 3, 4], ["0", 1, 2, 3, 4], [0.5, 1, 2, 3, 4], [[0], 1, 2, 3, 4], [None] * 5),
        *("01234", 5, None, {}, [10**400, 1, 2, 3, 4]),
    ],
)
def test_what_is_no_order_of_the_cards_is_ignored(page, asked, places):
    app = put_in_order(page(ORDER), places)
    assert not app.exception
    assert asked == []
    assert board(app)["places"] == [0, 1, 2, 3, 4]


# Goals


def test_a_goal_is_begun_checked_with_the_pages_settings_and_reached(page, asked):
    app = page(RATE)
    assert "checked with 6 inputs" in lines(app)
    app = press(app, f"goal_begin_{RATE.id}")
    assert (app.session_state["lr"], app.session_state["epochs"]) == (0.1, 5)
    app = press(app, f"goal_check_{RATE.id}")
    (name, settings) = asked[0]
    assert (name, settings["lr"], settings["epochs"]) == (RATE.id, 0.1, 5)
    assert {"seed", "noise", "optimizer"} <= set(settings)
    assert cards(app) == ["✗ Not yet. It arrives later."]
    app.session_state["lr"] = 0.5
    app = app.run()
    assert "The settings have changed" in said(app, "info")
    app = press(app, f"goal_check_{RATE.id}")
    assert cards(app) == ["✓ Right. Reached."]
    assert done(app) == {RATE.id: "solved"}


def test_a_goals_solution_sets_the_controls_and_is_not_counted(page):
    app = page(RATE)
    assert "The solution" not in lines(app)
    app = press(app, f"stage_solution_{RATE.id}")
    assert "<b>The solution.</b> A rate near 0.5." in lines(app)
    assert (app.session_state["lr"], app.session_state["epochs"]) == (0.5, 5)
    assert done(app) == {RATE.id: "shown"}
    app = press(app, f"goal_check_{RATE.id}")
    assert cards(app) == ["✓ Right. Reached. You saw the solution: it is not counted."]
