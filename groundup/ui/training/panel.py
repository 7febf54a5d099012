"""The stage of a training page: buttons, player, code, and what one step did.

It is one fragment, so that pressing its buttons leaves the rest of the page alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from groundup.engine import export
from groundup.engine.lesson import Lesson
from groundup.engine.snapshot import Snapshot
from groundup.engine.text import changed_lines, loop_line
from groundup.figures.training import sentences
from groundup.figures.training.player import training as training_scene
from groundup.training import schedule
from groundup.training.session import Training
from groundup.ui.components import feeding, messages
from groundup.ui.components.code_panel import Watch, code_panel
from groundup.ui.components.feeding import Feed
from groundup.ui.components.player_panel import hear, loop_player
from groundup.ui.components.take_home import take_home
from groundup.ui.state import held, page_state, put
from groundup.ui.training.state import TrainingState

Panel = Callable[[Training, Lesson], None]


class Panels(NamedTuple):
    """What a mode of the lab adds: above the picture, in the code's place, and under both."""

    above: Panel | None = None
    right: Panel | None = None
    below: Panel | None = None


_NONE = Panels()

_PLAYER = "player"


def learning_rate_moved() -> None:
    """The learning rate was moved: if a run is held, write that into the schedule."""
    kept = page_state(TrainingState).training
    if kept is None:
        return
    try:
        now = schedule.parse(held("schedule", ""))
    except ValueError:
        now = ()
    with kept.exclusive():
        hear(_PLAYER, kept)
        new = kept.rescheduled(now, held("lr"))
    put({"schedule": schedule.render(new)})


def scheduled(lesson: Lesson, text: str) -> Lesson:
    """``lesson`` under the learner's schedule; a sentence instead, where that cannot be read."""
    try:
        return schedule.apply(lesson, schedule.parse(text))
    except ValueError as error:
        st.warning(f"The schedule is not used: {error}", icon=":material/edit_off:")
        return lesson


def stage(lesson: Lesson, panels: Panels = _NONE) -> None:
    """Everything under the controls."""
    state = page_state(TrainingState)
    kept = state.training = state.training or Training(lesson)
    with kept.exclusive():
        hear(_PLAYER, kept)
        kept.show(lesson)
        feeding.stage(kept, _PLAYER, partial(_stage, kept, lesson, panels))


def _stage(kept: Training, lesson: Lesson, panels: Panels, feed: Feed) -> None:
    # Filled once the buttons beneath were heard. In a container of its own, or the player would be
    # made anew when it grows by an element.
    above = st.container() if panels.above else None
    picture, right = st.columns([1.35, 1], gap="medium")
    with picture:
        _buttons(kept, lesson)
        feed()
    if panels.above and above:
        with above:
            panels.above(kept, lesson)
    with picture:
        _picture(kept, lesson)
    with right:
        (panels.right or code)(kept, lesson)
    if panels.below:
        panels.below(kept, lesson)


def _buttons(kept: Training, lesson: Lesson) -> None:
    with st.container(horizontal=True, gap="small"):
        # No callbacks: streamlit would call them with the lesson of an earlier run, and a number
        # typed just before the press would be lost.
        if _button("Train", "T", "play_arrow", key="train", type="primary"):
            kept.train(lesson, held("guess"))
        if _button("Step", "S", "step_over", key="one_step"):
            kept.step(lesson)
        if _button("Reset", "X", "restart_alt", key="reset", on_click=_reset, args=(kept,)):
            st.rerun()
        _downloads(kept, lesson)


def _button(label: str, shortcut: str, icon: str, *, key: str, **more: Any) -> bool:
    icon = f":material/{icon}:"
    return st.button(label, key=key, shortcut=shortcut, icon=icon, **more)


def _reset(kept: Training) -> None:
    put({"schedule": ""})
    with kept.exclusive():
        kept.reset(kept.lesson)


def _picture(kept: Training, lesson: Lesson) -> None:
    if kept.setting is None:
        _failure(kept)
        return
    run, setting = kept.run, kept.setting
    name = "this text" if kept.beside else ""
    scene = training_scene(
        run.columns,
        x=setting.x,
        y=setting.y,
        start=setting.start,
        epochs=kept.total,
        name=name,
        beside={other: run.columns for other, run in kept.beside.items()},
        tracks={name: kept.track, **{other: run.track for other, run in kept.beside.items()}},
    )
    loop_player.follow(
        kept,
        scene,
        key=_PLAYER,
        identity=kept.lesson.text,
        said=sentences.about_run(kept.lesson, run, setting.surface)
        | ({"instead": sentences.STALE} if kept.stale(lesson) else {}),
        now=kept.now,
    )
    if kept.run.ended:
        st.warning(f"The run ended early: {kept.run.ended}.", icon=":material/timer_off:")
    _failure(kept)


def _failure(kept: Training) -> None:
    if not kept.lesson.applied:
        messages.failed(kept.failure)


def code(kept: Training, lesson: Lesson, height: int = 530) -> None:
    """The lesson's text, with its marked, running and failed lines; ``height`` in pixels."""
    moment = kept.moment
    stale = kept.stale(lesson)
    edited = changed_lines(kept.lesson.text, lesson.text) if stale else []
    code_panel(
        lesson.text,
        key="code",
        running=moment.step.line if moment and not stale else None,
        changed=sorted({*edited, *lesson.marked_lines}),
        failed=kept.failure.line if kept.failure and not stale else None,
        look=loop_line(lesson.text),
        height=height,
        watch=_watch(kept),
    )


def _downloads(kept: Training, lesson: Lesson) -> None:
    names = kept.run.each_epoch
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
        take_home(lesson, key="training", type="secondary")
        st.download_button(
            "Numbers (.csv)",
            lambda: export.to_csv(kept.run.columns, names),
            f"{lesson.name}.csv",
            "text/csv",
            key="csv",
            disabled=not kept.run.epochs,
            help="One row for each epoch computed so far: epoch, loss, w, b.",
        )


def _zipped(lesson: Lesson) -> bytes:
    scripts = {
        f"{lesson.name}.py": lesson.text,
        f"{lesson.name}.ipynb": export.to_notebook(lesson.text),
    }
    return export.to_zip({**scripts, **lesson.files})


def _watch(kept: Training) -> Watch | None:
    """The tensors before and after the statement that Step executed."""
    if kept.moment is None:
        return None
    step, before, after = kept.moment.step, kept.moment.before, kept.moment.after
    where = f", step {step.number} of the recipe" if step.number else ""
    return Watch(
        f"Line {step.line}{where}: before → after",
        ("tensor", "value", "grad", "requires_grad", "grad_fn"),
        [list(zip(_row(before.get(name)), _row(now), strict=True)) for name, now in after.items()],
    )


def _row(one: Snapshot | None) -> tuple[str, ...]:
    if one is None:
        return ("—",) * 5
    return one.name, one.value, str(one.grad), str(one.requires_grad), str(one.grad_fn)
