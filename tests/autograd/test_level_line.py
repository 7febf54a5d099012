"""Two variables: the gradient, the level line it crosses, and the Hessian."""

import math

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from groundup.autograd import level_line
from groundup.engine import lesson
from groundup.engine.observe import run

LEVEL, SECOND = lesson.load("level_line"), lesson.load("second_order")
SURFACES = {
    "long bowl": lambda w, b: w**2 + 4 * b**2,
    "round bowl": lambda w, b: w**2 + b**2,
    "saddle": lambda w, b: w**2 - b**2,
    "banana valley": lambda w, b: (1 - w) ** 2 + 2 * (b - w**2 / 2) ** 2,
    "waves": lambda w, b: math.sin(w) * math.cos(b),
}
HESSIANS = {
    "long bowl": lambda w, b: [[2, 0], [0, 8]],
    "round bowl": lambda w, b: [[2, 0], [0, 2]],
    "saddle": lambda w, b: [[2, 0], [0, -2]],
    "banana valley": lambda w, b: [[2 + 6 * w**2 - 4 * b, -4 * w], [-4 * w, 4]],
    "waves": lambda w, b: [
        [-math.sin(w) * math.cos(b), -math.cos(w) * math.sin(b)],
        [-math.cos(w) * math.sin(b), -math.sin(w) * math.cos(b)],
    ],
}
places = given(w=st.floats(-4, 4), b=st.floats(-4, 4))


def central(f, w, b, h=1e-5):
    return (
        (f(w + h, b) - f(w - h, b)) / (2 * h),
        (f(w, b + h) - f(w, b - h)) / (2 * h),
    )


def test_both_lessons_offer_the_same_surfaces():
    assert set(LEVEL.choices["surface_of"].parameter.options) == set(SURFACES)
    assert set(SECOND.choices["surface_of"].parameter.options) == set(HESSIANS)


@pytest.mark.parametrize("surface", SURFACES)
@places
@settings(max_examples=60, deadline=None)
def test_the_gradient_is_right_and_crosses_the_level_line_at_right_angles(surface, w, b):
    found = level_line.look(LEVEL.set(surface_of=surface, at_w=w, at_b=b).text)
    assert found.gradient == pytest.approx(central(SURFACES[surface], w, b), rel=1e-6, abs=1e-5)
    assume(math.hypot(*found.gradient) > 0.1)
    assert found.angle == pytest.approx(90, abs=0.6)


@pytest.mark.parametrize("surface", ["long bowl", "round bowl", "saddle"])
def test_where_it_is_flat_there_is_no_arrow_and_the_words_say_so(surface):
    found = level_line.look(LEVEL.set(surface_of=surface, at_w=0.0, at_b=0.0).text)
    assert found.gradient == (0, 0)
    assert found.angle is None
    assert "flat" in level_line.in_words(found)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_walk_downhill_is_the_optimizers(surface):
    text = LEVEL.set(surface_of=surface, at_w=1.5, at_b=-0.5, learning_rate=0.05, steps=7).text
    found = level_line.look(text)
    f = SURFACES[surface]
    w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (1.5, -0.5))
    sgd = torch.optim.SGD([w, b], lr=0.05)
    for place in found.trail:
        assert place == pytest.approx((w.item(), b.item()))
        sgd.zero_grad()
        height = f_in_torch(surface)(w, b)
        height.backward()
        sgd.step()
    assert len(found.trail) == 8
    assert found.end == pytest.approx(f(*found.trail[-1]))
    assert found.gradient == pytest.approx(central(f, 1.5, -0.5), rel=1e-6, abs=1e-5)


def f_in_torch(surface):
    if surface != "waves":
        return SURFACES[surface]
    return lambda w, b: torch.sin(w) * torch.cos(b)


@pytest.mark.parametrize(
    ("settings", "says", "not_said"),
    [
        ({"steps": 0}, "", "After"),
        ({"steps": 1}, "After 1 step: w = 1.6, b = 0.2, f = 2.72.", "**"),
        ({"steps": 30, "learning_rate": 1.0}, "**The walk blew up**", "left the plot"),
        ({"steps": 1, "learning_rate": 0.7}, "**The walk has left the plot.**", "blew up"),
        ({"steps": 1, "learning_rate": 0.26}, "After 1 step", "higher"),
        (
            {"steps": 3, "learning_rate": 0.251, "at_w": 0.0, "at_b": 1.0},
            "**That is higher",
            "left",
        ),
    ],
)
def test_what_is_said_of_the_walk_is_where_it_went(settings, says, not_said):
    found = level_line.look(LEVEL.set(**settings).text)
    told = level_line.about_walk(found)
    assert says in told if says else told == ""
    assert not_said not in told


@pytest.mark.parametrize("surface", HESSIANS)
@places
@settings(max_examples=25, deadline=None)
def test_differentiating_twice_gives_the_closed_form_hessian(surface, w, b):
    finished = run(SECOND.set(surface_of=surface, at_w=w, at_b=b).text)
    assert finished.failure is None
    expected = HESSIANS[surface](w, b)
    for row, right in zip(finished.variables["hessian"].tolist(), expected, strict=True):
        assert row == pytest.approx(right, rel=1e-9, abs=1e-9)
    assert finished.variables["ready_made"].tolist() == finished.variables["hessian"].tolist()


def test_backward_fills_every_leaf_and_grad_returns_what_was_asked_for():
    finished = run(lesson.load("grad_or_backward").text)
    assert finished.variables["w"].grad is None
    assert finished.variables["b"].grad is None
    assert [g.item() for g in finished.variables["answer"]] == [2 * 2 * (2 * 3 + 1)]
    assert "backward() returned None" in finished.output


@pytest.mark.parametrize("scale", [1.0, -2.0, 0.0])
def test_a_hook_sees_the_gradient_and_may_change_it(scale):
    finished = run(lesson.load("gradient_hook").set(scale=scale).text)
    assert "passing y: 12" in finished.output
    assert finished.variables["w"].grad.item() == scale * 12 * 2
