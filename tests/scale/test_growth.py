"""What a timing means, on points whose law is known."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.scale import architecture, growth, measure, sentences
from groundup.scale.measure import Point


@settings(deadline=None)
@given(
    rate=st.floats(0.5, 4), start=st.floats(1e-6, 1e-2), count=st.integers(2, len(measure.WIDTHS))
)
def test_the_fitted_slope_is_the_power_law_it_was_given(rate, start, count):
    widths = measure.WIDTHS[:count]
    made = [Point(w, 4 * w, 1, start * w**rate / 2, start * w**rate / 2) for w in widths]
    assert growth.slope(made) == pytest.approx(rate, abs=1e-9)
    assert growth.line(made, [8192])[0] == pytest.approx(start * 8192**rate, rel=1e-9)


def test_one_point_has_no_slope():
    assert math.isnan(growth.slope([Point(64, 224, 1, 1.0, 1.0)]))


def test_a_step_of_a_model_takes_its_flops_over_the_rate():
    a = architecture.Architecture(100, 32, 64, 2, 4, 2)
    assert growth.step_seconds(a, 10, 5, 1e9) == architecture.step_flops(a, 10, 5) / 1e9


def _points(tokens, exponent, widths):
    return [Point(w, 4 * w, tokens, w**exponent * 1e-9, w**exponent * 2e-9) for w in widths]


def test_a_fit_uses_the_larger_half_and_reaches_to_the_widest_width():
    groups = growth.by_tokens([*_points(1, 2, (64, 128, 256, 512)), *_points(128, 2, (64,))])
    found = growth.fits(groups)
    assert list(found) == [1]
    assert found[1].widths == [256, 512, 1024, 2048, 4096]
    assert found[1].reach == 512
    assert found[1].seconds[-1] == pytest.approx(4096**2 * 3e-9)


def test_points_mean_something_once_both_numbers_of_tokens_were_timed():
    one, many = _points(1, 2, (64, 128)), _points(128, 2, (64,))
    assert growth.meaning(growth.by_tokens(one)) is None
    found = growth.meaning(growth.by_tokens([*one, *many]))
    assert (found.width, found.ratio) == (64, 1.0)
    assert found.rate == many[0].flops_per_second
    # The wider block was timed with one token alone so far: what is said is all of one width.
    assert (found.read, found.bytes_per_second) == (one[0].bytes_read, one[0].bytes_per_second)


def test_a_training_step_takes_three_times_its_forward_flops():
    step = growth.training_step("Llama 3 8B", 2_048, 1e12)
    assert step.flops == pytest.approx(3 * 2_048 * step.forward)
    assert step.seconds == pytest.approx(step.flops / 1e12)
    assert step.bytes > 16 * 8e9


@pytest.mark.parametrize(
    ("width", "seconds", "says", "never"),
    [
        (64, 2e-5, "says little of its memory", "may not fit"),
        (128, 2e-5, "says little of its memory", "may not fit"),
        (2_048, 1e-2, "may not fit", "says little"),
        (64, 200 * 1e-6, "take 200 times as long as one. ", "not 128 times"),
    ],
)
def test_what_one_token_waits_for_depends_on_the_bytes_it_reads(width, seconds, says, never):
    alone = Point(width, int(3.5 * width), 1, 5e-7, 5e-7)
    many = Point(width, int(3.5 * width), 128, seconds / 2, seconds / 2)
    found = growth.meaning(growth.by_tokens([alone, many]))
    said = sentences.one_or_many(found)
    assert says in said
    assert never not in said
    assert found.read == 4 * 2 * width * int(3.5 * width)


@pytest.mark.parametrize(
    ("difference", "bend", "says"),
    [
        (1e-6, "nothing", "*is* rounding"),
        (1e-6, "ReLU", "bent nothing that could be seen"),
        (0.5, "GELU", "no single matrix bends"),
    ],
)
def test_whether_an_activation_bends_is_read_from_the_difference(difference, bend, says):
    assert says in sentences.collapse(difference, 1e-7, bend)


@pytest.mark.parametrize(
    ("last", "toy", "says"),
    [
        (0.09, False, "follow the wave, and leave 20 % of that."),
        (0.3, False, "better than a line, and does not follow"),
        (0.5, False, "no better than that"),
        (math.nan, False, "no better than that"),
        (0.5, True, "can do no better"),
    ],
)
def test_what_a_training_came_to_is_read_from_its_loss(last, toy, says):
    said = sentences.trained(200, last, 0.45, toy=toy)
    assert says in said
    assert said.startswith("The loss of epoch 200 is ")
    assert sentences.trained(1, last, 0.45, toy=toy).startswith("The loss of epoch 1 is ")
    assert ("block" in sentences.diverged(toy=toy)) is not toy
