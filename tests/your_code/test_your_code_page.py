"""The page Your code without a browser: what a press, a link or a forged message leads to."""

import base64
import json
import zlib

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from groundup.diagnosis import Check, Diagnosis, Finding
from groundup.engine.trace import trace
from groundup.language.own_code import Refusal, RefusedCodeError
from groundup.ui.your_code import source, taking_home
from groundup.ui.your_code.state import YourCodeState
from groundup.your_code import running
from groundup.your_code.examples import EXAMPLES, FIRST
from groundup.your_code.linked import MAX_CHARACTERS, packed
from tests.hosting.hostile import FORMS, opened
from tests.pages import outputs, said, sent_to, sent_under, state_of

LOOP = EXAMPLES["A line, by hand"].text
RAISES = EXAMPLES["One that raises"].text


@pytest.fixture(autouse=True)
def no_run_is_remembered():
    source._run_typed.clear()


@pytest.fixture
def page(visit):
    return lambda **link: visit("your_code", **link)


def told(app, key, **said_by_it):
    """The page after the component under ``key`` said something."""
    states = app._tree.get_widget_states()
    (element,) = [e for e in app.get("bidi_component") if e.proto.id.endswith(f"-{key}")]
    states.widgets.append(WidgetState(id=element.proto.id, json_value=json.dumps(said_by_it)))
    return app._run(states)


def editor(app):
    return sent_under(app, "your_text")


def stepper(app):
    return sent_under(app, "your_code")


def run(app, text=None):
    """The page after ``text``, or what stands in the editor, was run."""
    data = editor(app)
    text = data["text"] if text is None else text
    return told(app, "your_text", run={"order": data["order"], "text": text})


def recording(app):
    return json.loads(zlib.decompress(base64.b64decode(stepper(app)["steps"]["packed"])))


def seen(app):
    return said(app, "markdown", "caption", "info", "warning", "error")


def views(app):
    return list(app.get("button_group")[0].proto.options) if app.get("button_group") else []


def look_at(app, view):
    """The page after ``view`` was chosen."""
    app.session_state["your_view"] = view
    return app.run()


# Running


def test_nothing_runs_before_it_is_asked_to(page, monkeypatch):
    monkeypatch.setattr(running, "trace_own", lambda *_, **__: pytest.fail("it ran"))
    app = page()
    assert not app.exception
    assert editor(app)["text"] == EXAMPLES[FIRST].text
    assert stepper(app) is None
    app = page(code=packed(LOOP), statement="your_code-30")
    assert editor(app)["text"] == LOOP
    assert "nothing of it has run" in seen(app)
    assert "leads to statement 30" in seen(app)


def test_a_run_brings_the_recording_of_the_text_on_the_screen_and_the_link_holds_it(page):
    app = run(page(), LOOP)
    assert not app.exception
    assert (editor(app), stepper(app)["text"]) == (None, LOOP)
    wire = trace(LOOP).wire()
    assert recording(app)["moments"]["line"] == wire["moments"]["line"]
    assert recording(app)["output"] == wire["output"]
    assert f"{wire['count']:,} statements were executed" in seen(app)
    assert app.query_params["code"] in (packed(LOOP), [packed(LOOP)])
    assert "no setting here" not in seen(app)


def test_a_link_opens_the_moment_once_its_text_has_run(page):
    app = run(page(code=packed(LOOP), statement="your_code-30"))
    assert stepper(app)["steps"]["number"] == 30
    app = told(app, "your_code", steps=False)
    app = run(app, LOOP + "x = 1\n")
    assert stepper(app)["steps"]["number"] is None


def test_a_run_that_was_given_back_leaves_the_text_in_the_editor(page):
    app = run(page(), LOOP)
    state_of(app, YourCodeState).ran = None
    app = app.run()
    assert not app.exception
    assert editor(app)["text"] == LOOP


def test_a_run_that_had_too_little_time_is_run_again(page, monkeypatch):
    way = running.for_visitors()
    limits = [running.TraceLimits(seconds=0.0), running.LIMITS]
    monkeypatch.setattr(
        source, "for_visitors", lambda: running.Way(way.check, way.trace, way.parts, limits.pop(0))
    )
    app = run(page(), LOOP)
    assert "ended" in said(app, "warning")
    app = run(told(app, "your_code", steps=False), LOOP)
    assert f"{trace(LOOP).count:,} statements were executed" in seen(app)


def test_edit_and_steps_stand_in_one_place_and_typing_greys_what_was_told(page):
    app = told(run(page(), LOOP), "your_code", steps=False)
    assert (editor(app)["text"], editor(app)["steps"], stepper(app)) == (LOOP, True, None)
    app = told(app, "your_text", steps=True)
    assert stepper(app)["text"] == LOOP
    app = told(app, "your_code", steps=False)
    app = told(app, "your_text", text={"order": editor(app)["order"], "text": LOOP + "x = 1\n"})
    assert "The text has changed" in seen(app)
    assert not editor(app)["steps"]
    app = told(app, "your_text", steps=True)
    assert stepper(app) is None
    app = told(app, "your_text", text={"order": editor(app)["order"], "text": LOOP})
    assert "The text has changed" not in seen(app)


def test_equal_texts_run_once_for_everybody(page, monkeypatch):
    count = []
    traced = running.trace_own

    def counted(code, **more):
        count.append(code.text)
        return traced(code, **more)

    monkeypatch.setattr(running, "trace_own", counted)
    app = run(page(), LOOP)
    look_at(app, "Printed")
    run(page(code=packed(LOOP)))
    assert count == [LOOP]


# What is told of a run


def test_every_view_tells_of_the_run(page):
    app = run(page(), LOOP)
    app = look_at(app, "Printed")
    assert outputs(app) == [trace(LOOP).output.rstrip()]
    app = look_at(app, "Graph")
    (drawing,) = app.get("graphviz_chart")
    assert "MeanBackward0" in drawing.proto.spec
    assert "as it stands at the end of the run" in seen(app)
    app = look_at(app, "Numbers")
    (chart,) = app.get("plotly_chart")
    (line,) = json.loads(chart.proto.spec)["data"]
    assert line["name"] == "loss"
    app.multiselect(key="your_names").set_value(["w", "b"]).run()
    (chart,) = app.get("plotly_chart")
    assert [one["name"] for one in json.loads(chart.proto.spec)["data"]] == ["w", "b"]
    assert not app.exception


def test_what_there_is_nothing_of_is_said(page):
    app = run(page(), "x = 1\n")
    for view, words in {
        "Graph": "No single number of the text has a graph behind it at the end of the run.",
        "Numbers": "No loop of this text assigned a number",
        "Printed": "It printed nothing",
    }.items():
        assert words in seen(look_at(app, view))


def test_of_loops_and_graphs_one_is_chosen(page):
    app = run(page(), EXAMPLES["Batches from a DataLoader"].text)
    app = look_at(app, "Numbers")
    inner = app.selectbox(key="your_loop").options[1]
    app.selectbox(key="your_loop").set_value(inner).run()
    assert "xb" not in seen(app)
    assert not app.exception
    text = "import torch\na = torch.ones(1, requires_grad=True)\nb = a * 2\nloss = b.sum()\n"
    app = look_at(run(page(), text), "Graph")
    assert app.selectbox(key="your_root").options == ["loss", "b"]
    app.selectbox(key="your_root").set_value("b").run()
    assert "What autograd recorded for b" in seen(app)


def test_a_graph_too_large_to_draw_is_counted(page):
    text = "import torch\nx = torch.ones(1, requires_grad=True)\n" + "x = x + 1\n" * 70
    assert "More than 60 nodes are behind x" in seen(look_at(run(page(), text), "Graph"))


def test_the_graph_of_the_moment_held_is_shown_and_the_ends_again(page):
    text = "import torch\nw = torch.ones(1, requires_grad=True)\nb = w * 2\nb = b * 3\nprint(b)\n"
    app = run(page(), text)
    app = told(app, "your_code", here=2)
    assert "as it stands after line 3, statement 3" in seen(app)
    app.button(key="your_end").click().run()
    assert "as it stands at the end of the run" in seen(app)
    for forged in (-1, 10**9, 99, "2", None, 2.5, [2]):
        app = told(app, "your_code", here=forged)
        assert not app.exception
        assert "at the end of the run" in seen(app)


def test_a_change_that_was_tried_is_offered_and_made(page):
    text = "import torch\na, b = torch.ones(2, 3), torch.ones(4, 3)\nprint((a @ b).shape)\n"
    app = run(page(), text)
    assert "A change with which it runs" in seen(app)
    app.button(key="make_change").click().run()
    state = state_of(app, YourCodeState)
    assert state.text == text.replace("a @ b", "a @ b.T")
    assert state.ran.output == "torch.Size([2, 4])\n"


def test_no_change_is_offered_where_none_is_known(page):
    app = run(page(), "import torch\nx = torch.ones(2)\nprint(x[5])\n")
    assert "A change" not in seen(app)


def test_a_long_loop_tells_how_much_of_it_was_kept(page):
    app = look_at(run(page(), "x = 0.5\nfor i in range(4000):\n    x = x * 0.5\n"), "Numbers")
    assert " of 4,000 passes were kept" in seen(app)
    assert "The first 200 rows of " in seen(app)


def test_a_failure_is_told_in_torchs_words_with_shapes_and_where_to_learn(page):
    app = told(run(page(), LOOP), "your_code", steps=False)
    app = run(app, RAISES)
    failure = trace(RAISES).end.failure
    assert app.session_state["your_view"] == "✗ Stopped"
    assert app.error[0].value.replace("\\", "") == failure.message
    assert f"Stopped at line {failure.line}, in `forward`" in seen(app)
    assert "self.out(h)" in seen(app)
    (drawing,) = [one.proto.body for one in app.get("html") if "✗" in one.proto.body]
    assert ">✗ 8<" in drawing
    assert "**✗ 8 meets 4.** Each row of h has 8 numbers" in seen(app)
    assert stepper(app)["steps"]["packed"]
    links = [(one.proto.label, one.proto.page) for one in app.get("page_link")]
    assert any(page == "tensors" and "nn.Linear(4, 1)" in label for label, page in links)


def test_a_mistake_of_the_gallery_leads_there_with_its_fix(page):
    text = "import torch\nx = torch.ones(3, requires_grad=True)\ny = x * 2\ny.backward()\n"
    app = run(page(), text)
    assert "The closest mistake of the gallery" in seen(app)
    assert "Its fix" in seen(app)
    assert any(one.proto.page == "requires_grad" for one in app.get("page_link"))


def test_a_warning_is_something_to_look_at(page):
    text = (
        "import torch\nx = torch.ones(3, requires_grad=True)\ny = x * 2\nz = y.sum()\n"
        "z.backward()\ng = y.grad\n"
    )
    app = run(page(), text)
    (notice,) = trace(text).notices
    assert notice.message in said(app, "warning").replace("\\", "")


def test_a_bound_that_was_reached_is_told(page, monkeypatch):
    short = running.TraceLimits(moments=50, passes=1)
    monkeypatch.setattr(running, "LIMITS", short)
    way = running.for_visitors()
    monkeypatch.setattr(
        running, "for_visitors", lambda: running.Way(way.check, way.trace, way.parts, short)
    )
    monkeypatch.setattr(source, "for_visitors", running.for_visitors)
    app = run(page(), "x = 0\n" * 60)
    assert "ended" in said(app, "warning")


FINDING = Finding(
    "shape", 5, "It compares **too much**.", ("400 instead of 20",), "Add a column.", "target_shape"
)


class Watching:
    def __init__(self, text):
        assert text

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return None

    def diagnosis(self):
        held, broken = (
            Check("one", "loss was current", "held"),
            Check("two", "gradients were fresh", "broken", 7, "Those of pass 1 were left."),
        )
        return Diagnosis((held, broken, Check("three", "finite", "not yet")), (FINDING,))


def test_what_is_silently_wrong_is_told_with_its_evidence_until_it_is_meant_so(page, monkeypatch):
    monkeypatch.setattr(running, "Watch", Watching)
    app = run(page(), LOOP)
    words = seen(app)
    for part in (
        "line 5 may be wrong",
        "It compares **too much**.",
        "400 instead",
        "Add a column.",
    ):
        assert part in words
    assert ":green[✓] loss was current" in words
    assert ":red[✗] gradients were fresh" in words
    assert "○ finite" in words
    assert "Line 7: Those of pass 1 were left." in words
    assert stepper(app)["doubtful"] == [5]
    assert stepper(app)["steps"]["line"] == 5
    app.button(key="meant_0").click().run()
    assert "may be wrong" not in seen(app)
    assert stepper(app)["doubtful"] == []
    assert stepper(app)["steps"]["beside"]
    app = told(app, "your_code", steps=False)
    assert "may be wrong" in seen(run(app, LOOP + "x = 1\n"))


# Refusals


def refusing(*found):
    def check(text):
        there = tuple(one for one, what in found if what in text)
        if there:
            raise RefusedCodeError(there)
        return running_check(text)

    running_check = running.check
    return check


WRONG = "import torch\nx = torch.ones(2)\ny = np.exp(x)\nz = y ^ 2\n"
TWO = (
    (Refusal(3, 5, 3, 11, "`np` is not here.", "torch.exp"), "np.exp"),
    (Refusal(4, 7, 4, 8, "A power is `**`.", "**"), "^"),
)


def test_each_refused_place_is_marked_and_its_button_writes_what_is_right(page, monkeypatch):
    monkeypatch.setattr(running, "check", refusing(*TWO))
    app = run(page(), WRONG)
    assert "Not run yet: 2 places to change" in seen(app)
    marks = [(m["line"], m["column"], m["endColumn"], m["kind"]) for m in editor(app)["marks"]]
    assert marks == [(3, 5, 11, "refused"), (4, 7, 8, "refused")]
    assert "Line 3, column 5: `np` is not here." in editor(app)["marks"][0]["said"]
    order = editor(app)["order"]
    app.button(key="mend_0").click().run()
    assert editor(app)["text"] == WRONG.replace("np.exp", "torch.exp")
    assert editor(app)["order"] > order
    assert "Not run yet: one place to change" in seen(app)
    app.button(key="mend_0").click().run()
    assert editor(app)["text"] == "import torch\nx = torch.ones(2)\ny = torch.exp(x)\nz = y ** 2\n"
    assert "Nothing" not in said(app, "error")


def test_where_marks_of_pasting_were_taken_out_the_places_are_those_of_what_is_left(
    page, monkeypatch
):
    def check(text):
        error = RefusedCodeError((TWO[0][0],))
        error.text, error.cleaned = text.replace(">>> ", ""), ("4 prompts were taken out.",)
        raise error

    monkeypatch.setattr(running, "check", check)
    app = run(page(), "".join(f">>> {line}\n" for line in WRONG.splitlines()))
    assert editor(app)["text"] == WRONG
    assert [(m["line"], m["column"]) for m in editor(app)["marks"]] == [(3, 5)]
    assert "4 prompts were taken out" in seen(app)
    assert "The text has changed" not in seen(app)


def test_both_are_changed_and_run_at_one_press(page, monkeypatch):
    monkeypatch.setattr(running, "check", refusing(*TWO))
    app = run(page(), WRONG)
    button = app.button(key="write_all")
    assert button.label == "Change both and run"
    button.click().run()
    assert stepper(app)["text"] == WRONG.replace("np.exp", "torch.exp").replace("^", "**")
    assert not app.exception


def test_places_in_each_other_are_changed_at_one_press(page, monkeypatch):
    def check(text):
        line = text.split("\n")[2]
        found = []
        if "np.exp" in line:
            found.append(Refusal(3, 5, 3, 11, "`np` is not here.", "torch.exp"))
        if "^" in line:
            inner = line[4:].replace("^", " ** ")
            found.append(Refusal(3, 5, 3, len(line) + 1, "A power is `**`.", inner))
        if found:
            raise RefusedCodeError(tuple(found))
        return running_check(text)

    running_check = running.check
    monkeypatch.setattr(running, "check", check)
    app = run(page(), "import torch\nx = torch.ones(2)\ny = np.exp(x)^2\n")
    app.button(key="write_all").click().run()
    assert stepper(app)["text"].split("\n")[2] == "y = torch.exp(x) ** 2"


def test_where_nothing_can_be_written_no_button_says_so(page, monkeypatch):
    found = [(Refusal(3, 5, 3, 11, "Files are not here."), "np.exp"), TWO[1]]
    monkeypatch.setattr(running, "check", refusing(*found))
    app = run(page(), WRONG)
    assert [one.key for one in app.button if one.key in {"write_all", "mend_0", "mend_1"}] == [
        "mend_1"
    ]
    assert "Files are not here." in seen(app)


def test_of_very_many_places_some_are_counted_only(page, monkeypatch):
    many = [(Refusal(1, n, 1, n + 1, f"No {n}.", "x"), "z") for n in range(1, 21)]
    monkeypatch.setattr(running, "check", refusing(*many))
    app = run(page(), "z" * 30)
    assert "8 more places come after these" in seen(app)
    assert app.button(key="write_all").label == "Change all 20 and run"


# Texts to start from, links, messages


@pytest.mark.parametrize("name", ["XOR with nn.Module", "One that raises"])
def test_an_example_is_put_into_the_editor_and_nothing_of_the_own_text_is_lost(page, name):
    app = page()
    own = {"order": editor(app)["order"], "text": "mine = 1\n"}
    app = told(app, "your_text", text=own)
    app.selectbox(key="your_example").set_value(name).run()
    assert editor(app)["text"] == EXAMPLES[name].text
    assert editor(app)["order"] > own["order"]
    assert app.selectbox(key="your_example").value is None
    assert "**Undo** in the editor brings your own text back." in seen(app)
    assert stepper(run(app))["text"] == EXAMPLES[name].text


def test_what_was_typed_under_an_older_text_is_not_taken(page):
    app = page()
    app.selectbox(key="your_example").set_value("XOR with nn.Module").run()
    app = told(app, "your_text", text={"order": 0, "text": "old"})
    assert editor(app)["text"] == EXAMPLES["XOR with nn.Module"].text


def test_a_text_too_long_for_a_link_is_told_and_runs(page):
    digits = "".join(str(n * n * 7919 % 10007) for n in range(3_000))
    app = run(page(), f"x = '{digits}'\n")
    assert "letters of a link, and 4,000 is the most" in said(app, "warning")
    assert "code" not in app.query_params
    assert stepper(app)


def test_the_text_goes_home_as_it_stands(page):
    app = page()
    kinds = {one.proto.label for one in app.get("download_button")}
    assert kinds == {"Code (.py)", "Notebook (.ipynb)"}
    app = told(app, "your_text", text={"order": editor(app)["order"], "text": "x = ("})
    app = app.run()
    assert {one.proto.label for one in app.get("download_button")} == {"Code (.py)"}


def test_whatever_stands_in_the_link_the_page_comes_up():
    for raw in FORMS[::6]:
        app = opened("your_code", {"code": raw, "statement": raw})
        assert not app.exception, raw
        assert editor(app)["text"] == EXAMPLES[FIRST].text
        assert "`code=" in said(app, "warning"), raw


ANYTHING = [None, True, -1, 1e400, "x", [], {}, {"order": 0}, {"text": "x"}, [[]]]


def test_whatever_a_component_says_the_page_stands(page):
    app = page()
    for message in ANYTHING:
        app = told(app, "your_text", text=message, run=message, steps=message)
        assert not app.exception
        assert editor(app)["text"] == EXAMPLES[FIRST].text
    app = run(app, LOOP)
    for message in ANYTHING:
        app = told(app, "your_code", steps=message)
        assert not app.exception
        assert stepper(app)


def test_what_goes_home_is_the_text_of_the_link_and_of_the_last_run(page, monkeypatch):
    given = []
    monkeypatch.setattr(taking_home, "buttons", lambda name, text: given.append((name, text)))
    app = page(code=packed(LOOP))
    assert given[-1] == ("your_code", LOOP)
    run(app, "x = 1\n")
    assert given[-1] == ("your_code", "x = 1\n")


@pytest.mark.parametrize("text", ["x\0y", "\ud800", "x" * (MAX_CHARACTERS + 1), "\x1b[31m"])
def test_a_text_that_is_none_is_refused_in_a_sentence(page, text):
    app = page()
    app = run(app, text)
    assert not app.exception
    assert "The text was not taken" in said(app, "warning")
    assert stepper(app) is None


def test_a_text_that_is_written_elsewhere_is_read_followed_and_run_here(page, monkeypatch):
    file, shown = ["x = 1\n"], []
    opened_file = source.Source(
        "train", source._typed, shared=False, text=lambda: file[0], follow=shown.append
    )
    monkeypatch.setattr(source, "TYPED", opened_file)
    app = page(code=packed(LOOP))
    assert (editor(app)["text"], editor(app)["readsOnly"]) == ("x = 1\n", True)
    assert "your_example" not in [one.key for one in app.selectbox]
    app = run(app, "forged = 1\n")
    assert stepper(app) is None
    app = run(app, "x = 1\n")
    assert stepper(app)["text"] == "x = 1\n"
    file[0] = "x = 2\n"
    app = app.run()
    assert editor(app)["text"] == "x = 2\n"
    assert "The text has changed" in seen(app)
    assert shown[-1] == "x = 2\n"


def test_forged_choices_are_none(page):
    app = run(page(), LOOP)
    for key, value in (("your_view", "Nowhere"), ("your_root", "x")):
        app.session_state[key] = value
        app.run()
        assert not app.exception
    assert stepper(app)


def test_the_editor_is_told_what_it_needs(page):
    data = sent_to(page(), "editor")
    assert (data["most"], data["keeps"], data["marks"]) == (MAX_CHARACTERS, True, [])
