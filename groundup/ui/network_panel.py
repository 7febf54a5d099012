"""The network player on the page."""

from __future__ import annotations

import hashlib

import streamlit as st

from groundup.figures.network import network
from groundup.film import Film
from groundup.ui.component import delivered, delivery
from groundup.ui.player_panel import as_held

_player = delivered("network_player", shared="transport")
_code = delivery("network_player", shared="transport")


def deliver() -> None:
    """Bring the player's code to the browser. It is invisible, and is mounted after the player."""
    _code(key="network_player_code")


def network_player(film: Film, said: dict[str, str]) -> None:
    """Draw ``film``; ``said`` are the sentences for ``start``, ``end`` and ``diverged``."""
    _player(
        key="network",
        data={
            **network(film),
            "id": hashlib.sha256(film.lesson.text.encode()).hexdigest()[:16],
            "order": {"number": film.order, "at": film.at, "play": film.playing},
            "said": said,
        },
        on_held_change=_nothing,
    )


def hear(film: Film) -> None:
    """Take up where the browser says that the learner holds the run."""
    if held := as_held(st.session_state.get("network", {}).get("held")):
        film.held(*held)


def _nothing() -> None:
    """Streamlit gives a component's result only the attributes that have a callback."""
