"""Predict: the stability ruler, the learner's guess, and whether it came true."""

from __future__ import annotations

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.figures.theme import palette
from groundup.figures.training import stability as figure
from groundup.training import schedule, stability
from groundup.training.batches import FULL
from groundup.training.session import Setting, Training
from groundup.training.stability import CONVERGES, CRAWLS, DIVERGES, OSCILLATES, Ruler
from groundup.ui.components.chart import chart
from groundup.ui.components.player_panel import short_name
from groundup.ui.training import below
from groundup.ui.training.guessing import Question, ask, asked_below
from groundup.ui.training.panel import Panels

QUESTION = Question(
    "Your guess, before it runs",
    {
        CRAWLS: "over 1 % of the way is left",
        CONVERGES: "at most 1 % of the way is left",
        OSCILLATES: "it changes sides 3 times or more",
        DIVERGES: "it ends farther away than it began",
    },
    lambda state: state.foretold,
    words={one: one for one in (CRAWLS, CONVERGES, OSCILLATES, DIVERGES)},
)


def predict(training: Training, lesson: Lesson) -> None:
    """A guess to be made before Train."""
    if training.setting is not None and not below.about(lesson.text):
        ask(QUESTION, lesson)


def told(training: Training, lesson: Lesson) -> None:
    """What comes next; whether the guess came true once the run was watched."""
    if training.setting is None:
        return
    if QUESTION.waits(lesson):
        if asked_below(lesson):
            st.caption(f"{QUESTION.meanings}.")
        else:
            st.caption("Guess, then press Train. A ruler will show how each rate ends.")
    elif _watched(training, lesson):
        _verdict(training, lesson, training.setting)
    else:
        st.caption("Press Train. A ruler will show how each rate ends.")


def explained(training: Training, lesson: Lesson) -> None:
    """The ruler that knew it, under the run that was watched, and what the ruler does not know.

    Not before: where the learning rate stands on the ruler is the answer.
    """
    if training.setting is None or not _watched(training, lesson):
        return
    ruler = _ruler(training.setting, lesson)
    rate, bounds = float(lesson.settings["learning_rate"]), lesson.parameters["learning_rate"]
    low, high = bounds.low or 1e-4, bounds.high or 10.0
    chart(
        figure.strip(ruler, rate, low, high, palette(dark=st.context.theme.type == "dark")),
        key="ruler",
        alt=figure.described(ruler, rate, low, high),
    )
    optimizer, changes = str(lesson.settings["optimizer"]), schedule.changes(lesson)
    caveat = figure.caveat(optimizer, changes, _batched(lesson), ruler)
    st.caption(caveat or figure.numbers(ruler))


def _watched(training: Training, lesson: Lesson) -> bool:
    there = training.seen_to_end and not training.stale(lesson)
    return there and not QUESTION.waits(lesson)


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
    guesses = QUESTION.kept()
    guess = guesses.made(lesson.text)
    guesses.count(short_name(lesson.text), lesson.text, seen.outcome)
    st.markdown(
        (":material/check_circle: " if guess == seen.outcome else ":material/info: ")
        + figure.verdict(guess, seen, ruler, rate, optimizer, known=known)
        + f" {guesses.score}".rstrip()
    )


PANELS = Panels(above=predict, told=told, below=explained, question=QUESTION)
