"""Rise over run: the text without autograd against closed forms, and against backward()."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.autograd import rise, slopes
from groundup.engine import lesson
from groundup.engine.check import every_way
from groundup.engine.snapshot import number
from groundup.figures.autograd import rise as figures
from groundup.figures.theme import palette
from tests.autograd.test_slopes import CURVES, KINKS, look
from tests.pages import outputs, said, shown_code

H = st.floats(1e-3, 2)


def found(curve="w²", formula="", **more):
    settings_ = {"at": 1.5, "h": 1.0} | more
    text = rise.lesson_of(curve, formula, settings_.get("steps", 0)).set(**settings_).text
    assert "backward" not in text
    assert "grad" not in text
    return rise.look(text, *slopes.view(settings_["at"]))


@pytest.mark.parametrize("curve", CURVES)
@settings(max_examples=40, deadline=None)
@given(at=st.floats(-8, 8), h=H)
def test_rise_and_run_are_those_of_the_curve(curve, at, h):
    one, f = found(curve, at=at, h=h), CURVES[curve]
    assert (one.before, one.after) == pytest.approx((f(at - h), f(at + h)), rel=1e-9, abs=1e-12)
    assert one.slope == pytest.approx(one.rise / (2 * h), rel=1e-9, abs=1e-9)


@given(at=st.floats(-8, 8), h=H)
@settings(max_examples=40, deadline=None)
def test_it_comes_to_the_slope_as_closed_forms_say(at, h):
    # Of a parabola it is the slope for every h; of a sine it is short by the factor sin(h)/h.
    assert found("w²", at=at, h=h).slope == pytest.approx(2 * at, rel=1e-9, abs=1e-9)
    sine = math.cos(at) * math.sin(h) / h
    assert found("sin w", at=at, h=h).slope == pytest.approx(sine, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("curve", CURVES)
def test_the_dashed_tangent_is_as_steep_as_backward_says(curve):
    for at in (-3.3, -0.7, 0.4, 2.9):
        one = found(curve, at=at)
        assert one.central == pytest.approx(look(curve, at=at).slope, abs=1e-6)
        assert not one.kink
    assert found(curve, at=0.0).kink == (curve in KINKS)


def test_what_is_said_of_both_slopes_is_so():
    for h, far in ((1.5, True), (0.3, True), (1e-5, False)):
        one = found("sin w", h=h)
        apart = abs(one.slope - math.cos(1.5))
        assert (f"misses the tangent's slope by {number(apart)}" in rise.in_words(one)) == far
        assert ("is the tangent's slope here, to 6 digits" in rise.in_words(one)) == (not far)
    assert "to 6 digits" in rise.in_words(found("w²", h=2.0))
    kink = rise.in_words(found("|w|", at=0.0))
    assert "slope −1 from the left, 1 from the right" in kink
    assert "NaN" in rise.in_words(found(slopes.OWN_FORMULA, "sqrt(w)", at=0.5, h=1.0))


@pytest.mark.parametrize("steps", [1, 7])
def test_steps_downhill_are_rate_times_slope(steps):
    one, w = found("w²", steps=steps, learning_rate=0.2), 1.5
    for place in one.trail:
        assert place == pytest.approx(w, rel=1e-9)
        w -= 0.2 * 2 * w
    assert len(one.trail) == steps + 1
    assert one.slope == pytest.approx(3.0)


def test_the_picture_has_the_run_the_rise_and_no_tangent_at_a_kink():
    figure = figures.rise_over_run(found(h=0.5), palette(dark=False))
    named = {trace.name: trace for trace in figure.data if trace.name}
    corner = named["run 1, rise 3"]
    assert (list(corner.x), list(corner.y)) == ([1, 2, 2], [1, 1, 4])
    assert list(named["rise over run, 3"].y) == [1, 4]
    assert "tangent, slope 3" in named
    kink = figures.rise_over_run(found("|w|", at=0.0), palette(dark=False))
    assert not any((trace.name or "").startswith("tangent") for trace in kink.data)
    assert "From w = 0.5 to 2.5 it rises by 6, so the slope is 3." in figures.in_words(found())


def test_every_way_of_the_text_is_a_few_lines_and_prints_its_slope():
    for way in every_way(lesson.load("rise_over_run")):
        assert way.text.count("slope {slope.item():.6g}") == 1
    body = rise.lesson_of("w²", "", 0).text.partition("def f")[2]
    assert len([line for line in body.splitlines() if line and not line.startswith("#")]) == 7


def test_the_page_shows_the_text_that_ran_and_links_of_before_mean_backward(visit):
    link = {"autograd": "A slope", "at": "2.0", "curve": "sin w"}
    assert "backward()" in shown_code(visit("requires_grad", **link))
    app = visit("requires_grad", **link, slope_by="rise over run", run_h="0.5")
    assert not app.exception
    assert shown_code(app) == rise.lesson_of("sin w", "", 0).set(at=2.0, h=0.5).text
    slope = (math.sin(2.5) - math.sin(1.5)) / 1
    assert f"slope = rise / run     =  {number(slope, 6)}" in outputs(app)[0]
    (button,) = [one for one in app.button if one.label == "Step downhill"]
    button.click().run()
    assert "for _ in range(steps)" in shown_code(app)
    assert "After 1 step: w =" in said(app)
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert "steps downhill" in {trace.get("name") for trace in chart["data"]}
    app.selectbox(key="curve").set_value("my own").run()
    app.text_input(key="formula").set_value("mean(w)").run()
    assert not app.exception
    assert any("treat each w by itself" in warning.value for warning in app.warning)
    app.text_input(key="formula").set_value("sqrt(-1 - w**2)").run()
    assert any("no value at any" in warning.value for warning in app.warning)
