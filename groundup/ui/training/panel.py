"""The stage of a training page: buttons, player, code, and what one step did.

It is one fragment, so that pressing its buttons leaves the rest of the page alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import streamlit as st

from groundup.engine import export
from groundup.engine.lesson import Lesson, changed_lines, loop_line
from groundup.engine.snapshot import Snapshot
from groundup.figures.training import sentences
from groundup.figures.training.player import training as training_scene
from groundup.training import schedule
from groundup.training.session import Training
from groundup.ui.components import messages
from groundup.ui.components.code_panel import Watch, code_panel
from groundup.ui.components.player_panel import as_held, player
from groundup.ui.components.take_home import take_home

Panel = Callable[[Training, Lesson], None]


class Panels(NamedTuple):
    """What a mode of the lab adds: above the picture, in the code's place, and under both."""

    above: Panel | None = None
    right: Panel | None = None
    below: Panel | None = None


_NONE = Panels()

PIECE = 1.0
"""Seconds between two pieces of a run too long for one press."""


def state(lesson: Lesson) -> Training:
    """This learner's training: the one place where it is kept."""
    if "training" not in st.session_state:
        st.session_state["training"] = Training(lesson)
    kept: Training = st.session_state["training"]
    return kept


def learning_rate_moved() -> None:
    """The learning rate was moved: if a run is held, write that into the schedule."""
    kept: Training | None = st.session_state.get("training")
    if kept is None:
        return
    _hear(kept)
    try:
        now = schedule.parse(st.session_state.get("schedule", ""))
    except ValueError:
        now = ()
    new = kept.rescheduled(now, st.session_state["lr"])
    st.session_state["schedule"] = schedule.render(new)


def scheduled(lesson: Lesson, text: str) -> Lesson:
    """``lesson`` under the learner's schedule; a sentence instead, where that cannot be read."""
    try:
        return schedule.apply(lesson, schedule.parse(text))
    except ValueError as error:
        st.warning(f"The schedule is not used: {error}", icon=":material/edit_off:")
        return lesson


def stage(lesson: Lesson, panels: Panels = _NONE) -> None:
    """Everything under the controls. A run too long for one press is fed in pieces."""
    kept = state(lesson)
    _hear(kept)
    kept.show(lesson)
    feeding = kept.playing and not kept.trained
    st.fragment(_stage, run_every=PIECE if feeding else None)(lesson, feeding, panels)


def _stage(lesson: Lesson, feeding: bool, panels: Panels) -> None:
    kept = state(lesson)
    _hear(kept)
    # Filled once the buttons beneath were heard. In a container of its own, or the player would be
    # made anew when it grows by an element.
    above = st.container() if panels.above else None
    if feeding and kept.playing:
        kept.compute(PIECE / 2)
        if kept.trained:
            st.rerun()
    picture, right = st.columns([1.35, 1], gap="medium")
    with picture:
        _buttons(kept, lesson, feeding)
    if panels.above and above:
        with above:
            panels.above(kept, lesson)
    with picture:
        _picture(kept, lesson)
    with right:
        (panels.right or code)(kept, lesson)
    if panels.below:
        panels.below(kept, lesson)


def _buttons(kept: Training, lesson: Lesson, feeding: bool) -> None:
    with st.container(horizontal=True, gap="small"):
        # No callbacks: streamlit would call them with the lesson of an earlier run, and a number
        # typed just before the press would be lost.
        if _button("Train", "T", "play_arrow", type="primary"):
            kept.train(lesson, st.session_state.get("guess"))
        if _button("Step", "S", "step_over"):
            kept.step(lesson)
        if _button("Reset", "X", "restart_alt", on_click=_reset, args=(kept,)):
            st.rerun()
        _downloads(kept, lesson)
    if kept.playing and not kept.trained and not feeding:
        # The press that began a long run must also start the clock that feeds it.
        st.rerun()


def _button(label: str, shortcut: str, icon: str, **more: Any) -> bool:
    icon = f":material/{icon}:"
    return st.button(label, key=label.lower(), shortcut=shortcut, icon=icon, **more)


def _reset(kept: Training) -> None:
    st.session_state["schedule"] = ""
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
    player(
        scene,
        key="player",
        identity=kept.lesson.text,
        order=kept.order,
        at=kept.at,
        play=kept.playing,
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


def _hear(kept: Training) -> None:
    """Take up where the browser says that the learner holds the run."""
    if held := as_held(st.session_state.get("player", {}).get("held")):
        kept.held(*held)
