"""The network player on the page."""

from __future__ import annotations

import streamlit as st

from groundup.figures.modules.network import chunks, network
from groundup.modules.network_training import NetworkTraining
from groundup.ui.components.component import component, texts
from groundup.ui.components.onefile import Part
from groundup.ui.components.player_panel import Player, short_name

_player = Player("modules/network_player")
_chunk = component("modules/chunk")

KEY = "network"
"""The key under which the network's player is mounted."""


def load_code(training: NetworkTraining) -> None:
    """Bring the player's code and the recording's chunks to the browser. All of it is invisible.

    Each chunk is a component of its own, for streamlit sends again only those that changed.
    """
    with st.container(gap=None):
        _player.load_code()
        for number, chunk in enumerate(chunks(training) if training.view else ()):
            data = {**chunk, "number": number, "recording": _name(training)}
            _chunk(key=f"chunk_{number}", data=data)


def _name(training: NetworkTraining) -> str:
    """The recording's name; that of the same text recorded again is another."""
    return f"{short_name(training.lesson.text)}-{training.order}"


def network_parts(training: NetworkTraining, said: dict[str, str], every: int) -> list[Part]:
    """The picture for a file that plays without a server: its chunks, and the player itself.

    One picture in ``every`` is kept.
    """
    name = _name(training)
    pieces = [
        Part("", texts("modules/chunk"), {**chunk, "number": n, "recording": name})
        for n, chunk in enumerate(chunks(training, every))
    ]
    scene = {**network(training), "recording": name}
    return [*pieces, _player.part(scene, identity=training.lesson.text, said=said)]


def network_player(training: NetworkTraining, said: dict[str, str]) -> None:
    """Draw ``training``; ``said`` are the sentences for ``start``, ``end`` and ``diverged``."""
    scene = {**network(training), "recording": _name(training)}
    _player.follow(training, scene, key=KEY, identity=training.lesson.text, said=said)
