"""A gradient is a slope: the curve, its numbers, and the surface."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from groundup.autograd import level_line, slopes
from groundup.autograd.slopes import Slope
from groundup.engine.lesson import Lesson, load
from groundup.engine.snapshot import number
from groundup.figures.autograd import level_line as contours
from groundup.figures.autograd import slopes as curves
from groundup.language.grammar import ProgramError
from groundup.ui.autograd import by_rise
from groundup.ui.autograd.common import code, colours, drawable, steps_downhill
from groundup.ui.autograd.state import AutogradState
from groundup.ui.components import messages
from groundup.ui.components.chart import chart
from groundup.ui.controls.widgets import control, values
from groundup.ui.settings.requires_grad import BY_HAND, ONE
from groundup.ui.state import page_state


def a_slope() -> None:
    """The gradient as a slope: of a curve, or of a surface."""
    how_many, which, own_formula, by = st.columns([1.15, 0.9, 1, 1.05])
    with how_many:
        variables = control("variables")
    if variables == ONE:
        with by:
            by_hand = control("slope_by") == BY_HAND
        _one_variable(which, own_formula, by_hand=by_hand)
    else:
        _two_variables(which)


def _one_variable(which: DeltaGenerator, own_formula: DeltaGenerator, *, by_hand: bool) -> None:
    with which:
        chosen = control("curve")
    with own_formula:
        formula = control("formula") if chosen == slopes.OWN_FORMULA else ""
        curve = _usable(chosen, formula)
    picture, beside = st.columns([1.15, 1], gap="medium")
    if by_hand:
        by_rise.show(*curve, picture, beside)
    else:
        _by_backward(*curve, picture, beside)


def _by_backward(curve: str, formula: str, picture: DeltaGenerator, beside: DeltaGenerator) -> None:
    with beside:
        at = control("at")
        control("rate")
        steps_downhill()
        low, high = slopes.view(at)
        lesson = slopes.curve_lesson(curve, formula)
        lesson = lesson.set(at=at, low=low, high=high, **values("rate", "walk"))
        slope = slopes.look(lesson.text)
        code(lesson, key="slope_code", look="height.backward", height=250)
    with picture:
        _curve(slope)
        _slope_numbers(slope)


def _two_variables(which: DeltaGenerator) -> None:
    with which:
        control("surface")
    picture, beside = st.columns([1.2, 1], gap="medium")
    with beside:
        control("at_w")
        control("at_b")
        control("rate")
        steps_downhill()
        chosen = values("surface", "at_w", "at_b", "rate", "walk")
        lesson = load("level_line").set(**chosen)
        code(lesson, key="surface_code", look="def f(w, b)", height=250)
    with picture:
        _surface(lesson)


def _usable(curve: str, formula: str) -> tuple[str, str]:
    """The chosen curve; a sentence, and the last good one, if its formula cannot be used."""
    state = page_state(AutogradState)
    try:
        slopes.curve_lesson(curve, formula)
    except ProgramError as error:
        where = f"At character {error.column}: {error.reason}"
        st.warning(f"{where} The last curve that worked stays.", icon=":material/edit_off:")
        return state.curve
    state.curve = curve, formula
    return state.curve


def _curve(slope: Slope) -> None:
    """The curve with its tangent, or why there is nothing to draw."""
    if drawable(slope):
        figure = curves.curve_and_slope(slope, colours())
        chart(figure, key="curve_chart", alt=curves.in_words(slope))
        st.markdown(slopes.about_walk(slope))


def _slope_numbers(slope: Slope) -> None:
    """Autograd's slope beside the central difference, and what a kink means."""
    if slope.failure:
        return
    messages.printed(
        f"autograd says w.grad =    {slopes.in_full(slope.slope)}\n"
        f"(f(w+h) − f(w−h)) / 2h =  {slopes.in_full(slope.central)}\n"
        f"they differ by            {number(slope.disagreement, 2)}"
    )
    if (said := slopes.in_words(slope)) and not slope.empty:
        st.markdown(said)


def _surface(lesson: Lesson) -> None:
    """Level lines and the gradient's arrow."""
    surface = level_line.look(lesson.text)
    chart(contours.contour(surface, colours()), key="surface_chart", alt=contours.in_words(surface))
    st.markdown(level_line.in_words(surface))
    st.markdown(level_line.about_walk(surface))
