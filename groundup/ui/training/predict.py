"""Predict: the stability ruler, the learner's guess, and whether it came true."""

from __future__ import annotations

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.figures.theme import palette
from groundup.figures.training import stability as figure
from groundup.training import schedule, stability
from groundup.training.batches import FULL
from groundup.training.session import Setting, Training
from groundup.training.stability import OUTCOMES, Ruler
from groundup.ui.controls.heard import one_of
from groundup.ui.state import page_state, put, stored
from groundup.ui.training.state import TrainingState


def predict(training: Training, lesson: Lesson) -> None:
    """A guess to be made before Train; whether it came true once the run was watched."""
    if training.setting is None:
        return
    guess, told = st.columns([1, 1.25], gap="medium")
    # A reload makes the widget anew, and brings only what the state holds.
    put({"guess": page_state(TrainingState).guess})
    guess.radio(
        "Your guess, before it runs",
        OUTCOMES,
        index=None,
        key="guess",
        horizontal=True,
        on_change=_guessed,
    )
    with told:
        if _watched(training, lesson):
            _verdict(training, lesson, training.setting)
        else:
            st.caption("Guess, then press Train. The ruler made of the curvature comes afterwards.")


def _guessed() -> None:
    page_state(TrainingState).guess = one_of(stored("guess"), OUTCOMES)


def explained(training: Training, lesson: Lesson) -> None:
    """The ruler that knew it, under the run that was watched, and what the ruler does not know.

    Not before: where the learning rate stands on the ruler is the answer.
    """
    if training.setting is None or not _watched(training, lesson):
        return
    ruler = _ruler(training.setting, lesson)
    rate, bounds = float(lesson.settings["learning_rate"]), lesson.parameters["learning_rate"]
    low, high = bounds.low or 1e-4, bounds.high or 10.0
    st.plotly_chart(
        figure.strip(ruler, rate, low, high, palette(dark=st.context.theme.type == "dark")),
        key="ruler",
        alt=figure.described(ruler, rate, low, high),
        config={"displayModeBar": False},
    )
    optimizer, changes = str(lesson.settings["optimizer"]), schedule.changes(lesson)
    caveat = figure.caveat(optimizer, changes, _batched(lesson), ruler)
    st.caption(caveat or figure.numbers(ruler))


def _watched(training: Training, lesson: Lesson) -> bool:
    return training.seen_to_end and not training.stale(lesson)


def _batched(lesson: Lesson) -> bool:
    return bool(lesson.settings.get("batch", FULL) != FULL)


def _ruler(setting: Setting, lesson: Lesson) -> Ruler:
    return Ruler.of(setting.surface, int(lesson.settings["epochs"]))


def _verdict(training: Training, lesson: Lesson, setting: Setting) -> None:
    rate, optimizer = float(lesson.settings["learning_rate"]), str(lesson.settings["optimizer"])
    ruler, columns = _ruler(setting, lesson), training.run.columns
    losses = setting.moments(training.run).loss
    seen = stability.seen(setting.surface, setting.start, columns["w"], columns["b"], losses)
    known = not (_batched(lesson) or schedule.changes(lesson))
    right = training.guess == seen.outcome
    st.markdown(
        (":material/check_circle: " if right else ":material/info: ")
        + figure.verdict(training.guess, seen, ruler, rate, optimizer, known=known)
    )
