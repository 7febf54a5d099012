"""A gradient is a slope: the curve, its numbers, and the surface."""

from __future__ import annotations

import streamlit as st

from groundup.autograd import level_line, slopes
from groundup.autograd.slopes import Slope
from groundup.engine.lesson import Lesson
from groundup.engine.observe import run
from groundup.engine.snapshot import number
from groundup.figures.autograd import level_line as contours
from groundup.figures.autograd import slopes as curves
from groundup.language.grammar import ProgramError
from groundup.ui.autograd.common import code, colours, printed, table
from groundup.ui.components import messages


def curve_lesson(curve: str, formula: str) -> Lesson:
    """The lesson for the chosen curve; a sentence, and the last good one, if it cannot be used."""
    try:
        found = slopes.curve_lesson(curve, formula)
    except ProgramError as error:
        found = st.session_state.get("last_curve") or slopes.curve_lesson("w²", "")
        where = f"At character {error.column}: {error.reason}"
        st.warning(f"{where} The last curve that worked stays.", icon=":material/edit_off:")
    st.session_state["last_curve"] = found
    return found


def one_more(key: str, most: int) -> None:
    """Add one to the control called ``key``, for a button."""
    st.session_state[key] = min(st.session_state.get(key, 0) + 1, most)


def curve(found: Slope) -> None:
    """The curve with its tangent, or why there is nothing to draw."""
    if found.failure:
        messages.failed(found.failure)
    elif found.empty:
        low, high = found.ws[0], found.ws[-1]
        st.warning(
            f"This curve has no value anywhere from {low:.4g} to {high:.4g}: every one is NaN or "
            "infinite, as the root of a negative number is. Change the formula.",
            icon=":material/block:",
        )
    else:
        figure = curves.curve_and_slope(found, colours())
        st.plotly_chart(figure, key="curve_chart", alt=curves.in_words(found))
        st.markdown(slopes.about_walk(found))


def slope_numbers(found: Slope) -> None:
    """Autograd's slope beside the central difference, and what a kink means."""
    if found.failure:
        return
    st.code(
        f"autograd says w.grad =    {slopes.in_full(found.slope)}\n"
        f"(f(w+h) − f(w−h)) / 2h =  {slopes.in_full(found.central)}\n"
        f"they differ by            {number(found.disagreement, 2)}",
        language=None,
    )
    if (said := slopes.in_words(found)) and not found.empty:
        st.markdown(said)


def surface(lesson: Lesson) -> None:
    """Level lines and the gradient's arrow."""
    found = level_line.look(lesson.text)
    st.plotly_chart(
        contours.contour(found, colours()), key="surface_chart", alt=contours.in_words(found)
    )
    st.markdown(level_line.in_words(found))


def hessian(lesson: Lesson) -> None:
    """The gradient and the matrix of second derivatives, from the lesson ``second_order``."""
    finished = run(lesson.text)
    rows = finished.variables["hessian"].tolist()
    table(
        ("", "∂/∂w", "∂/∂b"),
        (
            (f"**{name}**", *map(number, row))
            for name, row in zip(("∂f/∂w", "∂f/∂b"), rows, strict=True)
        ),
    )
    printed(finished)
    code(lesson, key="hessian_code", look="def f")
