"""The network player on the page."""

from __future__ import annotations

import streamlit as st

from groundup.figures.modules.network import network, reels
from groundup.modules.network_training import Film
from groundup.ui.components.component import component
from groundup.ui.components.player_panel import Player, short_name

_player = Player("modules/network_player")
_reel = component("modules/reel")

KEY = "network"
"""The key under which the network's player is mounted."""


def deliver(film: Film) -> None:
    """Bring the player's code and the film's reels to the browser. All of it is invisible.

    Each reel is a component of its own, for streamlit sends again only those that changed.
    """
    with st.container(gap=None):
        _player.deliver()
        for number, reel in enumerate(reels(film) if film.view else ()):
            _reel(key=f"reel_{number}", data={**reel, "number": number, "film": _name(film)})


def _name(film: Film) -> str:
    """The film's name; that of the same text filmed again is another."""
    return f"{short_name(film.lesson.text)}-{film.order}"


def network_player(film: Film, said: dict[str, str]) -> None:
    """Draw ``film``; ``said`` are the sentences for ``start``, ``end`` and ``diverged``."""
    scene = {**network(film), "film": _name(film)}
    _player.follow(film, scene, key=KEY, identity=film.lesson.text, said=said)
