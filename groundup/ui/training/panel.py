"""The stage of a training page: buttons, player and code, walked through in one place.

It is one fragment, so that pressing its buttons leaves the rest of the page alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from groundup.engine.lesson import Lesson
from groundup.engine.text import changed_lines, loop_line
from groundup.figures.training import sentences
from groundup.training import schedule
from groundup.training.provenance import names_to_follow
from groundup.training.session import Training
from groundup.ui.components import feeding, messages, stepping
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.feeding import Feed
from groundup.ui.components.invariants import invariants
from groundup.ui.components.player_panel import loop_player, read_player, short_name
from groundup.ui.components.stepping import Followed
from groundup.ui.controls.widgets import value
from groundup.ui.state import page_state, put
from groundup.ui.training import guessing
from groundup.ui.training.guessing import Question
from groundup.ui.training.state import TrainingState
from groundup.ui.training.taking_home import CODE, downloads, identity, scene

Panel = Callable[[Training, Lesson], None]


class Panels(NamedTuple):
    """What a mode of the lab adds: above the picture, under the buttons, as code, below.

    With ``steps`` there is a code to be stepped through. A ``question`` is answered first.
    """

    above: Panel | None = None
    told: Panel | None = None
    right: Panel | None = None
    below: Panel | None = None
    steps: bool = True
    question: Question | None = None

    def waits(self, lesson: Lesson) -> bool:
        """Whether a guess at ``lesson`` is to be made before anything of it runs."""
        return bool(self.question and self.question.waits(lesson))


_NONE = Panels()

_PLAYER = "player"
_STEP = "one_step"


def learning_rate_moved() -> None:
    """The learning rate was moved: if a run is held, write that into the schedule."""
    training = page_state(TrainingState).training
    if training is None:
        return
    try:
        now = schedule.parse(value("schedule"))
    except ValueError:
        now = ()
    with training.exclusive():
        read_player(_PLAYER, training)
        new = training.rescheduled(now, value("lr"))
    put({"schedule": schedule.render(new)})


def scheduled(lesson: Lesson, text: str) -> Lesson:
    """``lesson`` under the learner's schedule; a sentence instead, where that cannot be read."""
    try:
        return schedule.apply(lesson, schedule.parse(text))
    except ValueError as error:
        st.warning(f"The schedule is not used: {error}", icon=":material/edit_off:")
        return lesson


def render_training(lesson: Lesson, panels: Panels = _NONE) -> None:
    """Everything under the controls."""
    state = page_state(TrainingState)
    training = state.training = state.training or Training(lesson)
    with training.exclusive():
        read_player(_PLAYER, training)
        if state.anew:
            state.anew = False
            training.reset(lesson)
        training.show(lesson)
        feeding.feed_player(training, _PLAYER, partial(_training, training, lesson, panels))


def _training(training: Training, lesson: Lesson, panels: Panels, feed: Feed) -> None:
    # Filled once the buttons beneath were heard. In a container of its own, or the player would be
    # made anew when it grows by an element.
    if panels.question:
        guessing.hear(panels.question, lesson)
    waits = panels.waits(lesson)
    if waits:
        guessing.wait(training, lesson)
    picture, right = st.columns([1.15, 1], gap="medium")
    with right:
        _buttons(training, lesson, panels)
        feed()
        if panels.told:
            panels.told(training, lesson)
    with picture:
        if panels.above:
            panels.above(training, lesson)
        _picture(training, lesson, panels)
        invariants(
            training.lesson,
            *training.witnessed,
            there=not (panels.right or panels.waits(lesson)),
            failed=bool(training.failure),
        )
    with right:
        if panels.right:
            panels.right(training, lesson)
        else:
            code(training, lesson, waits=panels.waits(lesson))
    if panels.below:
        panels.below(training, lesson)


def _buttons(training: Training, lesson: Lesson, panels: Panels) -> None:
    question, waits = panels.question, panels.waits(lesson)
    with st.container(key="run_buttons", horizontal=True, gap="xsmall"):
        label, kind = ("Train: guess first", "secondary") if waits else ("Train", "primary")
        # No callbacks: streamlit would call them with the lesson of an earlier run, and a number
        # typed just before the press would be lost.
        if _button(label, "T", "play_arrow", key="train", type=kind, disabled=waits):
            training.train(lesson, question.kept().made(lesson.text) if question else None)
        if question and waits:
            _skip_button(question, lesson)
        else:
            _other_buttons(training, lesson, panels.steps)
        downloads(training, lesson, waits=waits)


def _other_buttons(training: Training, lesson: Lesson, steps: bool) -> None:
    if steps and _button("Step", "S", "step_over", key=_STEP):
        _step(training, lesson)
    if _button("Reset", "X", "restart_alt", key="reset", on_click=_reset, args=(training,)):
        st.rerun()
    training.walked = steps and stepping.are_open(CODE) and not training.stale(lesson)
    if training.walked:
        training.walk(lesson)


def _skip_button(question: Question, lesson: Lesson) -> None:
    skip = "Run it without a guess; it is not counted."
    if st.button("Skip", key="skip", on_click=question.kept().make, args=(lesson.text,), help=skip):
        st.rerun()


def _button(label: str, shortcut: str, icon: str, *, key: str, **more: Any) -> bool:
    icon = f":material/{icon}:"
    return st.button(label, key=key, shortcut=shortcut, icon=icon, **more)


def _step(training: Training, lesson: Lesson) -> None:
    """Open the steps at the statement after the present place, or go on by one.

    Most presses never come here: with the steps open, the browser goes on by itself.
    """
    stale = training.stale(lesson)
    training.walk(lesson)
    start = _place(training)
    if stale:
        stepping.stand(CODE, start)
    stepping.one_more(CODE, start)


def _place(training: Training) -> tuple[int, int]:
    """The line of the loop and the pass before which the learner holds the run."""
    return loop_line(training.lesson.text) or 0, training.at


def _reset(training: Training) -> None:
    put({"schedule": ""})
    with training.exclusive():
        training.reset(training.lesson)
        stepping.stand(CODE, _place(training))


def _picture(training: Training, lesson: Lesson, panels: Panels) -> None:
    if training.setting is None:
        _failure(training)
        return
    run, setting = training.run, training.setting
    waits = panels.waits(lesson)
    loop_player.follow(
        training,
        scene(training, alone=waits),
        key=_PLAYER,
        identity=identity(training.lesson),
        said=sentences.about_run(training.lesson, run, setting)
        | ({"start": sentences.GUESS_FIRST} if waits else {})
        | ({"instead": sentences.STALE} if training.stale(lesson) else {}),
        follows=CODE,
    )
    if training.run.ended:
        st.warning(f"The run ended early: {training.run.ended}.", icon=":material/timer_off:")
    _failure(training)


def _failure(training: Training) -> None:
    if not training.lesson.applied:
        messages.failed(training.failure)


def code(
    training: Training,
    lesson: Lesson,
    height: int = 530,
    *,
    beneath: int = 0,
    waits: bool = False,
) -> None:
    """The lesson's text, with its marked, running and failed lines; heights in pixels.

    While it ``waits`` for a guess, its steps do, and the line that will fail.
    """
    stale = training.stale(lesson)
    edited = changed_lines(training.lesson.text, lesson.text) if stale else []
    code_panel(
        lesson.text,
        key=CODE,
        changed=sorted({*edited, *lesson.marked_lines}),
        failed=training.failure.line if training.failure and not (stale or waits) else None,
        look=loop_line(lesson.text),
        height=height,
        beneath=beneath,
        steps=not waits,
        files=lesson.files,
        # Of another text than the picture's, a statement more is also a picture more.
        followed=Followed(
            short_name(identity(lesson)),
            names_to_follow(lesson.text),
            None if stale else _STEP,
        ),
    )
