"""Predict: the stability ruler, the learner's guess, and whether it came true."""

from __future__ import annotations

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.figures.theme import palette
from groundup.figures.training import stability as figure
from groundup.training import stability
from groundup.training.session import Training
from groundup.training.stability import OUTCOMES, Ruler


def predict(kept: Training, lesson: Lesson) -> None:
    """The ruler for the data in the picture, and a guess to be made before Train."""
    if kept.setting is None:
        return
    settings = lesson.settings
    rate, optimizer = float(settings["learning_rate"]), str(settings["optimizer"])
    ruler = Ruler.of(kept.setting.surface, int(settings["epochs"]))
    bounds = lesson.parameters["learning_rate"]
    low, high = bounds.low or 1e-4, bounds.high or 10.0
    st.plotly_chart(
        figure.strip(ruler, rate, low, high, palette(dark=st.context.theme.type == "dark")),
        key="ruler",
        alt=figure.described(ruler, rate, low, high),
        config={"displayModeBar": False},
    )
    guess, told = st.columns([1, 1.25], gap="medium")
    with guess:
        st.radio(
            "Your guess, before it runs",
            OUTCOMES,
            index=None,
            key="guess",
            horizontal=True,
        )
    with told:
        _told(kept, lesson, ruler, rate, optimizer)


def _told(kept: Training, lesson: Lesson, ruler: Ruler, rate: float, optimizer: str) -> None:
    """The verdict once the run was watched; the curvature's numbers before."""
    caveat = figure.caveat(optimizer, bool(lesson.schedule), ruler)
    if kept.setting is None or not kept.watched or kept.stale(lesson):
        st.caption(caveat or figure.numbers(ruler))
        return
    columns = kept.run.columns
    found = stability.seen(
        kept.setting.surface, kept.setting.start, columns["w"], columns["b"], columns["loss"]
    )
    right = kept.guess == found.outcome
    st.markdown(
        (":material/check_circle: " if right else ":material/info: ")
        + figure.verdict(kept.guess, found, ruler, rate, optimizer)
    )
    if lesson.schedule:
        st.caption(caveat)
