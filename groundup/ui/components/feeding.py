"""A stage on which a run is played that may be too long to be computed in one press."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from groundup.engine.playback import Playback
from groundup.ui.components.player_panel import read_player
from groundup.ui.shell import holdings
from groundup.ui.shell.part import part

PIECE = 1.0
"""Seconds between two pieces; a piece is computed for half as long, and leaves time for others."""

LEAST = 0.1
"""Seconds of turns for a piece, however many share them: less would go into drawing it."""

Feed = Callable[[], None]


def feed_player(playback: Playback, key: str, draw: Callable[[Feed], None]) -> None:
    """Let ``draw`` draw ``playback``, whose player is mounted under ``key``.

    While the player plays what is not computed yet, a clock runs ``draw`` again, alone of the page.
    ``draw`` is handed a function that computes the next piece and starts or stops the clock. It
    calls that once, after its buttons were heard, so that a press feeds what it began, and before
    it draws the picture, because the clock starts and stops with a run of the whole page.
    """
    with playback.exclusive():
        read_player(key, playback)
        ticking = playback.feeding
        part(_feed_fragment, run_every=PIECE if ticking else None)(playback, key, draw, ticking)


def _feed_fragment(
    playback: Playback, key: str, draw: Callable[[Feed], None], ticking: bool
) -> None:
    holdings.touch()
    with playback.exclusive():
        read_player(key, playback)
        draw(partial(_feed, playback, ticking))


def _feed(playback: Playback, ticking: bool) -> None:
    if ticking and playback.feeding:
        playback.compute(PIECE / 2, least=LEAST)
    if playback.feeding != ticking:
        st.rerun()
