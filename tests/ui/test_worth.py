"""What code panels are told of the parts of their lines, and where a link leads nowhere."""

import json

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from groundup.engine.trace import expressions, trace
from groundup.engine.trace.parts import parts
from groundup.mistakes.gallery import everything
from groundup.scale import measure, promises
from groundup.ui.components import recordings
from tests.hosting.hostile import opened
from tests.pages import said, sent, sent_to
from tests.ui.test_stepping import panel, pressed


def asked(app, question, also=None):
    """What the page was told after its panel asked ``question``; ``also`` a button was pressed."""
    if also:
        app.button(key=also).set_value(True)
    states = app._tree.get_widget_states()
    (element,) = [e for e in app.get("bidi_component") if e.proto.id.endswith("-line_parts")]
    states.widgets.append(
        WidgetState(id=element.proto.id, json_value=json.dumps({"asked": question}))
    )
    app = app._run(states)
    assert not app.exception
    return sent_to(app, "teller")


def test_every_moment_is_told_as_the_engine_does_and_nothing_else_is():
    app = opened("training_loop", {"epochs": "5", "statement": "code-3"})
    shown = panel(app, "code")
    name, moments = shown["steps"]["id"], trace(shown["text"]).moments
    assert sent_to(app, "teller") == {}
    for moment in moments[::7]:
        told = asked(app, {"id": name, "number": moment.number})
        mine = parts(expressions(shown["text"], moment))
        answer = {"parts": mine, "fault": None, "again": False}
        assert told == {"id": name, "number": moment.number, **answer}
    assert asked(app, {"id": name, "number": 8.0})["number"] == 8
    assert asked(app, {"id": name, "number": len(moments)})["parts"] == []
    for number in (-1, True, "3", None, 1.5, 10**9, float("nan"), [3], {}):
        assert asked(app, {"id": name, "number": number}) == {}
    for garbage in (None, 3, "x", [], {"id": name}, {"number": 3}, {"id": [name], "number": 3}):
        assert asked(app, garbage) == {}
    assert asked(app, {"id": "0" * 16, "number": 3}) == {}
    assert asked(app, {"id": name, "number": 40})["parts"]


def test_a_moment_in_a_gap_of_a_long_loop_has_no_parts():
    app = opened("training_loop", {"epochs": "2000", "statement": "code-0"})
    moments = recordings.Source(panel(app, "code")["text"], 0).recorded()
    kept = {one.number for one in moments.places}
    gone = next(number for number in range(moments.executed) if number not in kept)
    name = panel(app, "code")["steps"]["id"]
    assert asked(app, {"id": name, "number": gone})["parts"] == []
    assert asked(app, {"id": name, "number": max(kept) - 2})["parts"]


def test_an_answer_is_told_though_the_page_begins_anew_before_it_is_drawn(visit):
    app = visit("training_loop", epochs="5", statement="code-3")
    name = panel(app, "code")["steps"]["id"]
    asked(app, {"id": name, "number": 3})
    # Reset ends the run that it begins, after the sidebar was drawn, and has another one made.
    told = asked(app, {"id": name, "number": 40}, also="reset")
    assert (told["number"], bool(told["parts"])) == (40, True)


def test_a_text_that_failed_is_marked_with_its_steps_open_and_closed(visit):
    app = visit("tensors", look_at="Shape lab", op="@", a="2, 3", b="4, 3")
    marked = panel(app, "lab_code")
    assert marked["fault"]["operator"] == "@"
    assert [one["shape"] for one in marked["fault"]["operands"]] == [[2, 3], [4, 3]]
    assert marked["fault"]["clash"] == [[0, 1], [1, 0]]
    assert marked["fault"]["at"][0] == marked["failed"]
    app = pressed(app, "lab_code", True)
    stepped = panel(app, "lab_code")["steps"]["fault"]
    assert {**marked["fault"], "number": stepped["number"]} == stepped
    fits = visit("tensors", look_at="Shape lab", op="@", a="2, 3", b="3, 4")
    assert panel(fits, "lab_code")["fault"] is None


@pytest.mark.parametrize("one", [m for m in everything() if m.promise == "error"][::9])
def test_the_part_that_raised_stands_in_the_line_that_python_names(one):
    found = recordings.Source(one.lesson.text).recorded()
    end = trace(one.lesson.text).end
    assert (found.fault["at"][0], found.fault["raised"]) == (end.failure.line, end.failure.kind)


# Links


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("training_loop", {"statement": "nobody-3"}),
        ("training_loop", {"statement": "lab_code-3"}),
        ("nn_module", {"topic": "Mistakes", "statement": "side_by_hand-3"}),
        ("ffn_scale", {"scale": "Feel it", "statement": "bend_code-0"}),
    ],
)
def test_a_link_to_a_code_that_is_not_here_says_so(page, link):
    name = link["statement"].partition("-")[0]
    words = said(opened(page, link), "warning")
    assert f"`statement={name}-…` was not used" in words
    assert f"no code called `{name}` that can be stepped through" in words


@pytest.mark.parametrize("number", [1040, 9_999_999])
def test_a_link_past_the_end_says_how_far_the_code_went(number):
    app = opened("training_loop", {"statement": f"code-{number}"})
    executed = recordings.Source(panel(app, "code")["text"], number).recorded().executed
    assert executed < number
    words = said(app, "warning")
    assert f"names statement {number:,} of this code, which executed {executed:,} here" in words


def test_a_link_that_is_followed_is_not_complained_of():
    app = opened("training_loop", {"statement": "code-7"})
    assert "statement" not in said(app, "warning")
    last = recordings.Source(panel(app, "code")["text"], 7).recorded().executed - 1
    assert "statement" not in said(
        opened("training_loop", {"statement": f"code-{last}"}), "warning"
    )


def test_who_went_on_from_the_code_of_a_link_is_told_nothing():
    app = opened("nn_module", {"topic": "Line by line", "statement": "side_by_module-30"})
    app.segmented_control(key="topic").set_value("Mistakes").run()
    assert "side_by_module" not in {(one["steps"] or {}).get("key") for one in sent(app, "code")}
    assert "was not used" not in said(app, "warning")


# Memory


def test_a_text_that_needs_much_is_recorded_in_room_of_its_own(monkeypatch):
    monkeypatch.setenv("GROUNDUP_MEMORY_MIB", "30")
    seen = []
    promise = promises.promise
    monkeypatch.setattr(
        promises,
        "promise",
        lambda run, new, limit: seen.append(new.size) or promise(run, new, limit),
    )
    app = opened("ffn_scale", {"scale": "Feel it", "widest": "512", "statement": "timing_code-5"})
    assert seen == [measure.needed(512)]
    assert panel(app, "timing_code")["steps"]["packed"]
    assert promises.reserved_bytes() == 0


def test_where_no_room_is_left_that_is_said_and_the_code_stays_closed(monkeypatch):
    monkeypatch.setenv("GROUNDUP_MEMORY_MIB", "30")
    with measure.room(20 * 2**20, measure.budget()):
        app = opened(
            "ffn_scale", {"scale": "Feel it", "widest": "512", "statement": "timing_code-6"}
        )
        assert panel(app, "timing_code")["steps"] == {"key": "timing_code"}
        assert "Try again in a minute." in said(app, "warning")
    assert promises.reserved_bytes() == 0


STEPPED = [
    ("ffn_scale", {"scale": "Train it"}, "ffn_code"),
    ("ffn_scale", {"scale": "Ask a neuron"}, "neuron_code"),
    ("ffn_scale", {"scale": "Dial it"}, "dial_code"),
    ("ffn_scale", {"scale": "Feel it"}, "timing_code"),
    ("tensors", {"look_at": "Why float32?", "about": "A million updates"}, "updates_code"),
    ("training_loop", {"lab": "By hand", "data_line": "known"}, "hand_code"),
    ("computation_graph", {}, "graph_code"),
]


@pytest.mark.parametrize(("page", "link", "key"), STEPPED, ids=[key for *_, key in STEPPED])
def test_every_text_can_be_stepped_through(visit, page, link, key):
    app = visit(page, **link)
    assert panel(app, key)["steps"] == {"key": key}
    assert all(data["steps"] for data in sent(app, "code"))
