"""The race player on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from groundup.optimizers.race import Race
from groundup.ui.components.onefile import Part
from groundup.ui.components.player_panel import Player

_player = Player("optimizers/race_player")
load_code = _player.load_code

KEY = "race"
"""The key under which the race's player is mounted."""


def race_parts(race: Race, scene: Mapping[str, Any], look: str) -> list[Part]:
    """The picture for a file that plays without a server."""
    return [_player.part({**scene, "look": look}, identity=_identity(race, scene), said={})]


def _identity(race: Race, scene: Mapping[str, Any]) -> str:
    return repr([entry.lesson.text for entry in race.entries]) + str(scene["word"])


def race_player(
    race: Race, scene: Mapping[str, Any], look: str, on_place: Callable[[], None]
) -> None:
    """Draw ``scene`` (see ``figures.optimizers.race``); ``look`` says what to look for.

    A click calls ``on_place``, and ``held(KEY)["place"]`` holds the place on the
    landscape, or ``{"watch": name}`` for a racer to look into.
    """
    identity, scene = _identity(race, scene), {**scene, "look": look}
    _player.follow(race, scene, key=KEY, identity=identity, said={}, on_place=on_place)
