"""What a learner takes home of a training: its code, its numbers, and a page that plays it."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from groundup.engine import export
from groundup.engine.lesson import Lesson
from groundup.figures.training import sentences
from groundup.figures.training.player import training as training_scene
from groundup.training.provenance import names_to_follow
from groundup.training.session import Training
from groundup.ui.components.code_panel import code_part
from groundup.ui.components.onefile import Part
from groundup.ui.components.player_panel import loop_player, short_name
from groundup.ui.components.stepping import Followed
from groundup.ui.components.take_home import take_home

CODE = "code"
"""The key of the code panel that the picture follows."""


def scene(training: Training, *, alone: bool = False) -> dict[str, Any]:
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


def identity(lesson: Lesson) -> str:
    """Another one for another text, or for other points in the file that it reads."""
    return lesson.text + "".join(map(str, lesson.files.values()))


def downloads(training: Training, lesson: Lesson, *, waits: bool) -> None:
    """The menu of files; while the run ``waits`` for a guess, without the page that steps."""
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
    text_and_points = identity(lesson)
    followed = Followed(short_name(text_and_points), names_to_follow(lesson.text), None)
    code = code_part(lesson.text, name=CODE, files=lesson.files, followed=followed)
    setting = training.setting
    if setting is None or not training.run.epochs or training.stale(lesson):
        return [code]
    said = sentences.about_run(lesson, training.run, setting)
    return [
        loop_player.part(scene(training), identity=text_and_points, said=said, follows=CODE),
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
