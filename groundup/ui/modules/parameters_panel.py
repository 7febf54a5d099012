"""The player of a model's parameters on the page."""

from __future__ import annotations

import hashlib

import streamlit as st

from groundup.figures.modules.model_contents import table
from groundup.modules.parameter_history import Watched
from groundup.ui.components.component import delivered, delivery
from groundup.ui.components.player_panel import as_held

_player = delivered("modules/parameters", shared="components/transport")
_code = delivery("modules/parameters", shared="components/transport")


def parameters_player(watched: Watched) -> None:
    """Draw the record of ``watched``, and bring the player's code, which is invisible."""
    contents = [watched.lesson.text, *map(str, watched.lesson.files.values())]
    _player(
        key="parameters",
        data={
            **table(watched),
            "id": hashlib.sha256("\0".join(contents).encode()).hexdigest()[:16],
            "order": {"number": watched.order, "at": watched.at, "play": watched.playing},
            "said": _said(watched),
        },
        on_held_change=_nothing,
    )
    _code(key="parameters_code")


def hear(watched: Watched) -> None:
    """Take up where the browser says that the learner holds the record."""
    if held := as_held(st.session_state.get("parameters", {}).get("held")):
        watched.held(*held)


def _said(watched: Watched) -> dict[str, str]:
    start = "Before the first step the layers hold random numbers, and no gradient exists: None."
    if watched.lesson.files:
        start = "These are your file's numbers. Raise Epochs and press Train to go on from them."
    return {
        "start": start,
        "end": f"After {watched.run.epochs} epochs. Drag the slider to see how they came about.",
        "diverged": "The loss is no longer a number.",
    }


def _nothing() -> None:
    """Streamlit gives a component's result only the attributes that have a callback."""
