"""The steps under a code panel: opened by a press or a link, of the very text that is shown."""

import base64
import json
import zlib

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from groundup.engine.trace import trace
from groundup.ui.components.stepping import asked_around
from tests.hosting.hostile import opened
from tests.pages import said, sent

PANELS = [
    ("training_loop", {}, "code"),
    ("requires_grad", {"autograd": "Gradients add up"}, "sum_code"),
    ("nn_module", {"topic": "Line by line"}, "side_by_module"),
    ("nn_module", {"topic": "What the model holds"}, "inside_code"),
    ("ffn_scale", {"scale": "Why bend it?"}, "bend_code"),
]


def panel(app, key):
    """What the code panel called ``key`` was sent."""
    return next(data for data in sent(app, "code") if (data["steps"] or {}).get("key") == key)


def recording(app, key):
    return json.loads(zlib.decompress(base64.b64decode(panel(app, key)["steps"]["packed"])))


def kept(wire):
    """The numbers of the passes that are kept, of a text with one loop."""
    return set(wire["passes"]["index"])


def pressed(app, key, wanted):
    """The page after the learner opened (True) or closed the steps of the panel, or asked it."""
    states = app._tree.get_widget_states()
    (element,) = [e for e in app.get("bidi_component") if e.proto.id.endswith(f"-{key}")]
    states.widgets.append(
        WidgetState(id=element.proto.id, json_value=json.dumps({"steps": wanted}))
    )
    return app._run(states)


@pytest.mark.parametrize(("page", "link", "key"), PANELS, ids=[key for *_, key in PANELS])
def test_a_press_brings_the_recording_of_the_text_on_the_screen(visit, page, link, key):
    app = visit(page, **link)
    assert panel(app, key)["steps"] == {"key": key}
    app = pressed(app, key, True)
    assert not app.exception
    shown = trace(panel(app, key)["text"]).wire()
    mine = recording(app, key)
    assert mine["moments"]["line"] == shown["moments"]["line"]
    assert mine["output"] == shown["output"]
    assert mine["end"] == shown["end"]
    app = pressed(app, key, False)
    assert panel(app, key)["steps"] == {"key": key}


def test_a_link_opens_the_panel_that_it_names_at_its_statement():
    app = opened("nn_module", {"topic": "Line by line", "statement": "side_by_module-30"})
    assert panel(app, "side_by_module")["steps"]["number"] == 30
    assert panel(app, "side_by_hand")["steps"] == {"key": "side_by_hand"}
    assert "no setting here" not in said(app, "warning")
    app = pressed(app, "side_by_module", False)
    assert panel(app, "side_by_module")["steps"] == {"key": "side_by_module"}


def test_a_pass_that_a_link_names_is_whole_however_long_the_loop():
    number = 10_000
    app = opened("training_loop", {"epochs": "2000", "statement": f"code-{number}"})
    moments = recording(app, "code")["moments"]
    jumps, kept = dict(moments["numbers"]), [-1]
    for place in range(len(moments["line"])):
        kept.append(jumps.get(place, kept[-1] + 1))
    assert number in kept
    assert len(kept) <= 3_001


def test_a_pass_that_was_not_kept_can_be_asked_for_with_those_beside_it(visit):
    def kept(app):
        wire = recording(app, "code")
        return set(wire["passes"]["index"]), len(wire["moments"]["line"])

    app = pressed(visit("training_loop", epochs="2000", begin_at="chosen"), "code", True)
    assert 1234 not in kept(app)[0]
    app = pressed(app, "code", {"around": [31, 1234]})
    passes, count = kept(app)
    assert set(range(1226, 1243)) <= passes
    assert count <= 3_000


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ({"around": [17]}, 17),
        ({"around": [31, 0, 5]}, (31, 0, 5)),
        *(
            ({"around": one}, None)
            for one in ([], [-1], [True], [1.5], "31", [1] * 9, [10**8], None)
        ),
        *((one, None) for one in (None, 3, "around", [17], {})),
    ],
)
def test_what_is_asked_for_is_whole_numbers_or_nothing(said, taken):
    assert asked_around(said) == taken


def test_a_pass_that_is_asked_for_is_kept_until_another_link_names_a_moment():
    link = {"epochs": "2000", "begin_at": "chosen"}
    app = pressed(opened("training_loop", link), "code", True)
    line = panel(app, "code")["text"].split("\n").index("for epoch in range(epochs):") + 1
    assert 1003 not in kept(recording(app, "code"))
    asked = pressed(app, "code", {"around": [line, 1003]})
    assert panel(asked, "code")["steps"]["asked"] == [line, 1003]
    assert 1003 in kept(recording(asked, "code"))
    app.query_params["statement"] = "code-7"
    assert 1003 not in kept(recording(app.run(), "code"))


@pytest.mark.parametrize(
    "raw", ["", "-3", "code", "code--1", "code-1e3", "code-99999999", "x" * 500, "code-٣", "`-1"]
)
def test_a_moment_that_is_none_is_said_and_opens_nothing(raw):
    app = opened("training_loop", {"statement": raw})
    assert not app.exception
    assert panel(app, "code")["steps"] == {"key": "code"}
    assert "was not used: it names no code and statement" in said(app, "warning")


def test_a_moment_past_the_end_opens_the_recording():
    assert (
        recording(opened("training_loop", {"statement": "code-9999999"}), "code")["end"][0]
        == "finished"
    )
