"""The stage of a training page: buttons, player and code, walked through in one place.

It is one fragment, so that pressing its buttons leaves the rest of the page alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from groundup.engine import export
from groundup.engine.lesson import Lesson
from groundup.engine.text import changed_lines, loop_line
from groundup.figures.training import sentences
from groundup.figures.training.player import training as training_scene
from groundup.training import schedule
from groundup.training.provenance import names_to_follow
from groundup.training.session import Training
from groundup.ui.components import feeding, messages, stepping
from groundup.ui.components.code_panel import code_panel, code_part
from groundup.ui.components.feeding import Feed
from groundup.ui.components.invariants import invariants
from groundup.ui.components.onefile import Part
from groundup.ui.components.player_panel import loop_player, read_player, short_name
from groundup.ui.components.stepping import Followed
from groundup.ui.components.take_home import take_home
from groundup.ui.controls.widgets import value
from groundup.ui.state import page_state, put
from groundup.ui.training import guessing
from groundup.ui.training.guessing import Question
from groundup.ui.training.state import TrainingState

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
_CODE = "code"
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
        _downloads(training, lesson, waits=waits)


def _other_buttons(training: Training, lesson: Lesson, steps: bool) -> None:
    if steps and _button("Step", "S", "step_over", key=_STEP):
        _step(training, lesson)
    if _button("Reset", "X", "restart_alt", key="reset", on_click=_reset, args=(training,)):
        st.rerun()
    training.walked = steps and stepping.are_open(_CODE) and not training.stale(lesson)
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
        stepping.stand(_CODE, start)
    stepping.one_more(_CODE, start)


def _place(training: Training) -> tuple[int, int]:
    """The line of the loop and the pass before which the learner holds the run."""
    return loop_line(training.lesson.text) or 0, training.at


def _reset(training: Training) -> None:
    put({"schedule": ""})
    with training.exclusive():
        training.reset(training.lesson)
        stepping.stand(_CODE, _place(training))


def _picture(training: Training, lesson: Lesson, panels: Panels) -> None:
    if training.setting is None:
        _failure(training)
        return
    run, setting = training.run, training.setting
    waits = panels.waits(lesson)
    loop_player.follow(
        training,
        _scene(training, alone=waits),
        key=_PLAYER,
        identity=_identity(training.lesson),
        said=sentences.about_run(training.lesson, run, setting)
        | ({"start": sentences.GUESS_FIRST} if waits else {})
        | ({"instead": sentences.STALE} if training.stale(lesson) else {}),
        follows=_CODE,
    )
    if training.run.ended:
        st.warning(f"The run ended early: {training.run.ended}.", icon=":material/timer_off:")
    _failure(training)


def _scene(training: Training, *, alone: bool = False) -> dict[str, Any]:
    """What the player plays of ``training``, which has a setting; ``alone`` without runs beside."""
    run, setting = training.run, training.setting
    if setting is None:
        raise ValueError("nothing of this text can be drawn")
    runs_beside = {} if alone else training.beside
    name = "this text" if runs_beside else ""
    return training_scene(
        run.columns,
        x=setting.x,
        y=setting.y,
        start=setting.start,
        epochs=training.total,
        name=name,
        beside={other: run.columns for other, run in runs_beside.items()},
        tracks={
            name: training.track,
            **{other: run.track for other, run in runs_beside.items()},
        },
    )


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
        key=_CODE,
        changed=sorted({*edited, *lesson.marked_lines}),
        failed=training.failure.line if training.failure and not (stale or waits) else None,
        look=loop_line(lesson.text),
        height=height,
        beneath=beneath,
        steps=not waits,
        files=lesson.files,
        # Of another text than the picture's, a statement more is also a picture more.
        followed=Followed(
            short_name(_identity(lesson)),
            names_to_follow(lesson.text),
            None if stale else _STEP,
        ),
    )


def _identity(lesson: Lesson) -> str:
    """Another one for another text, or for other points in the file that it reads."""
    return lesson.text + "".join(map(str, lesson.files.values()))


def _downloads(training: Training, lesson: Lesson, *, waits: bool) -> None:
    with st.popover("Take home", icon=":material/download:"):
        if lesson.files:
            st.download_button(
                "Code and points (.zip)",
                lambda: _zipped(lesson),
                f"{lesson.name}.zip",
                "application/zip",
                key="zip",
                help="The script reads its points from the file beside it.",
            )
        # A page that steps would tell what is to be guessed.
        parts = None if waits else partial(_parts, training, lesson)
        take_home(lesson, key="training", type="secondary", parts=parts)
        st.download_button(
            "Numbers (.csv)",
            lambda: _numbers(training),
            f"{lesson.name}.csv",
            "text/csv",
            key="csv",
            disabled=not training.run.epochs,
            help="One row for each epoch computed so far, before its step, and one after the last: "
            "epoch, loss, w, b of one moment. The loss is over all points.",
        )


def _parts(training: Training, lesson: Lesson, _: int) -> list[Part]:
    """The code with its steps; and the picture of its run, where it was trained."""
    identity = _identity(lesson)
    followed = Followed(short_name(identity), names_to_follow(lesson.text), None)
    code = code_part(lesson.text, name=_CODE, files=lesson.files, followed=followed)
    setting = training.setting
    if setting is None or not training.run.epochs or training.stale(lesson):
        return [code]
    said = sentences.about_run(lesson, training.run, setting)
    return [
        loop_player.part(_scene(training), identity=identity, said=said, follows=_CODE),
        code,
    ]


def _numbers(training: Training) -> str:
    if training.setting is None:
        return ""
    table = training.setting.moments(training.run).table
    return export.to_csv(table, list(table))


def _zipped(lesson: Lesson) -> bytes:
    scripts = {
        f"{lesson.name}.py": lesson.text,
        f"{lesson.name}.ipynb": export.to_notebook(lesson.text),
    }
    return export.to_zip({**scripts, **lesson.files})
