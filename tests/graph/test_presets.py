"""What each preset says there is to see, is there."""

from contextlib import nullcontext

import pytest
import torch

from groundup.graph import input_line
from groundup.graph.explanation import explain
from groundup.graph.nodes import ACCUMULATE
from groundup.graph.presets import PRESETS
from groundup.graph.recording import trace_graph
from groundup.graph.script import write
from groundup.language.program import check


def seen(title):
    preset = PRESETS[title]
    return trace_graph(write(check(preset.text), input_line.parse(preset.inputs)))


def gradient(recording, name):
    return recording.gradients[name].numbers


def value(recording, name):
    return next(i.value.numbers for i in reversed(recording.items) if name in i.names)


@pytest.mark.parametrize("title", PRESETS)
def test_the_text_that_is_taken_home_gives_the_numbers_of_the_page(title):
    run = seen(title)
    namespace = {}
    with pytest.raises(RuntimeError) if run.failure else nullcontext():
        exec(run.script.text, namespace)
    for name, kept in run.gradients.items():
        grad = namespace[name].grad
        assert (grad is None) == (kept is None)
        assert kept is None or tuple(grad.flatten().tolist()) == kept.numbers


def test_a_sum_passes_its_gradient_to_both():
    run = seen("z = x·(a + b)")
    assert gradient(run, "a") == gradient(run, "b")


def test_data_gets_no_node_that_would_collect_a_gradient_and_is_a_leaf_all_the_same():
    run = seen("one neuron")
    assert {n.variable for n in run.nodes} == {"w", "b", ""}
    namespace = {}
    exec(run.script.text, namespace)
    assert namespace["x"].is_leaf
    assert namespace["x"].grad is None


@pytest.mark.parametrize("title", PRESETS)
def test_as_many_collecting_nodes_are_told_of_as_a_line_made(title):
    run = seen(title)
    if run.failure:
        return
    for place, moment in enumerate(run.moments):
        if moment.kind != "forward":
            continue
        told = " ".join(explain(run, place).lines)
        made = [n for n in run.nodes if n.name == ACCUMULATE and n.line == moment.line]
        assert ("`AccumulateGrad` nodes, one each" in told) == (len(made) > 1)
        if len(made) > 1:
            assert f"made {len(made)} `" in told


def test_the_training_loops_w_and_b_sum_over_three_examples():
    x, w, b, t = torch.tensor([-1.0, 0, 1]), -1.0, 0.0, torch.tensor([-1.0, 1, 3])
    slope = 2 * (w * x + b - t) / 3
    run = seen("loss of the training loop")
    assert gradient(run, "w") == pytest.approx([float((slope * x).sum())])
    assert gradient(run, "b") == pytest.approx([float(slope.sum())])


def test_three_ways_lead_to_a_value_used_twice():
    assert [chain.count for chain in seen("a value used twice").chains.values()] == [3]


def test_the_gradient_of_softmax_cross_entropy_is_p_minus_target():
    run = seen("softmax cross-entropy")
    difference = [p - t for p, t in zip(value(run, "p"), value(run, "target"), strict=True)]
    assert gradient(run, "logits") == pytest.approx(difference, abs=1e-6)


def test_the_in_place_change_fails_in_the_node_that_saved():
    run = seen("an in-place change")
    assert "inplace" in run.failure.message
    assert [run.node(visit.node).name for visit in run.visits] == ["MulBackward0", "AddBackward0"]


def test_detach_hides_part_of_the_derivative():
    # z = x² + x²·x, of which autograd sees x² + 9·x at x = 3.
    assert gradient(seen("detach() cuts the graph"), "x") == (15.0,)


def test_behind_a_relu_that_is_off_every_gradient_is_zero():
    run = seen("a ReLU that is off")
    assert gradient(run, "w") == gradient(run, "b") == (0.0,)


def test_the_gradient_shrinks_from_b2_to_b1():
    run = seen("two layers of tanh")
    assert max(map(abs, gradient(run, "b1"))) < max(map(abs, gradient(run, "b2")))


def test_a_matrix_products_gradients_are_matrix_products():
    run = seen("matrices")
    a, b, c = (torch.tensor(value(run, n)).reshape(2, 2) for n in "ABC")
    upstream = c.t()
    assert gradient(run, "A") == tuple((upstream @ b.t()).flatten().tolist())
    assert gradient(run, "B") == tuple((a.t() @ upstream).flatten().tolist())
