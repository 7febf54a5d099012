"""The drawn graph: every moment is laid out alike, and its paint says what the graph says."""

import contextlib

import pytest
import torch

from groundup.figures.graph.dot import dot
from groundup.figures.graph.drawing import MAX_DRAWN, Look, draw, size, summary
from groundup.figures.graph.timeline import painted
from groundup.figures.theme import DARK, LIGHT
from groundup.graph import input_line
from groundup.graph.explanation import explain
from groundup.graph.presets import PRESETS
from groundup.graph.recording import trace_graph
from groundup.graph.script import write
from groundup.graph.values import values
from groundup.language.program import check

VIEWS = ("mathematics", "autograd")


def recorded(title):
    preset = PRESETS[title]
    return trace_graph(write(check(preset.text), input_line.parse(preset.inputs)))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("title", PRESETS)
def test_everything_painted_has_its_room_at_every_moment(title, view):
    seen = recorded(title)
    drawn = draw(seen, view, Look(DARK, saved=True))
    for moment in range(len(seen.moments)):
        nodes, edges = painted(drawn.node_paint, moment), painted(drawn.edge_paint, moment)
        assert drawn.nodes.keys() == nodes.keys()
        assert drawn.edges.keys() == edges.keys()
        for key, (_, texts, most) in drawn.nodes.items():
            assert set(nodes[key].rows) <= set(texts)
            assert 0 < len(nodes[key].rows) <= most
        for key, line in drawn.edges.items():
            assert {line.source, line.target} <= drawn.nodes.keys()
            assert edges[key].rows in ([], line.texts)


@pytest.mark.parametrize("title", PRESETS)
def test_each_moment_shows_the_values_and_gradients_that_there_are_by_then(title):
    """Against the recording: an item is there once it was made, a gradient once it arrived."""
    seen = recorded(title)
    drawn = draw(seen, "mathematics", Look(LIGHT))
    for at, moment in enumerate(seen.moments):
        nodes, arrived = painted(drawn.node_paint, at), seen.incoming(at)
        for place, item in enumerate(seen.items):
            paint = nodes[item.key]
            there = item.kind == "input" or place < moment.items
            assert ("not yet" in paint.rows[0]) != there
            text = "\n".join(paint.rows)
            if there:
                assert item.value.text() in text
            if there and item.requires_grad:
                gradient = arrived.get(item.node)
                none = "grad None" if item.kind == "input" else "no gradient yet"
                assert (gradient.text() if gradient else none) in text


@pytest.mark.parametrize("title", PRESETS)
@pytest.mark.parametrize("view", ["mathematics", "autograd"])
def test_only_what_torch_keeps_in_grad_is_drawn_as_grad(title, view):
    """Against the script itself, run without a recorder."""
    seen = recorded(title)
    alone = {}
    with contextlib.suppress(RuntimeError):
        exec(seen.script.text, alone)
    nodes = painted(draw(seen, view, Look(LIGHT)).node_paint, len(seen.moments) - 1)
    owned = {item.names[-1]: item for item in seen.items if item.names and item.requires_grad}
    for name, item in owned.items():
        paint = nodes.get(item.key if view == "mathematics" else item.node)
        if paint is None:
            continue
        text, tensor = "\n".join(paint.rows), alone[name]
        assert (".grad" in text) == tensor.is_leaf
        assert not tensor.is_leaf or (".grad None" in text) == (tensor.grad is None)
        assert tensor.is_leaf or "passes through" in text or "no gradient yet" in text


@pytest.mark.parametrize("title", PRESETS)
def test_what_runs_is_thick_and_what_is_not_there_yet_is_dashed(title):
    seen = recorded(title)
    drawn = draw(seen, "autograd", Look(LIGHT))
    for at, moment in enumerate(seen.moments):
        nodes, edges = painted(drawn.node_paint, at), painted(drawn.edge_paint, at)
        thick = [key for key, paint in nodes.items() if paint.width == 3]
        backward = moment.kind == "backward"
        assert thick == ([seen.visits[moment.visits - 1].node] if backward else [])
        made = {node.key for node in seen.nodes if backward or 0 < node.line <= moment.line}
        assert made == {key for key, paint in nodes.items() if not paint.dashed}
        taken = seen.outgoing(at).keys() & edges.keys()
        assert taken == {key for key, paint in edges.items() if not paint.dashed}


def test_what_is_not_there_yet_says_so():
    seen = recorded("z = x·(a + b)")
    drawn = draw(seen, "mathematics", Look(LIGHT))
    start = painted(drawn.node_paint, 0)
    assert start["t4"].rows == ["z = not yet"]
    assert start["t4"].dashed
    assert start["t0"].rows == ["a = 2", ".grad None"]
    end = painted(drawn.node_paint, len(seen.moments) - 1)
    assert end["t4"].rows == ["z = 20", "1 passes through"]
    assert not end["t4"].dashed


def labels(seen, view, moment=None):
    """The edges' texts at a moment (the last one), by the edges' keys."""
    moment = len(seen.moments) - 1 if moment is None else moment
    paints = painted(draw(seen, view, Look(LIGHT)).edge_paint, moment)
    return {key: "\n".join(paint.rows) for key, paint in paints.items()}


def leaving(seen):
    """A tensor of the mathematics to the line that leaves it."""
    drawn = draw(seen, "mathematics", Look(LIGHT))
    return {line.source: key for key, line in drawn.edges.items()}


def test_an_edge_shows_incoming_times_local_once_the_gradient_went_along_it():
    seen = recorded("z = x·(a + b)")
    assert set(labels(seen, "autograd", 2).values()) == {""}
    assert labels(seen, "autograd", 5)["n2.0"] == "4 × 1 = 4"
    assert labels(seen, "autograd", 5)["n0.0"] == "1 × 5 = 5"


def test_the_mathematics_shows_the_same_equations_on_its_own_lines():
    seen = recorded("z = x·(a + b)")
    x, a, y = "t2", "t0", "t3"
    keys = leaving(seen)
    assert set(labels(seen, "mathematics", 2).values()) == {""}
    after = labels(seen, "mathematics")
    assert {name: after[keys[name]] for name in (x, a, y)} == {
        x: "↑ 1 × 5 = 5",
        a: "↑ 4 × 1 = 4",
        y: "↑ 1 × 4 = 4",
    }


def test_in_a_large_graph_only_what_runs_now_shows_its_equation():
    seen = trace_graph(write(check("y = x\n" + "y = y * x + 1\n" * 60), input_line.parse("x=1")))
    drawn = draw(seen, "autograd", Look(LIGHT))
    assert {tuple(line.texts) for line in drawn.edges.values()} == {()}
    at = next(at for at, moment in enumerate(seen.moments) if moment.visits == 2)
    shown = {key: paint.rows for key, paint in painted(drawn.edge_paint, at).items() if paint.rows}
    running = {edge.key for edge in seen.edges if edge.source == seen.visits[1].node}
    assert shown.keys() == running
    assert set(labels(seen, "autograd").values()) == {""}


def test_a_tensor_used_twice_by_one_operation_has_two_lines_with_a_number_each():
    seen = trace_graph(write(check("y = x * x * w"), input_line.parse("x=3; w=2")))
    texts = list(labels(seen, "mathematics").values())
    assert texts.count("↑ 2 × 3 = 6") == 2


def test_an_operation_of_several_nodes_shows_what_leaves_it():
    """A linear layer is a product, a transpose and a sum to autograd."""
    seen = trace_graph(
        write(check("y = F.linear(x, W, b)"), input_line.parse("x=[[2]]; W=[[3]]; b=[1]"))
    )
    found = {line.source: key for key, line in draw(seen, "mathematics", Look(LIGHT)).edges.items()}
    texts = {
        name: labels(seen, "mathematics")[found[key]]
        for name, key in {"x": "t0", "W": "t1", "b": "t2"}.items()
    }
    assert all(texts.values())
    assert texts["W"].endswith("[2]")
    assert texts["x"].endswith("[3]")


def test_what_needs_no_gradient_has_no_number_on_its_line():
    seen = recorded("one neuron")
    found = {line.source: key for key, line in draw(seen, "mathematics", Look(LIGHT)).edges.items()}
    fixed = next(item.key for item in seen.items if item.names == ("x",))
    assert labels(seen, "mathematics")[found[fixed]] == ""


def test_a_broadcast_input_sums_its_products():
    seen = trace_graph(write(check("y = (x + b).sum()"), input_line.parse("x=[1, 2]; b=1")))
    assert "Σ [1, 1] × [1, 1] = 2" in labels(seen, "autograd").values()


def test_a_matrix_product_says_by_what_the_gradient_is_multiplied():
    """In shapes, and in numbers where they are few; checked by multiplying here."""
    seen = recorded("matrices")
    texts = list(labels(seen, "autograd").values())
    (at_a,) = [text for text in texts if text.startswith("2×2 @ Bᵀ → 2×2:")]
    (at_b,) = [text for text in texts if text.startswith("Aᵀ @ 2×2 → 2×2:")]
    a, b = torch.tensor([[1.0, 2], [3, 4]]), torch.tensor([[0.5, -1], [2, 0]])
    from_above = torch.tensor([[1.0, 0], [0, 2]])  # Z = Y.t() * C, so that Y's gradient is C's own.
    assert at_a.split("\n")[1] == values(from_above @ b.T).text()
    assert at_b.split("\n")[1] == values(a.T @ from_above).text()


def test_the_text_beside_the_picture_gives_a_long_equation_in_full():
    seen = trace_graph(
        write(check("y = x * w\nz = y.sum()"), input_line.parse("x=[1,2,3,4,5,6]; w=2"))
    )
    told = [line for moment in range(len(seen.moments)) for line in explain(seen, moment).lines]
    assert "to x: [1, 1, 1, 1, 1, 1] × [2, 2, 2, 2, 2, 2] = [2, 2, 2, 2, 2, 2]" in told
    assert "to w: Σ [1, 1, 1, 1, 1, 1] × [1, 2, 3, 4, 5, 6] = 21" in told


def test_saved_tensors_are_drawn_on_request_with_name_shape_and_value():
    seen = recorded("matrices")
    plain = painted(draw(seen, "autograd", Look(LIGHT)).node_paint, 0)
    saved = painted(draw(seen, "autograd", Look(LIGHT, saved=True)).node_paint, 0)
    row = "saved self (2×2) = [1, 2; 3, 4]"
    assert any(row in paint.rows for paint in saved.values())
    assert not any(row in paint.rows for paint in plain.values())


def test_a_saved_tensor_that_was_changed_in_place_says_so():
    drawn = draw(recorded("an in-place change"), "autograd", Look(LIGHT, saved=True))
    paints = painted(drawn.node_paint, 0).values()
    assert any("saved result: changed since" in paint.rows for paint in paints)


@pytest.mark.parametrize("view", VIEWS)
def test_the_dot_file_holds_every_node_and_edge(view):
    seen = recorded("a value used twice")
    drawn = draw(seen, view, Look(LIGHT))
    text = dot(drawn, len(seen.moments) - 1, LIGHT, across=True)
    assert text.count(" -> ") == len(drawn.edges)
    assert all(f"\t{key} [" in text for key in drawn.nodes)
    assert "rankdir=LR" in text
    assert "x" in text


def test_a_summary_counts_what_is_too_much_to_draw():
    seen = trace_graph(write(check("y = x\n" + "y = y * x + 1\n" * 99), input_line.parse("x=1")))
    assert size(seen, "mathematics") > MAX_DRAWN
    assert summary(seen, "mathematics") == {"×": 99, "+ 1": 99, "input": 1}
    assert summary(seen, "autograd")["MulBackward0"] == 99
