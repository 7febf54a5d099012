"""The race player on the page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from groundup.optimizers.race import Race
from groundup.ui.components.component import delivered, delivery
from groundup.ui.components.player_panel import as_held

_player = delivered("optimizers/race_player", shared="components/transport")
_code = delivery("optimizers/race_player", shared="components/transport")


def deliver() -> None:
    """Bring the player's code to the browser. It is invisible, and is mounted after the player."""
    _code(key="race_player_code")


def race_player(
    race: Race, scene: Mapping[str, Any], look: str, on_place: Callable[[], None]
) -> None:
    """Draw ``scene`` (see ``figures.optimizers.race``); ``look`` says what to look for.

    A click calls ``on_place``, and ``st.session_state["race"]["place"]`` holds the place on the
    landscape, or ``{"watch": name}`` for a racer to look into.
    """
    identity = repr([entry.lesson.text for entry in race.entries]) + scene["word"]
    _player(
        key="race",
        data={
            **scene,
            "id": hashlib.sha256(identity.encode()).hexdigest()[:16],
            "order": {"number": race.order, "at": race.at, "play": race.playing},
            "look": look,
        },
        on_held_change=_nothing,
        on_place_change=on_place,
    )


def hear(race: Race) -> None:
    """Take up where the browser says that the learner holds the race."""
    if held := as_held(st.session_state.get("race", {}).get("held")):
        race.held(*held)


def _nothing() -> None:
    """Streamlit gives a component's result only the attributes that have a callback."""
