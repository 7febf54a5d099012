"""Parts of a line: each one's value and place, in the order of evaluation, each evaluated once."""

# Texts that are run stand on a line of their own, however long.
# ruff: noqa: E501

import pytest

from groundup.engine import lesson
from groundup.engine.trace import expressions, trace
from groundup.engine.trace.entries import TensorEntry, Value

LOOP = lesson.load("training_loop").set(epochs=3).text


def parts(text, moment):
    """Each part as it stands in the text, with its text or its first value."""
    told = []
    for one in expressions(text, moment):
        line = text.splitlines()[one.span.line - 1]
        source = line[one.span.column : one.span.end_column]
        value = one.value
        told.append((source, value.text if isinstance(value, Value) else value))
    return told


def moments_at(text, passage):
    one = trace(text)
    lines = text.splitlines()
    return [m for m in one.moments if passage in lines[m.line - 1]]


def test_the_parts_of_a_line_are_those_of_that_pass():
    last = moments_at(LOOP, "y_hat = X")[2]
    told = parts(LOOP, last)
    assert [source for source, _ in told] == ["X", "w", "X @ w", "b", "X @ w + b"]
    namespace = {"print": lambda *_: None}
    exec(LOOP.replace("range(epochs)", "range(2)"), namespace)
    assert told[1][1].values == (namespace["w"].item(),)
    assert told[4][1].form.shape == (50, 1)
    assert told[4][1].values[0] == (namespace["X"] @ namespace["w"] + namespace["b"])[0].item()


def test_an_update_in_place_shows_what_stood_there_before():
    (first, *_) = moments_at(LOOP, "w -= learning_rate")
    told = parts(LOOP, first)
    assert [s for s, _ in told] == ["w", "learning_rate", "w", "w.grad", "learning_rate * w.grad"]
    assert told[0][1].values == (-1.0,)


CALLS = """
said = []
def f(x):
    said.append(x)
    return x * 2
é = 1; a = f(1) + (f(2) if é > 1 else f(3)) + sum([f(i) for i in range(2)])
n = len(said)
ok = é > 5 and f(9)
"""


def test_each_part_is_evaluated_once_and_in_order_and_what_is_skipped_is_not_there():
    (made,) = [
        m for m in moments_at(CALLS, "a = f(1)") if m.call.depth == 0 and m.bindings[0][1] == "a"
    ]
    told = parts(CALLS, made)
    assert [pair for pair in told if pair[0] in {"f(1)", "f(2)", "f(3)"}] == [
        ("f(1)", "2"),
        ("f(3)", "6"),
    ]
    assert ("é > 1", "False") in told
    assert told[-1][1] == "10"
    (after,) = moments_at(CALLS, "n = len")
    assert parts(CALLS, after) == [("said", told_list(CALLS)), ("len(said)", "4")]
    (skipped,) = moments_at(CALLS, "ok = ")
    assert [source for source, _ in parts(CALLS, skipped)] == ["é", "é > 5", "é > 5 and f(9)"]


def told_list(text):
    one = trace(text)
    view = one.at(-1)
    return view.entry(view.held("said"))._replace(items=())


@pytest.mark.parametrize(
    ("line", "operator", "operands"),
    [
        ("y = w + (x @ z)", "@", [(2, 3), (4, 2)]),
        ("w += z", "+=", [(2,), (4, 2)]),
        ("y = torch.cat([w, w]).sum() + torch.mm(x, z)", "torch.mm", [(2, 3), (4, 2)]),
        ("y = x.mm(z)", "x.mm", [(4, 2), (2, 3)]),
        ("y = x[5] + 1", "[]", [(2, 3)]),
        ("y = layer(x)", "layer", [(2, 3)]),
    ],
)
def test_where_a_line_raised_its_operator_is_told_with_its_operands_shapes(
    line, operator, operands
):
    text = "import torch\nw, x, z = torch.ones(2), torch.ones(2, 3), torch.ones(4, 2)\n"
    text += f"layer = torch.nn.Linear(4, 1)\ndef f():\n    global w, y\n    {line}\nf()\n"
    one = trace(text)
    assert one.moments[-1].kind == "raised"
    assert one.moments[-1].line == 6
    failed = expressions(text, one.moments[-1])[-1]
    assert (failed.value, failed.operator) == (None, operator)
    shapes = [e.value.form.shape for e in failed.operands if isinstance(e.value, TensorEntry)]
    assert sorted(shapes) == sorted(operands)


def test_a_line_that_raised_and_was_caught_is_told_as_well():
    text = "for i in range(3):\n    try:\n        x = 6 / (2 - i)\n    except ZeroDivisionError:\n        x = 0"
    (raised,) = [m for m in trace(text).moments if m.kind == "raised"]
    told = expressions(text, raised)
    assert [(e.operator, [o.value.text for o in e.operands]) for e in told[-1:]] == [("/", ["0"])]


def test_a_loops_header_is_evaluated_before_its_first_pass_alone():
    text = "for i in range(3):\n    x = i"
    first, second, _ = [m for m in trace(text).moments if m.kind == "loop"]
    assert [source for source, _ in parts(text, first)] == ["range(3)"]
    assert parts(text, second) == []
