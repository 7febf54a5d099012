"""Gradients add up until they are cleared, and clearing leaves None or zero."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.autograd import accumulation
from groundup.engine import lesson
from groundup.engine.observe import run
from groundup.engine.snapshot import number
from groundup.figures.autograd import accumulation as figures
from groundup.figures.theme import palette

ADDING = lesson.load("adding_up")
BETWEEN = ADDING.choices["between"].parameter.options
KEEPS = "nothing"


def gradients(w, calls):
    """d/dw (w x − 1)² = 2 x (w x − 1), for x = 1, 2, 3 …"""
    return [2 * x * (w * x - 1) for x in range(1, calls + 1)]


@given(calls=st.integers(1, 12), w=st.integers(-10, 10))
@settings(max_examples=40, deadline=None)
def test_each_call_contributes_its_own_gradient_and_nothing_is_lost(calls, w):
    found = accumulation.calls(ADDING.set(calls=calls, start_w=float(w)).text)
    expected = gradients(w, calls)
    assert [call.contribution for call in found] == expected
    assert [call.grad for call in found] == [sum(expected[: n + 1]) for n in range(calls)]
    assert found[0].grad_before is None


@pytest.mark.parametrize("between", [way for way in BETWEEN if way != KEEPS])
def test_cleared_in_between_each_call_stands_alone(between):
    found = accumulation.calls(ADDING.set(calls=4, between=between).text)
    assert [call.grad for call in found] == gradients(3.0, 4)


@pytest.mark.parametrize(
    ("between", "left"),
    [
        (KEEPS, 4.0),
        ("w.grad.zero_()", 0.0),
        ("w.grad = None", None),
        ("zero_grad()", None),
        ("zero_grad(set_to_none=False)", 0.0),
    ],
)
def test_what_clearing_leaves_is_none_or_zero_and_they_differ(between, left):
    assert accumulation.calls(ADDING.set(calls=1, between=between).text)[0].left == left


def test_the_table_of_ways_is_what_torch_does():
    for way in accumulation.ways_to_clear():
        w = torch.tensor(3.0, requires_grad=True)
        optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.9)
        (w**2).backward()
        optimizer.step()
        before = w.item()
        w.grad = None if way.left is None else torch.zeros_like(w)
        optimizer.step()
        assert way.moved == pytest.approx(w.item() - before)
        assert way.same_memory == (way.left is not None)


def heights(between, calls=3):
    found = accumulation.calls(ADDING.set(calls=calls, between=between).text)
    return figures.blocks(found), found


def in_bar(drawn, place):
    return sum(row[place] is not None for row in drawn[0])


@pytest.mark.parametrize("between", BETWEEN)
def test_the_blocks_of_each_bar_add_up_to_the_gradient(between):
    blocks, found = heights(between, 5)
    for place, call in enumerate(found):
        assert sum(row[place] or 0 for row in blocks) == call.grad


def test_blocks_pile_up_only_where_nothing_clears_them():
    assert [in_bar(heights(KEEPS), place) for place in range(3)] == [1, 2, 3]
    assert [in_bar(heights("w.grad.zero_()"), place) for place in range(3)] == [1, 1, 1]


def test_contributions_that_cancel_are_still_two_blocks():
    # 2 (w − 1) + 4 (2 w − 1) = 10 w − 6 is zero at w = 0.6; float32 leaves no more than rounding.
    found = accumulation.calls(ADDING.set(calls=3, start_w=0.6).text)
    assert abs(found[1].grad) < 1e-6
    assert [row[2] is not None for row in figures.blocks(found)] == [True, True, True]


def test_the_stack_names_each_call_and_its_sum():
    found = accumulation.calls(ADDING.text)
    figure = figures.stack(found, palette(dark=True))
    assert [trace.name for trace in figure.data] == ["from call 1", "from call 2", "from call 3"]
    assert "72" in figures.in_words(found)
    # What finds no room at a size that can be read is left out.
    assert (figure.layout.uniformtext.minsize, figure.layout.uniformtext.mode) == (12, "hide")


@given(w=st.floats(-10, 10, width=32))
@settings(max_examples=40, deadline=None)
def test_a_parameter_used_twice_gets_the_sum_of_both_places(w):
    found = run(lesson.load("used_twice").set(start_w=w).text).variables
    assert found["from_first"].item() == 3
    assert found["from_second"].item() == pytest.approx(2 * w)
    assert found["w"].grad.item() == pytest.approx(3 + 2 * w, rel=1e-5, abs=1e-5)


@given(
    batches=st.integers(1, 16),
    size=st.integers(1, 64),
    seed=st.integers(0, 999_999),
    dtype=st.sampled_from(["float32", "float64"]),
)
@settings(max_examples=60, deadline=None)
def test_mini_batches_add_up_to_the_big_batch(batches, size, seed, dtype):
    program = lesson.load("mini_batches").set(batches=batches, size=size, seed=seed, dtype=dtype)
    found = run(program.text).variables
    rounding = torch.finfo(getattr(torch, dtype)).eps
    assert found["difference"] <= 100 * rounding * max(1.0, abs(found["big"]))


def test_without_the_division_the_sum_is_as_many_times_too_large():
    program = lesson.load("mini_batches").set(batches=4, dtype="float64").edit("forget_division")
    found = run(program.text).variables
    assert found["w"].grad.item() == pytest.approx(4 * found["big"])


@pytest.mark.parametrize(("count", "start"), [(1, 3.0), (3, 3.0), (2, 1 / 3), (4, 0.0), (12, -2.5)])
def test_what_is_said_of_the_blocks_are_the_derivatives_at_each_x(count, start):
    """At w = 1/3 two of them are equal, so that the blocks differ cannot be said."""
    seen = accumulation.calls(lesson.load("adding_up").set(calls=count, start_w=start).text)
    assert [call.x for call in seen] == [n + 1 for n in range(count)]
    told = accumulation.about_blocks(seen)
    shown = [number(one) for one in gradients(start, count)][:6]
    assert told == "" if count == 1 else f"add {', '.join(shown)}" in told
    assert "differ" not in told
