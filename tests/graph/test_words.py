"""What the computation-graph page says in words, tried where it would be false."""

import math
import re
from contextlib import nullcontext
from dataclasses import replace

import pytest
import torch

from groundup.engine.observe import run
from groundup.figures.graph.dot import dot
from groundup.figures.graph.drawing import MAX_DRAWN, Look, draw, size
from groundup.figures.graph.timeline import painted
from groundup.figures.theme import LIGHT
from groundup.graph import input_line, typed
from groundup.graph.explanation import chain_rule, explain, unnamed
from groundup.graph.nodes import ACCUMULATE
from groundup.graph.presets import PRESETS
from groundup.graph.recording import trace_graph
from groundup.graph.script import MAX_INPUT_ELEMENTS, Input, write
from groundup.language.program import check
from tests.pages import outputs, said

PAGE = "computation_graph"


def recorded(text, line):
    return trace_graph(write(check(text), input_line.parse(line)))


def preset(title):
    return recorded(PRESETS[title].text, PRESETS[title].inputs)


# The pictures


MIXED = ("y = softmax(x * a, dim=0)\nz = (y + x).sum()", "x=[1, 2, 3]; a=2")


def test_boxes_are_tensors_ellipses_operations_and_a_rounded_box_has_no_name():
    seen = recorded(*MIXED)
    drawn = draw(seen, "mathematics", Look(LIGHT))
    shapes = {key: box.shape for key, box in drawn.nodes.items()}
    for item in seen.items:
        named = item.kind == "input" or bool(item.names)
        assert shapes.pop(item.key) == ("box" if named else "round")
    assert set(shapes.values()) == {"ellipse"}
    assert all(key.removesuffix("_op") != key for key in shapes)


def test_autograds_picture_has_torchs_own_names_and_its_arrows_point_back():
    seen = recorded(*MIXED)
    drawn = draw(seen, "autograd", Look(LIGHT))
    alone = {}
    exec(seen.script.text, alone)
    wanted, waiting = [], [alone["z"].grad_fn]
    while waiting:
        node = waiting.pop()
        wanted.append(node.name().rpartition("::")[2])
        waiting += [target for target, _ in node.next_functions if target is not None]
    names = {key: paint.rows[0] for key, paint in painted(drawn.node_paint, 0).items()}
    # x is used twice; torch makes one node for each leaf, and this walk meets it twice.
    assert set(names.values()) == set(wanted)
    assert all((drawn.nodes[k].shape == "box") == (n == ACCUMULATE) for k, n in names.items())
    assert drawn.back
    edges = {(edge.target, edge.source) for edge in seen.edges}
    assert edges == {(line.source, line.target) for line in drawn.edges.values()}


def test_what_mixes_elements_gives_sizes_and_rows_stand_between_semicolons():
    seen = recorded(*MIXED)
    last = len(seen.moments) - 1
    texts = [
        "\n".join(p.rows)
        for p in painted(draw(seen, "autograd", Look(LIGHT)).edge_paint, last).values()
    ]
    assert any(text.startswith("3 → 3:") for text in texts)
    product = recorded(
        "Y = A @ B", "A=[[1, 2, 3], [4, 5, 6]]; B=[[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 1]]"
    )
    told = " ".join(
        line for at in range(len(product.moments)) for line in explain(product, at).lines
    )
    assert "2×4 @ Bᵀ → 2×3" in told
    column = recorded("y = x * 2", "x=[[2], [3]]")
    assert column.items[0].value.text() == "[2; 3]"


def test_of_many_numbers_only_the_last_stand_on_a_line():
    seen = recorded("y = x * w\nz = y.sum()", "x=[1.25, 2.5, 3.75, 4.125, 5.25]; w=2")
    last = len(seen.moments) - 1
    paints = painted(draw(seen, "autograd", Look(LIGHT)).edge_paint, last)
    to_x = next(edge for edge in seen.edges if seen.node(edge.target).variable == "x")
    assert paints[to_x.key].rows == [seen.outgoing(last)[to_x.key].text()]


@pytest.mark.parametrize("across", [False, True])
def test_the_arrow_before_a_gradient_points_to_where_the_inputs_stand(across):
    """In the mathematics, whose own arrows go the other way."""
    seen = preset("z = x·(a + b)")
    drawn = draw(seen, "mathematics", Look(LIGHT, across=across))
    last = len(seen.moments) - 1
    rows = [row for paint in painted(drawn.edge_paint, last).values() for row in paint.rows]
    assert len(rows) == 4
    assert all(row.startswith("← " if across else "↑ ") for row in rows)
    assert not drawn.back
    text = dot(drawn, last, LIGHT, across=across)
    assert ("rankdir=LR" in text) is across
    # Graphviz ranks by the arrows: every line is declared from what goes in to what comes out.
    order = ["t0", "t1", "t2", "t3_op", "t3", "t4_op", "t4"]
    for start, end in re.findall(r"\t(\w+) -> (\w+)", text):
        assert order.index(start) < order.index(end)


def test_in_the_mathematics_too_dashed_is_not_there_yet_and_thick_what_runs_or_is_chosen():
    seen = preset("z = x·(a + b)")
    for chosen in ("", "t0"):
        drawn = draw(seen, "mathematics", Look(LIGHT, chosen=chosen))
        for at in range(len(seen.moments)):
            nodes = painted(drawn.node_paint, at)
            for key in ("t3", "t4"):
                assert nodes[key].dashed == ("not yet" in nodes[key].rows[0])
            thick = {key for key, paint in nodes.items() if paint.width == 3}
            assert ("t0" in thick) >= (chosen == "t0")
            if seen.moments[at].kind == "forward":
                line = {item.key for item in seen.items if item.line == seen.moments[at].line}
                assert line <= thick | {"t0", "t1", "t2"}


def test_an_input_that_is_assigned_again_keeps_its_name_and_any_other_is_counted(visit):
    app = visit(PAGE, program="y = x * 2\ny = y * 3\nx = y * 2", given="x=1")
    offered = " ".join(app.selectbox(key="chosen").options)
    for name in ("x · input", "y₁ · ", "y · ", "x₂ · "):
        assert name in offered


@pytest.mark.parametrize(("view", "lines"), [("mathematics", 66), ("mathematics", 67)])
def test_the_page_counts_what_is_too_much_to_draw(visit, view, lines):
    """A product, a sum and its name a line, beside x: 199 nodes, and then 202."""
    program = "y = x\n" + "y = y * x + 1\n" * lines
    count = size(recorded(program, "x=1"), view)
    app = visit(PAGE, program=program, given="x=1")
    told = [one.value for one in app.info if f"This graph has {count} nodes" in one.value]
    assert len(told) == (count > MAX_DRAWN)
    assert all(f"up to {MAX_DRAWN} are drawn" in one for one in told)


@pytest.mark.parametrize(
    ("program", "given", "words"),
    [
        ("y = x * 2", "x=1 fixed", "no input has requires_grad on"),
        ("y = x.detach() * 2", "x=1", "Nothing that autograd recorded leads to y."),
        ("z = x * 2\ny = torch.tensor(3.0)", "x=1", "Nothing that autograd recorded leads to y."),
        ("y = x", "x=1", "Nothing that autograd recorded leads to y."),
    ],
)
def test_why_autograds_picture_is_empty_is_told_from_the_inputs(visit, program, given, words):
    app = visit(PAGE, program=program, given=given, view="what autograd recorded")
    assert words in app.info[0].value
    names = {"torch": torch}
    exec(write(check(program), input_line.parse(given)).text.partition("\n# 2.")[0], names)
    assert names["y"].grad_fn is None
    assert ("no input" in words) == (not names["x"].requires_grad)
    assert any("No recorded way leads from y to an input." in one.value for one in app.info)


# Steps and their words


def test_a_step_is_a_statement_and_a_node_without_a_gradient_says_so():
    seen = preset("one neuron")
    start = explain(seen, 0)
    assert (start.headline, seen.moments[0].items) == ("Nothing has run yet.", 0)
    assert [moment.kind for moment in seen.moments[:3]] == ["start", "forward", "forward"]
    without = replace(seen, visits=(replace(seen.visits[0], incoming=None), *seen.visits[1:]))
    assert explain(without, 3).lines[0] == "No gradient came in."
    assert "where backward() starts" in explain(seen, 3).lines[0]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("q = x * 2\ny = x * 3", "x=1", "nothing that leads to y."),
        ("q = x * 2\nx += 1\ny = x * 3", "x=1", "nothing that leads to y."),
        ("q = x * 2\ny = q * 3", "x=1", "`MulBackward0`."),
        ("q = x.detach()\ny = q * x", "x=1", "nothing."),
        ("q = x * 2\ny = q * 3", "x=1 fixed", "nothing."),
    ],
)
def test_what_autograd_recorded_of_a_line_is_what_torch_has(text, line, told):
    seen = recorded(text, line)
    assert explain(seen, 1).lines[0] == f"Autograd recorded {told}"
    alone = {}
    with pytest.raises(RuntimeError) if seen.failure else nullcontext():
        exec(seen.script.text, alone)
    assert (told == "nothing.") == (alone["q"].grad_fn is None)


def test_where_backward_did_not_come_the_chain_rule_says_so():
    text = "b = w * 3\nc = exp(b)\nc += 1\ny = c * x"
    stopped = recorded(text, "w=1; x=2")
    assert stopped.failure is not None
    key = next(item.key for item in stopped.items if item.names == ("w",))
    assert stopped.gradients["w"] is None
    assert chain_rule(stopped, key) is None
    whole = recorded("y = w * x", "w=1; x=2")
    leaf = next(item.key for item in whole.items if item.names == ("w",))
    nothing = replace(whole, gradients={"w": None, "x": None})
    assert chain_rule(nothing, leaf).lines[-1] == "w.grad is None: backward() did not get there."
    assert chain_rule(whole, leaf).lines[-1] == "w.grad = 2: the same"


@pytest.mark.parametrize("title", PRESETS)
def test_a_chain_rule_is_missing_only_where_pytorch_refuses(title):
    seen = preset(title)
    assert (len(seen.chains) == 0) == (seen.failure is not None)


@pytest.mark.parametrize("most", [1, 2])
def test_the_other_ways_are_counted_and_bring_what_is_left(monkeypatch, most):
    """y = x·x + x at 3 has three ways, of which the first brings 3, and all of them 7."""
    monkeypatch.setattr("groundup.graph.chain_rule.MAX_PATHS", most)
    seen = preset("a value used twice")
    (key,) = seen.chains
    told = chain_rule(seen, key)
    brought = [path.end.single for path in seen.chains[key].paths]
    assert len(brought) == most
    left = f"{7 - math.fsum(brought):g}"
    other = "the other way brings " if most == 2 else "the other 2 ways bring "
    assert other + left + (" in all" if most == 1 else "") in told.lines
    assert "3 ways lead" in told.headline


def test_a_path_of_larger_tensors_tells_the_shapes_on_its_way():
    seen = recorded("y = A @ B\nz = y.sum()", "A=[[1, 2]]; B=[[3], [4]]")
    key = next(item.key for item in seen.items if item.names == ("A",))
    (line,) = [line for line in chain_rule(seen, key).lines if "shapes on the way" in line]
    assert line.endswith("= [3, 4] (shapes on the way: 1×1 → 1×2)")


def test_what_an_unnamed_node_differentiates_is_told_by_its_own_name_and_line():
    seen = recorded("y = x * x + x", "x=3")
    lines = seen.script.text.split("\n")
    (told,) = unnamed(seen)
    name, line = re.fullmatch(r"u1: what `(\w+)` of line (\d+) differentiates", told).groups()
    assert name == "MulBackward0"
    assert lines[int(line) - 1] == "y = x * x + x"


# Inputs, programs, hints


@pytest.mark.parametrize(
    "line",
    ["a=2; W=[[1, 2], [3, 4]]; t=1 fixed", "name=1.5; W=[[1, 2], [3, 4]]; t=1 fixed"],
)
def test_the_forms_that_a_sentence_gives_are_read_as_it_says(line):
    inputs = list(input_line.parse(line).values())
    assert [entry.requires_grad for entry in inputs] == [True, True, False]
    assert [tuple(entry.tensor.shape) for entry in inputs] == [(), (2, 2), ()]
    written = [entry.written for entry in inputs]
    assert ["requires_grad=True" in text for text in written] == [True, True, False]


def test_what_an_input_may_be_is_what_its_refusal_says():
    for allowed in (1, [1.0], [0.0] * MAX_INPUT_ELEMENTS, [[1, 2], [3, 4]]):
        assert Input(allowed).tensor.numel() <= MAX_INPUT_ELEMENTS
    for uneven in ([[1.0], [2.0, 3.0]], "a", None):
        with pytest.raises(ValueError, match="rows of numbers that are all as long"):
            _ = Input(uneven).tensor
    for count in (0, MAX_INPUT_ELEMENTS + 1):
        with pytest.raises(ValueError, match=f"from 1 to {MAX_INPUT_ELEMENTS} numbers"):
            _ = Input([1.0] * count).tensor


def test_the_program_box_takes_what_its_help_shows():
    text = "y = x * (a + b)\nz = (y - 1 / 2) ** 2\nz += exp(x) + x.sum()\n"
    text += "q = W @ W\ns = mse_loss(z, t)"
    assert set(check(text).inputs) == {"x", "a", "b", "W", "t"}
    text = "def f(v):\n    return nn.Linear(2, 1)(v).sum()\n\ny = exp(x[0]) * w\n"
    text += "for i in range(2):\n    y = y * w + f(x)\ny.backward()\nprint(w.grad)\n"
    assert typed.inputs_of(text) == ("x", "w")
    seen = typed.record(text, "x=[1, 2]; w=2")
    assert seen.output == f"tensor({seen.gradients['w'].single:.4f})\n"


def test_backward_starts_from_one_number_and_operations_are_recorded_that_require_a_gradient():
    seen = recorded("p = c * 2\ny = x * p", "x=[1, 2]; c=3 fixed")
    assert "total = y.sum()  # backward() starts from one number" in seen.script.text
    alone = {}
    exec(seen.script.text, alone)
    assert alone["total"].dim() == 0
    assert (alone["p"].grad_fn, alone["c"].grad) == (None, None)
    assert alone["y"].grad_fn is not None
    assert alone["x"].grad.tolist() == [6, 6]
    plain = torch.tensor([1.0, 2.0], requires_grad=True) * 2
    with pytest.raises(RuntimeError, match="scalar"):
        plain.backward()


@pytest.mark.parametrize("title", PRESETS)
def test_a_presets_inputs_are_written_as_the_page_writes_them(title):
    """So that its hint is back where they are."""
    inputs = input_line.parse(PRESETS[title].inputs)
    assert input_line.render(inputs) == PRESETS[title].inputs


def test_a_hint_holds_for_its_own_program_and_inputs_alone(visit):
    """With a larger w this ReLU is on."""
    title = "a ReLU that is off"
    app = visit(PAGE, graph=title)
    look = PRESETS[title].look
    assert look in said(app)
    app.slider(key="slider_w").set_value(1.0).run()
    assert look not in said(app)
    assert preset_gradient("w=1; x=2 fixed; b=0.5; t=1 fixed") != 0
    app.slider(key="slider_w").set_value(-1.0).run()
    assert look in said(app)


def preset_gradient(line):
    return recorded(PRESETS["a ReLU that is off"].text, line).gradients["w"].single


# The life of the graph


@pytest.mark.parametrize(
    ("text", "line", "freed"),
    [
        ("y = a + b", "a=1; b=2", False),
        ("y = x.detach() * 2", "x=1", False),
        ("y = x * x", "x=3", True),
    ],
)
def test_what_was_saved_is_freed_and_the_sum_of_two_calls_is_twice_the_gradient(text, line, freed):
    seen = recorded(text, line)
    assert bool(seen.freed) is freed
    assert not freed or "freed" in seen.freed
    for edit in ("again", "retain"):
        twice = run(seen.script.lesson.edit(edit).text)
        assert twice.failure is not None or all(
            twice.variables[name].grad.item() == 2 * grad.single
            for name, grad in seen.gradients.items()
        )
        assert (twice.failure is None) == (seen.failure is None and not (freed and edit == "again"))


@pytest.mark.parametrize(("text", "shown"), [("y = x * 2", True), ("x = x * 2", False)])
def test_a_sum_is_told_of_only_where_a_gradient_is_printed(visit, text, shown):
    """The script prints no gradient of an input whose name stands for another tensor by then."""
    app = visit(PAGE, program=text, given="x=1", part="life of the graph")
    assert ("the sum of both" in said(app)) is shown
    assert any("x.grad: 4.0" in text for text in outputs(app)) is shown


def test_a_program_that_does_not_run_has_nothing_to_compare(visit):
    app = visit(PAGE, part="check")
    assert not any("nothing to compare" in one.value for one in app.info)
    app.text_area(key="program").set_value("y = import").run()
    assert any("does not run, so there is nothing to compare" in one.value for one in app.info)


def test_the_same_run_is_in_both_views_and_what_a_node_keeps_it_needs():
    seen = preset("z = x·(a + b)")
    owned = {item.node for item in seen.items if item.node}
    assert owned == {node.key for node in seen.nodes}
    (product,) = [node for node in seen.nodes if node.name == "MulBackward0"]
    kept = {one.name: one.value.single for one in product.saved if one.value}
    # d(x·y) is y dx + x dy: each way back needs the other factor.
    outgoing = seen.outgoing(len(seen.moments) - 1)
    ways = sorted(outgoing[edge.key].single for edge in seen.edges if edge.source == product.key)
    assert sorted(kept.values()) == ways
    added = next(node for node in seen.nodes if node.name == "AddBackward0")
    assert not [one for one in added.saved if one.value]
