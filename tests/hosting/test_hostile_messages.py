"""Whatever is sent in place of a component's value, the page stays whole."""

import json
import logging

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from groundup.ui.controls.heard import one_of, place, whole_number
from tests.hosting.hostile import opened

NAMES = (
    *("before", "held", "place", "line", "node", "value", "picked", "steps", "asked"),
    *("text", "run", "kept"),
)
"""What the components say, by the names that Python listens to."""

GARBAGE = [
    *(None, True, 0, -1, 3, 1.5, 10**400, float("inf"), float("nan")),
    *("", "t[01]", "\ud800", "\0", "other[999, 999]", "y" * 5_000),
    *([1], ["a", "b"], [True, False], [float("nan"), 10**400], [[1, 2], [3]], [[0] * 500], {}),
    *({"watch": ["Adam"]}, {"order": 1, "at": 10**400, "playing": True}),
    *({"order": "1", "at": [], "playing": 1}, {"id": None, "at": 3}),
]

MATRIX = {"program": "y = w @ w.t()", "given": "w=[[1, 2], [3, 4]]"}
PAGES = [
    ("tensors", {"look_at": "Storage"}, {"tensor_grid"}),
    ("requires_grad", {"autograd": "The switch"}, {"code"}),
    ("computation_graph", MATRIX, {"picture", "matrix", "code"}),
    ("training_loop", {"lab": "Watch"}, {"player", "code"}),
    ("training_loop", {"lab": "By hand"}, {"player"}),
    ("nn_module", {"topic": "Line by line"}, {"code"}),
    ("nn_module", {"topic": "What the model holds"}, {"parameters"}),
    ("nn_module", {"topic": "The optimizers"}, {"race_player"}),
    ("nn_module", {"topic": "Beyond a line"}, {"network_player"}),
    ("ffn_scale", {"scale": "Train it"}, {"code"}),
    ("your_code", {}, {"editor"}),
    ("home", {}, {"first_player", "keeper"}),
]


def said(app, garbage):
    """The page after each of its components said ``garbage``, under every name."""
    states = app._tree.get_widget_states()
    everything = json.dumps(dict.fromkeys(NAMES, garbage))
    for element in app.get("bidi_component"):
        states.widgets.append(WidgetState(id=element.proto.id, json_value=everything))
    return app._run(states)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("page", "link", "components"), PAGES)
def test_garbage_from_every_component_leaves_the_page_whole(page, link, components, caplog):
    logging.getLogger("streamlit").addHandler(caplog.handler)
    app = opened(page, link)
    shown = {element.proto.component_name for element in app.get("bidi_component")}
    assert {f"groundup_{name}" for name in components} <= shown
    for garbage in GARBAGE:
        app = said(app, garbage)
        assert not app.exception, garbage
        assert [one.getMessage() for one in caplog.records if one.exc_info] == [], garbage


def test_a_line_that_the_text_does_not_have_was_not_clicked():
    assert whole_number(3, range(1, 5)) == whole_number(3.0, range(1, 5)) == 3
    for said_line in (0, 5, 1.5, True, "3", None, [3], float("inf"), float("nan"), 10**400):
        assert whole_number(said_line, range(1, 5)) is None


def test_a_place_is_two_finite_numbers():
    assert place([1, 2.5]) == (1.0, 2.5)
    for said_place in ([1], [1, 2, 3], ["1", "2"], [True, 1], [float("nan"), 1], [10**400, 1], {}):
        assert place(said_place) is None


def test_only_what_was_offered_is_taken():
    assert one_of("Adam", ["SGD", "Adam"]) == "Adam"
    assert one_of(True, [0, 1]) is None
    for said_name in (None, "nobody", ["Adam"], {"Adam": 1}, "\ud800"):
        assert one_of(said_name, ["SGD", "Adam"]) is None
