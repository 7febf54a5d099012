"""The ways out of the graph do what the table says, and tracking keeps what it must keep."""

import pytest
import torch

from groundup.autograd import ways_out
from groundup.engine import lesson
from groundup.engine.observe import run

WAYS = {way.name: way for way in ways_out.every_way()}


def test_every_way_of_the_lesson_is_in_the_table():
    assert list(WAYS) == list(lesson.load("way_out").choices["way"].parameter.options)


def test_only_staying_in_is_tracked_and_trains_w():
    assert [n for n, way in WAYS.items() if way.tracked] == ["stay in"]
    assert [n for n, way in WAYS.items() if way.w_grad] == ["stay in"]


def test_all_ways_start_from_one_expression_and_give_one_number():
    for name in WAYS:
        text = lesson.load("way_out").set(way=name).text
        assert text.count("3 * w") == 1
        out = run(text).variables["out"]
        assert (out if isinstance(out, float) else out.item()) == 6


def test_only_the_plain_number_has_a_memory_of_its_own():
    assert [n for n, way in WAYS.items() if not way.shared] == ["item()"]
    value = 3 * torch.tensor(2.0, requires_grad=True)
    assert value.detach().data_ptr() == value.data_ptr()


def test_item_returns_a_plain_number():
    assert {n: way.returned for n, way in WAYS.items()}["item()"] == "float"


def test_only_an_inference_tensor_stops_training():
    assert [n for n, way in WAYS.items() if way.failure] == ["inference_mode()"]
    with torch.inference_mode():
        out = torch.ones(1)
    with pytest.raises(RuntimeError) as raised:
        _ = out * torch.ones(1, requires_grad=True)
    assert WAYS["inference_mode()"].failure.message == str(raised.value)


@pytest.mark.parametrize("name", WAYS)
def test_no_way_out_leaves_the_grad_mode_switched(name):
    ways_out.follow(name)
    assert torch.is_grad_enabled()
    assert not torch.is_inference_mode_enabled()


def test_an_unknown_way_is_refused():
    with pytest.raises(ValueError, match="must be one of stay in"):
        ways_out.follow("teleport")


@pytest.mark.parametrize(("layers", "batch", "width"), [(1, 1, 1), (4, 8, 16), (16, 64, 32)])
def test_tracking_keeps_one_float32_activation_for_each_layer_and_no_tracking_none(
    layers, batch, width
):
    # ReLU keeps its result, and the next matmul keeps the same tensor.
    for kept in ways_out.kept_memory(layers, batch, width):
        assert kept.tracked == kept.layers * batch * width * 4
        assert kept.untracked == 0


def test_the_largest_sizes_are_bounded():
    most = lesson.load("kept_memory").parameters
    activations = most["layers"].high * most["batch"].high * most["width"].high * 4
    weights = most["layers"].high * most["width"].high ** 2 * 4
    assert activations + weights < 20e6
    with pytest.raises(ValueError, match="layers = 1000 is not allowed"):
        ways_out.kept_memory(1000, 1, 1)
