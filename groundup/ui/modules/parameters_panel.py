"""The player of a model's parameters on the page."""

from __future__ import annotations

from groundup.figures.modules.model_contents import table
from groundup.modules.parameter_history import Watched
from groundup.ui.components.player_panel import Player

_player = Player("modules/parameters")

KEY = "parameters"
"""The key under which the parameters' player is mounted."""


def parameters_player(watched: Watched) -> None:
    """Draw the record of ``watched``, and bring the player's code, which is invisible."""
    contents = [watched.lesson.text, *map(str, watched.lesson.files.values())]
    identity = "\0".join(contents)
    _player.follow(watched, table(watched), key=KEY, identity=identity, said=_said(watched))
    _player.deliver()


def _said(watched: Watched) -> dict[str, str]:
    start = "Before the first step the layers hold random numbers, and no gradient exists: None."
    if watched.lesson.files:
        start = "These are your file's numbers. Raise Epochs and press Train to go on from them."
    return {
        "start": start,
        "end": f"After {watched.total} epochs. Drag the slider to see how they came about.",
        "diverged": "The loss is no longer a number.",
    }
