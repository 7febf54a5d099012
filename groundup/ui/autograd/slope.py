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
from groundup.ui.autograd.common import code, colours, one_more_button
from groundup.ui.autograd.state import AutogradState
from groundup.ui.components import messages
from groundup.ui.controls.widgets import control, values
from groundup.ui.settings.requires_grad import ONE
from groundup.ui.state import page_state


def a_slope() -> None:
    """The gradient as a slope: of a curve, or of a surface."""
    how_many, which, own_formula = st.columns([1, 1, 1.5])
    with how_many:
        variables = control("variables")
    if variables == ONE:
        _one_variable(which, own_formula)
    else:
        _two_variables(which)


def _one_variable(which: DeltaGenerator, own_formula: DeltaGenerator) -> None:
    with which:
        chosen = control("curve")
    with own_formula:
        formula = control("formula") if chosen == slopes.OWN_FORMULA else ""
        lesson = _curve_lesson(chosen, formula)
    picture, beside = st.columns([1.35, 1], gap="medium")
    with beside:
        at = control("at")
        control("rate")
        _steps_downhill()
        low, high = slopes.view(at)
        lesson = lesson.set(at=at, low=low, high=high, **values("rate", "walk"))
        slope = slopes.look(lesson.text)
        code(lesson, key="slope_code", look="height.backward", height=250)
    with picture:
        _slope_numbers(slope)
        _curve(slope)


def _steps_downhill() -> None:
    steps, go = st.columns(2, vertical_alignment="bottom")
    with go:
        one_more_button("Step downhill", "walk", 100, ":material/south_east:")
    with steps:
        control("walk")


def _two_variables(which: DeltaGenerator) -> None:
    with which:
        control("surface")
    picture, beside = st.columns([1.2, 1], gap="medium")
    with beside:
        control("at_w")
        control("at_b")
        control("rate")
        _steps_downhill()
        chosen = values("surface", "at_w", "at_b", "rate", "walk")
        lesson = load("level_line").set(**chosen)
        code(lesson, key="surface_code", look="def f(w, b)", height=250)
    with picture:
        _surface(lesson)


def _curve_lesson(curve: str, formula: str) -> Lesson:
    """The lesson for the chosen curve; a sentence, and the last good one, if it cannot be used."""
    try:
        lesson_of_curve = slopes.curve_lesson(curve, formula)
    except ProgramError as error:
        lesson_of_curve = page_state(AutogradState).curve or slopes.curve_lesson("w²", "")
        where = f"At character {error.column}: {error.reason}"
        st.warning(f"{where} The last curve that worked stays.", icon=":material/edit_off:")
    page_state(AutogradState).curve = lesson_of_curve
    return lesson_of_curve


def _curve(slope: Slope) -> None:
    """The curve with its tangent, or why there is nothing to draw."""
    if slope.failure:
        messages.failed(slope.failure)
    elif slope.empty:
        low, high = slope.ws[0], slope.ws[-1]
        st.warning(
            f"This curve has no value at any of {len(slope.ws)} places from {low:.4g} to "
            f"{high:.4g}: each is NaN, as the root of a negative number is, or infinite. Change "
            "the formula.",
            icon=":material/block:",
        )
    else:
        figure = curves.curve_and_slope(slope, colours())
        st.plotly_chart(figure, key="curve_chart", alt=curves.in_words(slope))
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
    st.plotly_chart(
        contours.contour(surface, colours()), key="surface_chart", alt=contours.in_words(surface)
    )
    st.markdown(level_line.in_words(surface))
    st.markdown(level_line.about_walk(surface))
