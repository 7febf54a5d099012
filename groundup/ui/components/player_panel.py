"""The player on the page: what Python sends it, and the one thing it says back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from groundup.ui.components.component import delivered, delivery

_player = delivered("components/player", shared="components/transport")
_code = delivery("components/player", shared="components/transport")


class Held(NamedTuple):
    """Where the learner holds the run: ``at`` epochs complete, under the ``order``-th order."""

    order: int
    at: int
    playing: bool


def deliver() -> None:
    """Bring the player's code to the browser. It is invisible, and is mounted in every page."""
    _code(key="player_code")


def player(
    scene: Mapping[str, Any],
    *,
    key: str,
    identity: str,
    order: int,
    at: int,
    play: bool,
    said: Mapping[str, str],
    now: Mapping[str, Any] | None = None,
    on_place: Callable[[], None] | None = None,
) -> Held | None:
    """Draw ``scene`` (see :mod:`groundup.figures.training.player`) and return where it is held.

    ``identity`` changes with the lesson's text. A new ``order`` makes the player stand at ``at``
    epochs and play on from there if ``play`` is set; otherwise it stays where it is. ``said`` are
    the sentences for ``start``, ``end`` and ``diverged``; ``now`` replaces w and b while the
    learner stands within an epoch. Where ``on_place`` is given, a click on the surface calls it,
    and ``st.session_state[key]["place"]`` holds the [w, b] that was clicked.
    """
    result = _player(
        key=key,
        data={
            **scene,
            "id": hashlib.sha256(identity.encode()).hexdigest()[:16],
            "order": {"number": order, "at": at, "play": play},
            "said": said,
            "now": now,
            "pick": on_place is not None,
        },
        on_held_change=_nothing,
        on_place_change=on_place or _nothing,
    )
    return as_held(result.held)


def as_held(report: object) -> Held | None:
    """Read what came from the browser, which may be anything."""
    match report:
        case {"order": int(order), "at": int(at), "playing": bool(playing)}:
            return Held(order, at, playing)
        case _:
            return None


def _nothing() -> None:
    """Streamlit gives a component's result only the attributes that have a callback."""
