"""What is moved by hand is drawn before what was pressed or typed: every such widget says so."""

import ast

import pytest

from tests.browser.server import ROOT

MOVED = {"slider", "select_slider", "selectbox", "multiselect", "segmented_control", "toggle"}
OF_THE_CONTROLS = ROOT / "groundup" / "ui" / "controls" / "kinds.py"
"""Of these kinds ``control``, in ``widgets.py``, says it once for all."""
NO_HASTE = {
    "Of the course": "the teacher chooses, and then presses",
    "Its answer": "it stands in a form, and is heard with the form",
    "What will it do?": "an answer is given once",
}


def _widgets():
    for file in sorted((ROOT / "groundup" / "ui").rglob("*.py")):
        if file == OF_THE_CONTROLS:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in MOVED:
                yield pytest.param(node, id=f"{file.stem}-{node.lineno}")


def test_there_are_such_widgets():
    assert len(list(_widgets())) >= 12


@pytest.mark.parametrize("call", list(_widgets()))
def test_a_widget_that_is_moved_says_that_a_hand_waits(call):
    label = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
    if label not in NO_HASTE:
        given = " ".join(ast.unparse(keyword.value) for keyword in call.keywords)
        assert "by_hand(" in given or "**moved" in ast.unparse(call)
