"""Programs in the whole language on the computation-graph page: own leaves, loops, layers."""

import contextlib
import io

import pytest

from groundup.graph import typed
from groundup.language.program import ProgramError
from tests.pages import sent_under

CLASSIC = "x = torch.tensor(2.0, requires_grad=True)\ny = x ** 2\ny.backward()\nprint(x.grad)\n"
LAYER = """torch.manual_seed(0)
layer = nn.Linear(2, 1)
x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
t = torch.tensor([[1.0], [0.0]])
loss = F.mse_loss(torch.tanh(layer(x)), t)
"""
TRAINING = f"""{LAYER.replace("loss =", "for epoch in range(3):" + chr(10) + "    loss =")}
    loss.backward()
    with torch.no_grad():
        for p in layer.parameters():
            p -= 0.1 * p.grad
            p.grad = None
"""
PROGRAMS = {
    "a leaf of its own": (CLASSIC, ""),
    "parts of an input": ("y = x[0] * w + x[1:].sum()\n", "x=[1, 2, 3]; w=3"),
    "a loop": ("y = x\nfor i in range(3):\n    y = y * w + i\n", "x=1 fixed; w=2"),
    "a function": ("def f(a, k=2):\n    return (a * k).sin()\n\ny = f(f(x), k=3)\n", "x=0.5"),
    "turned over": ("y = (A.T @ A).sum()\n", "A=[[1, 2], [3, 4]]"),
    "a loss of scores": (
        "t = torch.tensor([1.0, 0.0])\n"
        "loss = F.binary_cross_entropy_with_logits(torch.stack([w, b]) * 2, t)\n",
        "w=0.5; b=-1",
    ),
    "by their names": ("y = F.mse_loss(input=x[0], target=t)\n", "x=[1, 2]; t=3"),
    "named leaves": ("y = F.mse_loss(input=w, target=t)\nassert y\n", "w=1; t=3"),
    "a layer": (LAYER, ""),
    "layers in a row": (
        "torch.manual_seed(0)\nnet = nn.Sequential(nn.Linear(1, 2), nn.Tanh(), nn.Linear(2, 1))\n"
        "y = net(x).sum()\n",
        "x=[[1], [2]]",
    ),
    "no gradient on the way": (
        "with torch.no_grad():\n    c = x * 3\ny = c * x\n",
        "x=2",
    ),
    "several numbers": ("y = x * torch.arange(3)\n", "x=[1, 2, 3]"),
    "a choice": ("y = x * 2 if x.item() > 0 else x * 3\nassert y > 0\n", "x=1.5"),
    "weighted": ("y = x * x\ny.backward(torch.tensor([1.0, 10.0]))\n", "x=[1, 2]"),
}


def plain(text):
    """What plain Python makes of ``text``: its variables, and what it prints."""
    names, printed = {}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(text, "plain", "exec"), names)
    return names, printed.getvalue()


@pytest.mark.parametrize("name", PROGRAMS)
def test_gradients_prints_and_differences_are_those_of_the_script_on_the_screen(name):
    text, line = PROGRAMS[name]
    seen = typed.record(text, line)
    names, printed = plain(seen.script.text)
    assert seen.failure is None
    assert seen.output == printed
    if ".backward" not in text:
        assert all(f"{leaf}.grad: " in printed for leaf in seen.gradients)
    assert seen.gradients
    for leaf, gradient in seen.gradients.items():
        expected = eval(leaf, names).grad.reshape(-1).tolist()
        assert list(gradient.numbers) == pytest.approx(expected, rel=1e-6)
    assert [node.key for node in seen.nodes if node.variable] != []
    assert len(seen.visits) == len(seen.nodes)
    rows = typed.checks(text, line, seen)
    assert [row.name for row in rows] == list(seen.gradients)
    if name != "no gradient on the way":
        assert all(row.error < 1e-4 for row in rows)
    else:
        assert rows[0].error > 0.1  # a nudge moves c too, which autograd does not see


def test_of_a_training_loop_the_graph_is_that_of_the_first_backward():
    seen = typed.record(TRAINING, "")
    assert seen.calls == 3
    names, _ = plain(LAYER.join(["import torch, torch.nn as nn, torch.nn.functional as F\n", ""]))
    names["loss"].backward()
    for leaf, gradient in seen.gradients.items():
        expected = eval(leaf, names).grad.reshape(-1).tolist()
        assert list(gradient.numbers) == pytest.approx(expected, rel=1e-6)
    assert set(seen.gradients) == {"layer.weight", "layer.bias"}
    assert "linear" in [item.label for item in seen.items]


def test_each_pass_of_a_loop_is_a_step_of_its_own():
    seen = typed.record(*PROGRAMS["a loop"])
    lines = [moment.line for moment in seen.moments if moment.kind == "forward"]
    assert [seen.script.text.split("\n")[line - 1] for line in lines] == ["    y = y * w + i"] * 3
    values = [item.value.single for item in seen.items if item.names[-1:] == ("y",)]
    assert values == [2.0 * 1 + 0, 2.0 * 2 + 1, 5.0 * 2 + 2]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("y = np.max(x)\n", "torch.max"),
        ("y = foo(x) + x[0]\n", "foo is no function"),
        ("y = x[0]\nz = y.__class__\n", "__class__"),
        ("y = x[0] * _w\n", "_w"),
        ("for i in range(3):\n    print(i)\n", "no tensor is computed"),
        ("y = x[0]\nfor i in range(700):\n    y = y * 2 + x[1] * i\n", "up to 600 tensors"),
        ("r = nn.RNN(1, 1)\ny = r(torch.ones(999, 1))[0].sum() * x\n", "2,000 nodes"),
        ("y = x[0]\nwhile True:\n    y = y + 1\n", "ended"),
    ],
)
def test_what_cannot_run_is_told_at_its_line(text, words):
    with pytest.raises(ProgramError, match=words) as refused:
        typed.record(text, "x=[1, 2]")
    assert 1 <= refused.value.line <= text.count("\n")


def test_inputs_are_bounded_in_number_and_in_length():
    twelve = " + ".join(f"x{place}" for place in range(12))
    assert len(typed.inputs_of(f"y = [{twelve}][0]\n")) == 12
    with pytest.raises(ProgramError, match="x12 would be input 13; 12 are the most"):
        typed.inputs_of(f"y = [{twelve} + x12][0]\n")
    assert typed.inputs_of(f"y = [{'a' * 24}][0]\n") == ("a" * 24,)
    with pytest.raises(ProgramError, match="longer than 24 characters"):
        typed.inputs_of(f"y = [{'a' * 25}][0]\n")


def test_an_error_of_torch_is_told_and_the_graph_so_far_stays():
    seen = typed.record("y = x[0] * 2\nz = x.reshape(3) + y\n", "x=[1, 2]")
    assert seen.failure.kind == "RuntimeError"
    with pytest.raises(RuntimeError, match="does not come to its backward"):
        typed.checks("y = x[0] * 2\nz = x.reshape(3) + y\n", "x=[1, 2]", seen)
    assert [item.names for item in seen.items if item.kind == "operation"][-1] == ("y",)


def test_the_page_shows_leaves_that_the_program_makes_and_every_part_of_it(visit):
    app = visit("computation_graph", program=CLASSIC, part="check")
    assert not app.exception
    assert not app.error
    assert not app.slider
    assert "x" in str(sent_under(app, "graph_picture")["picture"]["nodes"])
    assert list(app.table[0].value["gradient by autograd"]) == ["4"]
    for part in ("chain rule", "life of the graph", "take home"):
        app.segmented_control(key="part").set_value(part).run()
        assert not app.exception, part
        assert not any("No recorded way" in info.value for info in app.info)


def test_a_name_that_is_read_and_never_assigned_keeps_its_slider(visit):
    app = visit("computation_graph", program=PROGRAMS["a loop"][0], given="x=1 fixed; w=2")
    assert {slider.key for slider in app.slider} >= {"slider_x", "slider_w"}
    app.slider(key="slider_w").set_value(0.5).run()
    assert not app.exception
    assert "w=0.5" in app.text_area(key="given").value


def test_why_there_is_no_picture_and_no_life_of_the_graph_is_told(visit):
    stopped = "y = x[0] * 2\nz = x.reshape(3)\ny.backward()\n"
    app = visit(
        "computation_graph",
        program=stopped,
        given="x=[1, 2]",
        view="what autograd recorded",
        part="chain rule",
    )
    infos = [info.value for info in app.info]
    assert "Nothing called backward(), so there is no graph that it went through." in infos
    assert "No recorded way leads from a call of backward() to an input." in infos
    once = visit("computation_graph", program=CLASSIC, part="life of the graph")
    assert not any("in another form" in info.value for info in once.info)
    for program in (TRAINING, "y = x[0]\n(y * 2).backward(torch.tensor(1.0))\n"):
        app = visit("computation_graph", program=program, given="x=[1]", part="life of the graph")
        assert any("in another form" in info.value for info in app.info)
