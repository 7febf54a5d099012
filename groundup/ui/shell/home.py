"""The first page's picture: the training loop's own text, and its run, playing by itself."""

from __future__ import annotations

from typing import Any, NamedTuple

import streamlit as st

from groundup.engine import lesson
from groundup.engine.lesson import Lesson
from groundup.engine.text import loop_line
from groundup.figures.training import sentences
from groundup.figures.training.player import training as training_scene
from groundup.training.session import Training
from groundup.ui.components.code_panel import code_panel
from groundup.ui.components.player_panel import player


class Stop(NamedTuple):
    """A page on the way: its script, what is learned there, and how wide its title is."""

    page: str
    learned: str
    width: float


STOPS = (
    Stop("tensors", "Numbers with a shape", 1.0),
    Stop("requires_grad", "Numbers that can learn", 1.2),
    Stop("computation_graph", "How the blame flows back", 1.45),
    Stop("training_loop", "Five steps, again and again", 1.15),
    Stop("nn_module", "The same five, a line each", 1.05),
    Stop("ffn_scale", "The same five, at 8 billion", 1.05),
)


def page_links() -> None:
    """The six pages in their order, each a link."""
    columns = st.columns([stop.width for stop in STOPS], gap="xsmall")
    for n, (column, stop) in enumerate(zip(columns, STOPS, strict=True), 1):
        with column, st.container(gap="xxsmall"):
            st.page_link(f"app_pages/{stop.page}.py", icon=f":material/counter_{n}:")
            st.caption(stop.learned)


def loop() -> Lesson:
    """What is run here: the training loop, in steps short enough to be watched."""
    return lesson.load("training_loop").set(learning_rate=0.03)


def code() -> None:
    """The loop's text, its five steps in view."""
    text = loop().text
    code_panel(text, key="home_code", look=loop_line(text), height=290, steps=True)


def live() -> None:
    """Its run, played from the start."""
    scene, said = _run(loop().text)
    player(scene, key="home_player", identity=loop().text, order=1, at=0, play=True, said=said)


@st.cache_data(show_spinner=False)
def _run(text: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The picture of the run of the loop, whose text is ``text``, and its sentences."""
    training = Training(loop())
    training.train(loop())
    run, setting = training.run, training.setting
    if setting is None:
        raise RuntimeError(f"the first page's lesson failed: {training.failure}")
    scene = training_scene(
        run.columns, x=setting.x, y=setting.y, start=setting.start, epochs=run.epochs
    )
    return scene, sentences.about_run(loop(), run, setting)
