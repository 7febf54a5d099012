"""The slope without autograd: a run to either side of w, and how far f rises over it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from groundup.autograd import rise, slopes
from groundup.engine.snapshot import number
from groundup.figures.autograd import rise as figures
from groundup.ui.autograd.common import code, colours, drawable, steps_downhill
from groundup.ui.components import messages
from groundup.ui.components.chart import chart
from groundup.ui.controls.widgets import control, value, values


def show(curve: str, formula: str, picture: DeltaGenerator, beside: DeltaGenerator) -> None:
    """The text beside its picture: the run, the rise, and the tangent that a short run leads to."""
    with beside:
        control("at")
        control("run_h")
        # The text first: the walk has its turn when the slope is understood.
        text = st.container()
        steps_downhill()
        control("rate")
        lesson = rise.lesson_of(curve, formula, value("walk")).set(**values("at", "run_h"))
        if value("walk"):
            lesson = lesson.set(**values("rate", "walk"))
        found = rise.look(lesson.text, *slopes.view(value("at")))
    with text:
        look = "# Downhill" if value("walk") else "# Rise over run"
        code(lesson, key="rise_code", look=look, height=240)
    with picture:
        if drawable(found):
            figure = figures.rise_over_run(found, colours())
            chart(figure, key="rise_chart", alt=figures.in_words(found))
            # Once one walks, where it led is what the picture is about.
            if walked := slopes.about_walk(found):
                st.markdown(walked)
            _numbers(found)


def _numbers(found: rise.Rise) -> None:
    messages.printed(
        f"rise = f(w+h) − f(w−h) =  {number(found.rise, 6)}\n"
        f"run  = 2h              =  {number(2 * found.h, 6)}\n"
        f"slope = rise / run     =  {number(found.slope, 6)}"
    )
    st.markdown(rise.in_words(found))
