"""The network player on the page."""

from __future__ import annotations

import hashlib

import streamlit as st

from groundup.figures.modules.network import network, reels
from groundup.modules.network_training import Film
from groundup.ui.components.component import component, delivered, delivery
from groundup.ui.components.player_panel import as_held

_player = delivered("modules/network_player", shared="components/transport")
_code = delivery("modules/network_player", shared="components/transport")
_reel = component("modules/reel")


def deliver(film: Film) -> None:
    """Bring the player's code and the film's reels to the browser. All of it is invisible.

    Each reel is a component of its own, for streamlit sends again only those that changed.
    """
    with st.container(gap=None):
        _code(key="network_player_code")
        for number, reel in enumerate(reels(film) if film.view else ()):
            _reel(key=f"reel_{number}", data={**reel, "number": number, "film": _name(film)})


def _identity(film: Film) -> str:
    return hashlib.sha256(film.lesson.text.encode()).hexdigest()[:16]


def _name(film: Film) -> str:
    """The film's name; that of the same text filmed again is another."""
    return f"{_identity(film)}-{film.order}"


def network_player(film: Film, said: dict[str, str]) -> None:
    """Draw ``film``; ``said`` are the sentences for ``start``, ``end`` and ``diverged``."""
    _player(
        key="network",
        data={
            **network(film),
            "id": _identity(film),
            "film": _name(film),
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
