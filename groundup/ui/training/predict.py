"""Predict: the stability ruler, the learner's guess, and whether it came true."""

from __future__ import annotations

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.figures.theme import palette
from groundup.figures.training import stability as figure
from groundup.training import stability
from groundup.training.batches import FULL
from groundup.training.session import Training
from groundup.training.stability import OUTCOMES, Ruler


def predict(training: Training, lesson: Lesson) -> None:
    """A guess to be made before Train; the ruler for the data and the verdict once it was watched.

    Not before: where the learning rate stands on the ruler is the answer.
    """
    if training.setting is None:
        return
    guess, told = st.columns([1, 1.25], gap="medium")
    with guess:
        st.radio(
            "Your guess, before it runs",
            OUTCOMES,
            index=None,
            key="guess",
            horizontal=True,
        )
    if not training.seen_to_end or training.stale(lesson):
        told.caption("Guess, then press Train. The ruler made of the curvature comes afterwards.")
        return
    ruler = Ruler.of(training.setting.surface, int(lesson.settings["epochs"]))
    with told:
        _verdict(training, lesson, ruler)
    with guess:
        _ruler(lesson, ruler)


def _ruler(lesson: Lesson, ruler: Ruler) -> None:
    rate, bounds = float(lesson.settings["learning_rate"]), lesson.parameters["learning_rate"]
    low, high = bounds.low or 1e-4, bounds.high or 10.0
    st.plotly_chart(
        figure.strip(ruler, rate, low, high, palette(dark=st.context.theme.type == "dark")),
        key="ruler",
        alt=figure.described(ruler, rate, low, high),
        config={"displayModeBar": False},
    )


def _verdict(training: Training, lesson: Lesson, ruler: Ruler) -> None:
    """Whether the guess came true, and what the ruler does not know of such a run."""
    if training.setting is None:
        return
    rate, optimizer = float(lesson.settings["learning_rate"]), str(lesson.settings["optimizer"])
    batched = lesson.settings.get("batch", FULL) != FULL
    columns = training.run.columns
    seen = stability.seen(
        training.setting.surface,
        training.setting.start,
        columns["w"],
        columns["b"],
        training.setting.moments(training.run).loss,
    )
    right = training.guess == seen.outcome
    known = not (batched or lesson.schedule)
    st.markdown(
        (":material/check_circle: " if right else ":material/info: ")
        + figure.verdict(training.guess, seen, ruler, rate, optimizer, known=known)
    )
    st.caption(
        figure.caveat(optimizer, bool(lesson.schedule), batched, ruler) or figure.numbers(ruler)
    )
