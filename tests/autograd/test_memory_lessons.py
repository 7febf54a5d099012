"""Devices and NumPy: what is copied, what is shared, and what torch refuses."""

import pytest
import torch

from groundup.engine.lesson import load
from groundup.engine.observe import run
from groundup.figures.tensors.storage import storage_picture
from groundup.tensors import views
from groundup.tensors.lessons import NEW_VALUE


def test_moving_makes_a_new_tensor_and_staying_makes_none():
    moved = run(load("move_device").set(target="meta").text).variables
    assert moved["moved"].is_meta
    assert not moved["t"].is_meta
    assert "new tensor" in views.moving(moved)
    stayed = run(load("move_device").set(target="cpu").text).variables
    assert stayed["moved"] is stayed["t"]
    assert "the same tensor" in views.moving(stayed)
    # What the lesson's comment says of a parameter, and of a model's.
    assert stayed["w"].to("cpu") is stayed["w"]
    assert not stayed["w"].to("meta").is_leaf
    assert torch.nn.Linear(1, 1).to("meta").weight.is_leaf


@pytest.mark.parametrize(
    ("meeting", "refused"),
    [
        ("here + there", "RuntimeError"),
        ("here + there.to('cpu')", "NotImplementedError"),
        ("here.to(elsewhere) + there", None),
    ],
)
def test_tensors_meet_on_one_device_only_and_meta_gives_no_numbers_back(meeting, refused):
    done = run(load("mix_devices").set(meeting=meeting).text)
    assert (done.failure.kind if done.failure else None) == refused


@pytest.mark.parametrize("to_numpy", ["t.numpy()", "t.numpy().copy()", "t.clone().numpy()"])
@pytest.mark.parametrize("from_numpy", ["torch.from_numpy(array)", "torch.tensor(array)"])
@pytest.mark.parametrize("write_into", ["t", "array", "back"])
def test_an_edit_reaches_those_that_share_its_memory_and_no_other(to_numpy, from_numpy, write_into):
    settings = {"to_numpy": to_numpy, "from_numpy": from_numpy, "write_into": write_into}
    three = views.bridge(run(load("numpy_bridge").set(**settings).text).variables)
    linked = [{"t", "array"}] if to_numpy == "t.numpy()" else []
    linked += [{"array", "back"}] if from_numpy == "torch.from_numpy(array)" else []
    reached = {write_into}
    for _ in linked:
        for group in linked:
            reached |= group if group & reached else set()
    assert {name for name, x in three.items() if NEW_VALUE in x.flatten().tolist()} == reached
    panels = storage_picture(three, NEW_VALUE, pick=False).panels
    strips = [panel for panel in panels if panel["places"]]
    assert len(strips) == 3 - len(linked)
    copies = views.bridge_sentence(three).count("a copy")
    assert copies == 2 - len(linked)


def test_numpy_brings_float64_and_the_product_refuses_it_until_they_agree():
    left = run(load("numpy_dtype").set(agree="leave it").text)
    assert left.variables["X"].dtype == torch.float64
    assert left.failure.kind == "RuntimeError"
    for way in load("numpy_dtype").parameters["agree"].options:
        if way != "leave it":
            y = run(load("numpy_dtype").set(agree=way).text).variables["y"]
            assert y.flatten().tolist() == [0.5, 2.5, 4.5]


def test_a_parameter_becomes_an_array_only_when_it_has_left_the_graph():
    assert run(load("numpy_grad").set(ask_by="w.numpy()").text).failure.kind == "RuntimeError"
    array = run(load("numpy_grad").text).variables["array"]
    assert array.tolist() == [1.0, 2.0, 3.0]
