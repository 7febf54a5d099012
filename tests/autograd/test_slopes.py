"""Slopes of curves, preset and typed: autograd against central differences in float64."""

import contextlib
import math

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from groundup.autograd import slopes
from groundup.autograd.walk import in_words
from groundup.engine import lesson
from groundup.figures.autograd import slopes as figures
from groundup.figures.theme import palette
from groundup.language.grammar import ProgramError

SLOPE = lesson.load("slope")
CURVES = {
    "w²": lambda w: w**2,
    "(w − 3)²": lambda w: (w - 3) ** 2,
    "sin w": math.sin,
    "ReLU": lambda w: max(w, 0.0),
    "|w|": abs,
    "sharp valley": lambda w: 20 * (w - 1) ** 2,
    "sigmoid": lambda w: 1 / (1 + math.exp(-w)),
}
"""Each preset once more, in plain Python floats (float64)."""

KINKS = {"ReLU", "|w|"}


def central(function, at, gap=1e-5):
    return (function(at + gap) - function(at - gap)) / (2 * gap)


def look(curve, **settings):
    return slopes.look(SLOPE.set(curve=curve, **settings).text)


def test_every_preset_is_checked_here():
    assert set(SLOPE.choices["curve"].parameter.options) == set(CURVES)


@pytest.mark.parametrize("curve", CURVES)
@settings(max_examples=200, deadline=None)
@given(at=st.floats(-10, 10))
def test_autograd_agrees_with_central_differences_everywhere(curve, at):
    assume(curve not in KINKS or abs(at) > 1e-4)
    found = look(curve, at=at)
    assert found.height == pytest.approx(CURVES[curve](at), rel=1e-12, abs=1e-12)
    assert found.slope == pytest.approx(central(CURVES[curve], at), rel=1e-6, abs=1e-6)
    assert found.disagreement < 1e-6
    assert not found.kink


@pytest.mark.parametrize(
    ("curve", "left", "right", "chosen"), [("ReLU", 0, 1, 0), ("|w|", -1, 1, 0)]
)
def test_a_kink_is_named_with_both_sides_and_what_pytorch_chose(curve, left, right, chosen):
    found = look(curve, at=0.0)
    assert found.kink
    assert (found.left, found.right) == pytest.approx((left, right))
    assert found.slope == chosen
    assert "kink" in slopes.in_words(found)
    assert "nearest to zero" in slopes.in_words(found)


def test_a_kink_where_pytorch_takes_one_side_says_so():
    found = slopes.look(slopes.typed("clamp(w, max=1.5)").text)
    assert (found.kink, found.slope) == (True, 1.0)
    assert "to the left side" in slopes.in_words(found)


@pytest.mark.parametrize("formula", ["1000 * w**2", "exp(3 * w)", "sin(20 * w)", "3 * w", "0 * w"])
def test_a_smooth_curve_however_steep_has_no_kink(formula):
    for at in (-1.5, 0.0, 1.5):
        assert not slopes.look(slopes.typed(formula).set(at=at).text).kink


@given(at=st.floats(-3, 3), rate=st.floats(0.001, 0.4), steps=st.integers(0, 30))
@settings(max_examples=50, deadline=None)
def test_the_walk_downhill_is_gradient_descent(at, rate, steps):
    found = look("w²", at=at, learning_rate=rate, steps=steps)
    expected = [at * (1 - 2 * rate) ** step for step in range(steps + 1)]
    assert found.trail == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert found.heights == pytest.approx([w**2 for w in found.trail])


def test_a_walk_with_too_long_steps_blows_up_and_says_so():
    said = slopes.about_walk(look("sharp valley", at=1.5, learning_rate=0.2, steps=40))
    assert "blew up" in said


@pytest.mark.parametrize(
    ("heights", "says"),
    [
        ((9.0, -5e6), "falls on and on"),
        ((-1.0, -math.inf), "falls on and on"),
        ((9.0, 5e6), "blew up"),
        ((-9.0, math.inf), "blew up"),
        ((2.0, math.nan), "f is no number"),
    ],
)
def test_only_a_walk_that_climbs_is_said_to_take_too_long_steps(heights, says):
    """As 100 * w and -exp(w) do at any rate, a walk may go down for ever."""
    said = in_words(40, "w = 7", heights, inside=False)
    assert says in said
    assert ("too long" in said) == (says == "blew up")


def test_the_curve_and_its_slope_are_drawn_where_autograd_measured_them():
    found = look("sin w")
    assert len(found.ws) == 401
    assert found.curve == pytest.approx([math.sin(w) for w in found.ws])
    assert found.slopes == pytest.approx([math.cos(w) for w in found.ws])


@pytest.mark.parametrize(("at", "expected"), [(0.0, (-4, 4)), (8.0, (-4, 10)), (-40.0, (-50, 4))])
def test_the_plot_follows_w_when_it_stands_far_outside(at, expected):
    assert slopes.view(at) == expected


@pytest.mark.parametrize("at", [1e6, -1e6])
def test_the_farthest_w_of_all_still_has_a_plot(at):
    low, high = slopes.view(at)
    found = look("w²", at=at, low=low, high=high)
    assert found.ws[0] < at < found.ws[-1]


TYPED = {
    "w**3 / 4 - w": lambda w: w**3 / 4 - w,
    "sin(w) * exp(-w**2 / 8)": lambda w: math.sin(w) * math.exp(-(w**2) / 8),
    "torch.tanh(w) + F.softplus(w)": lambda w: math.tanh(w) + math.log1p(math.exp(w)),
    "w.sigmoid().log()": lambda w: -math.log1p(math.exp(-w)),
    "-w": lambda w: -w,
}


@pytest.mark.parametrize("formula", TYPED)
@given(at=st.floats(-4, 4))
@settings(max_examples=40, deadline=None)
def test_a_typed_curve_is_the_function_it_says(formula, at):
    found = slopes.look(slopes.typed(formula).set(at=at).text)
    assert found.height == pytest.approx(TYPED[formula](at), rel=1e-9, abs=1e-12)
    assert found.slope == pytest.approx(central(TYPED[formula], at), rel=1e-6, abs=1e-6)


def test_a_typed_curve_stands_in_the_text_and_runs_by_itself():
    text = slopes.typed("sin(w) / 2").text
    assert "    return sin(w) / 2\n" in text
    namespace = {}
    exec(text, namespace)
    assert namespace["slope"] == pytest.approx(math.cos(1.5) / 2)


REFUSED = {
    "": "no curve yet",
    "   ": "no curve yet",
    "x * 2": "x has no value here",
    "3": "no tensor",
    "w.mean()": "mean does not treat each w by itself",
    "w @ w": r"\*",
    "w\nimport os": "one line",
    "w # note": "one line",
    "w; w": "cannot be used here",
    "w = 3": "a single name",
    "w)": "not Python",
    ")+open('x'": "not Python",
    "__import__('os').system('true')": "cannot be called",
    "().__class__": "is not in this language",
    "open('/etc/passwd')": "cannot be called",
    "w.numpy()": "cannot be called",
    "w.data": "is not in this language",
    "lambda: w": "lambda is not",
    "[w for w in w]": "comprehension",
    "w if w else 1": "if … else",
    "yield w": "is not in this language",
    "w + 9**9**9": "too large",
    "w" + " + w" * 80: "200 characters",
    "pow(w, 2, 3)": "PyTorch says",
    "torch.tensor([1.0]) * w": "tensor does not treat",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_curve_is_refused_with_a_sentence(text):
    with pytest.raises(ProgramError, match=REFUSED[text]):
        slopes.typed(text)


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_curve_or_refused_and_nothing_else_happens(text):
    with contextlib.suppress(ProgramError):
        made = slopes.typed(text)
        assert slopes.look(made.text).at == 1.5
    assert torch.is_grad_enabled()


def test_a_curve_that_is_nan_everywhere_is_known_to_be_empty():
    found = slopes.look(slopes.typed("sqrt(-1 - w**2)").text)
    assert found.empty
    assert "NaN" in slopes.in_words(found)


@pytest.mark.parametrize("formula", ["log(w)", "1 / w", "exp(exp(exp(w)))", "sqrt(w)", "0 * w + 1"])
@pytest.mark.parametrize("at", [-1.5, 0.0, 4.0])
def test_curves_with_holes_and_cliffs_can_be_drawn(formula, at):
    found = slopes.look(slopes.typed(formula).set(at=at, steps=3).text)
    figure = figures.curve_and_slope(found, palette(dark=False))
    assert all(math.isfinite(end) for end in figure.layout.yaxis.range)
    assert figures.in_words(found)
