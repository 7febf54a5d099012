"""What is told of a run is what the text does by itself: its numbers, its graph, its failure."""

import math

import pytest
import torch

from groundup.engine.failures import Failure
from groundup.engine.trace import TraceLimits, trace
from groundup.your_code.examples import EXAMPLES
from groundup.your_code.running import Way, for_visitors, graphs_at, ran

LOOP = EXAMPLES["A line, by hand"].text
RAISES = EXAMPLES["One that raises"].text


def run(text):
    return ran(text, for_visitors())


def executed(text):
    """The text's own variables, by plain Python."""
    names = {}
    exec(compile(text, "<plain>", "exec"), names)
    return names


def test_the_numbers_of_a_loop_are_those_of_the_plain_script():
    text = LOOP.replace("loss.backward()", "seen.append(loss.item())\n    loss.backward()")
    seen = executed(text.replace("torch.manual_seed(0)", "torch.manual_seed(0)\nseen = []"))["seen"]
    (loop,) = run(LOOP).numbers
    assert (loop.target, loop.count, loop.passes[:2]) == ("epoch", 40, ((0,), (1,)))
    assert loop.columns["loss"] == seen
    assert {"w", "b", "w.grad", "b.grad"} <= set(loop.columns)
    assert set(loop.columns["w.grad"]) == {0.0}


def test_of_loops_in_each_other_each_has_its_numbers():
    text = (
        "import torch\ntotal = 0\nfor i in range(3):\n    mean = i / 2\n    for j in range(2):\n"
        "        total += 10 * i + j\n        if j:\n            late = j\n"
    )
    outer, inner = run(text).numbers
    assert outer.columns["mean"] == [0, 0.5, 1]
    assert outer.columns["total"] == [1, 22, 63]
    assert inner.passes == ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1))
    assert inner.columns["total"] == [0, 1, 11, 22, 42, 63]
    late = inner.columns["late"]
    assert math.isnan(late[0])
    assert late[1:] == [1] * 5
    assert outer.target not in outer.columns


def walked(root):
    """Every node behind ``root`` and the pairs that lead from one to the next, by torch alone."""
    nodes, waiting = [root], [root]
    for node in waiting:
        new = [n for n, _ in node.next_functions if n is not None and n not in nodes]
        nodes += new
        waiting += new
    pairs = [(a.name(), b.name()) for a in nodes for b, _ in a.next_functions if b is not None]
    return sorted(node.name() for node in nodes), sorted(set(pairs))


def short(names):
    return sorted(name.rpartition("::")[2] for name in names)


@pytest.mark.parametrize("name", ["A line, by hand", "XOR with nn.Module", "Logistic regression"])
def test_the_graph_is_the_one_that_torch_has(name):
    graph = run(EXAMPLES[name].text).graphs[0]
    names, pairs = walked(executed(EXAMPLES[name].text)["loss"].grad_fn)
    assert graph.root == "loss"
    assert sorted(node.name for node in graph.nodes) == short(names)
    told = {(graph.nodes[a].name, graph.nodes[b].name) for a, b in graph.edges}
    assert told == {(a.rpartition("::")[2], b.rpartition("::")[2]) for a, b in pairs}


def test_leaves_and_results_have_the_names_of_the_text():
    graph = run(EXAMPLES["XOR with nn.Module"].text).graphs[0]
    leaves = {node.variable: node.shape for node in graph.nodes if node.name == "AccumulateGrad"}
    parameters = executed(EXAMPLES["XOR with nn.Module"].text)["model"].named_parameters()
    assert leaves == {f"model.{path}": tuple(one.shape) for path, one in parameters}
    assert graph.nodes[0].variable == "loss"


def test_a_graph_inside_a_function_is_that_of_its_backward():
    text = (
        "import torch\ndef f():\n    w = torch.tensor(2.0, requires_grad=True)\n    y = w * w\n"
        "    y.backward()\n    return w.grad\nprint(f())\n"
    )
    (graph,) = run(text).graphs
    assert [node.name for node in graph.nodes] == ["MulBackward0", "AccumulateGrad"]
    assert graph.root == "what backward() began at"


def test_a_graph_of_too_many_nodes_is_counted_and_not_kept():
    text = "import torch\nx = torch.ones(1, requires_grad=True)\n" + "x = x + 1\n" * 80
    (graph,) = run(text).graphs
    assert graph.nodes == ()
    assert graph.count > 60


def test_the_graph_at_a_moment_is_the_one_that_torch_has_then():
    lines = [
        "import torch",
        "w = torch.tensor(2.0, requires_grad=True)",
        "a = w * 3",
        "loss = (a + 1) ** 2",
        "loss.backward()",
        "a = w + w.detach()",
    ]
    text = "\n".join(lines)
    for number, moment in enumerate(trace(text).moments):
        names = executed("\n".join(lines[: number + 1]))
        there = [n for n in ("loss", "a") if n in names]
        assert {graph.root: len(graph.nodes) for graph in graphs_at(text, moment)} == {
            name: len(walked(names[name].grad_fn)[0]) for name in there
        }


def test_a_run_leaves_no_mode_behind():
    run(LOOP)
    run(RAISES)
    assert torch._C._len_torch_function_stack() == 0


def test_the_part_that_failed_is_told_with_its_shapes():
    told = run(RAISES)
    line = RAISES.split("\n")[told.part.line - 1]
    assert line[told.part.column - 1 : told.part.end_column - 1] == told.part.written
    assert (told.part.written, told.part.function) == ("self.out(h)", "forward")
    shapes = {one.written: one.worth for one in told.part.operands}
    assert shapes == {
        "h": "(40, 8) float32",
        "self.out.weight": "(1, 4) float32",
        "self.out.bias": "(1,) float32",
    }
    with pytest.raises(RuntimeError) as caught:
        executed(RAISES)
    assert told.end.failure == Failure(told.part.line, "RuntimeError", str(caught.value))


@pytest.mark.parametrize(
    ("line", "written", "operands"),
    [
        ("(a + 1) @ b", "(a + 1) @ b", {"a + 1": "(2, 3) float32", "b": "(4,) float32"}),
        ("a[5, 0]", "a[5, 0]", {"a": "(2, 3) float32"}),
        ("a.view(4)", "a.view(4)", {"a": "(2, 3) float32", "4": ""}),
        ("torch.cat([a, b])", "torch.cat([a, b])", {}),
    ],
)
def test_an_operator_is_told_with_what_it_was_given(line, written, operands):
    part = run(f"import torch\na = torch.ones(2, 3)\nb = torch.ones(4)\nc = {line}\n").part
    assert part.written == written
    told = {one.written: one.worth for one in part.operands}
    assert {name: worth for name, worth in operands.items() if worth}.items() <= told.items()


def test_what_ends_well_has_no_failing_part():
    assert run(LOOP).part is None
    assert run("").end.state == "finished"


def test_a_bound_that_is_reached_is_an_end_in_words():
    way = for_visitors()
    short_way = Way(way.check, way.trace, way.parts, TraceLimits(moments=50, passes=1))
    told = ran("x = 0\n" * 60, short_way)
    assert told.end.state == "stopped"
    assert told.end.words


def test_a_text_that_is_no_python_is_refused_and_nothing_is_run():
    told = run("print('here')\nx = (\n")
    assert told.refusals
    assert told.end is None
    assert told.output == ""


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_does_what_its_title_says(name):
    told = run(EXAMPLES[name].text)
    assert told.refusals == ()
    assert told.end.state == ("failed" if name == "One that raises" else "finished")


def test_the_silently_wrong_one_learns_less_than_its_healthy_twin():
    names = ("One that is silently wrong", "XOR with nn.Module")
    wrong, healthy = (executed(EXAMPLES[name].text) for name in names)
    assert wrong["loss"] > 2 * healthy["loss"]
