"""Predict: the stability ruler, the learner's guess, and whether it came true."""

from __future__ import annotations

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.figures.theme import palette
from groundup.figures.training import stability as figure
from groundup.training import stability
from groundup.training.session import Training
from groundup.training.stability import OUTCOMES, Ruler


def predict(training: Training, lesson: Lesson) -> None:
    """The ruler for the data in the picture, and a guess to be made before Train."""
    if training.setting is None:
        return
    settings = lesson.settings
    rate, optimizer = float(settings["learning_rate"]), str(settings["optimizer"])
    ruler = Ruler.of(training.setting.surface, int(settings["epochs"]))
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
        _verdict(training, lesson, ruler, rate, optimizer)


def _verdict(training: Training, lesson: Lesson, ruler: Ruler, rate: float, optimizer: str) -> None:
    """The verdict once the run was watched; the curvature's numbers before."""
    caveat = figure.caveat(optimizer, bool(lesson.schedule), ruler)
    if training.setting is None or not training.seen_to_end or training.stale(lesson):
        st.caption(caveat or figure.numbers(ruler))
        return
    columns = training.run.columns
    seen = stability.seen(
        training.setting.surface,
        training.setting.start,
        columns["w"],
        columns["b"],
        training.setting.moments(training.run).loss,
    )
    right = training.guess == seen.outcome
    st.markdown(
        (":material/check_circle: " if right else ":material/info: ")
        + figure.verdict(training.guess, seen, ruler, rate, optimizer)
    )
    if lesson.schedule:
        st.caption(caveat)
