"""What is said of each tensor after each line is what torch itself says of it."""

import ast
import contextlib
import itertools
import math
import re
from urllib.parse import unquote

import pytest
import torch

from groundup.autograd import tracking
from groundup.autograd.tracking import GRADIENT, NO_GRADIENT, ZERO
from groundup.engine import lesson
from groundup.figures.autograd import tracking as cards
from groundup.figures.theme import palette

SWITCH = lesson.load("switch")
SWITCHES = list(itertools.product([False, True], repeat=3))


def watched(*edits, x=False, w=True, b=True):
    program = SWITCH.set(track_x=x, track_w=w, track_b=b)
    for edit in edits:
        program = program.edit(edit)
    return tracking.track_run(program.text)


@pytest.mark.parametrize("switches", SWITCHES)
def test_tracking_spreads_from_any_operand_to_the_result(switches):
    found = watched(**dict(zip("xwb", switches, strict=True)))
    last = found.moments[-1].tensors
    assert [last[n].seen.requires_grad for n in "xwb"] == list(switches)
    assert last["y"].seen.requires_grad == last["loss"].seen.requires_grad == any(switches)
    assert (found.failure is None) == any(switches)


@pytest.mark.parametrize("switches", SWITCHES)
def test_every_fact_is_what_the_script_itself_finds(switches):
    program = SWITCH.set(**dict(zip(("track_x", "track_w", "track_b"), switches, strict=True)))
    namespace = {}
    # With every switch off backward() raises, and what was made before it stays.
    with contextlib.suppress(RuntimeError):
        exec(program.text, namespace)
    for name, one in tracking.track_run(program.text).moments[-1].tensors.items():
        tensor = namespace[name]
        assert one.seen.is_leaf == tensor.is_leaf
        assert one.seen.version == tensor._version
        assert one.seen.retains_grad == tensor.retains_grad
        assert bool(one.seen.grad_fn) == (tensor.grad_fn is not None)
        if tensor.is_leaf:
            assert (one.gradient == NO_GRADIENT) == (tensor.grad is None)


def test_the_gradients_are_the_closed_form():
    last = watched("keep_y", x=True).moments[-1].tensors
    x, w, b = torch.tensor([1.0, 2.0, 3.0]), 2.0, 0.5
    error = 2 * (x * w + b - 1) / 3
    assert last["y"].seen.grad == str([[f"{e:.4g}"] for e in error.tolist()]).replace("'", "")
    assert last["w"].seen.grad == f"[[{(error * x).sum().item():.4g}]]"
    assert last["b"].seen.grad == f"[{error.sum().item():.4g}]"


def test_none_and_zero_are_different_things():
    assert watched().moments[0].tensors["x"].gradient == NO_GRADIENT
    assert watched("zero_w").moments[-1].tensors["w"].gradient == ZERO
    assert watched("forget_b").moments[-1].tensors["b"].gradient == NO_GRADIENT
    assert watched().moments[-1].tensors["w"].gradient == GRADIENT
    colours = palette(dark=False)
    shown = [cards.cards(watched(*e).moments[-1], {}, {}, colours) for e in ((), ("zero_w",))]
    assert "(zeros)" in shown[1]
    assert "(zeros)" not in shown[0]


def test_an_update_in_place_counts_one_version_up_and_is_marked():
    moments = watched("update_w").moments
    assert tracking.changes(moments[-2], moments[-1])["w"] == {"value", "version"}
    assert moments[-1].tensors["w"].seen.version == 1


@pytest.mark.parametrize("edit", ["keep_y", "update_w", "zero_w"])
def test_with_every_switch_off_the_added_line_fails_in_torchs_own_words(edit):
    found = watched(edit, x=False, w=False, b=False)
    assert found.moments[-1].failed
    assert found.failure.line == found.moments[-1].line
    assert found.failure.message


def test_where_a_gradient_goes():
    last = watched("keep_y").moments[-1].tensors
    said = {name: tracking.destiny(one) for name, one in last.items()}
    assert "not tracked" in said["x"]
    assert "w.grad" in said["w"]
    assert "keeps a copy" in said["y"]
    assert "not kept" in said["loss"]


def test_operands_come_from_the_text():
    assert watched().operands == {"x": (), "w": (), "b": (), "y": ("x", "w", "b"), "loss": ("y",)}


def test_edges_are_solid_where_tracked_and_dashed_where_not():
    found = watched()
    html = unquote(cards.cards(found.moments[-1], found.operands, {}, palette(dark=True)))
    lines = dict(re.findall(r'<line class="(.*?)"(.*?)/>', html))
    assert set(lines) == {"x-y", "w-y", "b-y", "y-loss"}
    assert "dasharray" in lines["x-y"]
    assert "dasharray" not in lines["w-y"]
    # From the middle of the first of three cards to the middle of the only one of the next column.
    assert 'y1="0.5" y2="1.5"' in lines["x-y"]


@pytest.mark.parametrize("shape", [(), (1,), (4,), (3, 1), (1, 3), (2, 2), (1, 2, 2), (1, 1, 1)])
def test_a_small_tensor_is_written_in_the_brackets_of_its_shape(shape):
    tensor = torch.arange(math.prod(shape)).reshape(shape) - 1.5
    read = ast.literal_eval(tracking.written(tensor).replace("−", "-"))
    assert torch.equal(torch.tensor(read), tensor)
    assert torch.tensor(read).shape == shape


def test_a_larger_tensor_says_how_many_numbers_it_has():
    assert tracking.written(torch.zeros(5, 2)) == "0, 0, 0, 0, … (5×2)"
