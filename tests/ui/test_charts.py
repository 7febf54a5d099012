"""Every figure of plotly: no bar of buttons over it, and what it shows is told in its numbers."""

import ast

import plotly.graph_objects as go
import pytest

from groundup.engine.snapshot import number
from groundup.figures.in_words import in_words
from tests.browser.server import ROOT

DRAWS = ROOT / "groundup" / "ui" / "components" / "chart.py"


def _calls():
    for file in sorted((ROOT / "groundup" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in {"chart", "plotly_chart"}:
                    yield pytest.param(node, file, id=f"{file.stem}-{node.lineno}")


@pytest.mark.parametrize(("call", "file"), list(_calls()))
def test_a_figure_is_told_in_words_and_drawn_in_one_place(call, file):
    if getattr(call.func, "attr", "") == "plotly_chart":
        assert file == DRAWS  # which leaves plotly's bar of buttons out
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if call.args[2:]:
        given["alt"] = call.args[2]
    # A text that is typed in says nothing of the figure's numbers; a title is followed by them.
    assert ("title" in given) != ("alt" in given)
    assert not isinstance(given.get("alt"), ast.Constant)


def test_few_values_are_told_one_by_one_and_of_many_where_they_begin_turn_and_end():
    losses = [9.0, 4.0, 1.0, 0.5, 0.25, 0.125, 0.1, 2.0, float("nan"), 3.0]
    lines = [
        go.Scatter(y=losses, name="a run"),
        go.Scatter(x=[1, 2], y=[-0.5, None], name="<b>two</b>"),
        go.Bar(x=[3.0, 7.0], y=["in", "out"], orientation="h"),
        go.Scatter(x=[0, 1], y=[0, 1], text="a square<br>of 4 numbers"),
    ]
    told = in_words(go.Figure(lines), "Losses").split(": ", 1)[1].split("; ")
    assert told[0] == "a run from 9 at 0, to 3 at 9, lowest 0.1 at 6, highest 9 at 0"
    assert told[1] == f"two {number(-0.5)} at 1"
    assert told[2:] == ["3 at in, 7 at out", "a square of 4 numbers"]
    parts = go.Figure(go.Treemap(labels=["gate", "up"], parents=["", ""], values=[58, 58]))
    assert in_words(parts, "Parts") == "Parts: 58 at gate, 58 at up"
    assert in_words(go.Figure(), "Nothing") == "Nothing"
