"""The player of a model's parameters on the page."""

from __future__ import annotations

from groundup.figures.modules.model_contents import table
from groundup.modules.parameter_history import TrainedModel
from groundup.ui.components.player_panel import Player

_player = Player("modules/parameters")

KEY = "parameters"
"""The key under which the parameters' player is mounted."""


def parameters_player(trained: TrainedModel) -> None:
    """Draw the record of ``trained``, and bring the player's code, which is invisible."""
    contents = [trained.lesson.text, *map(str, trained.lesson.files.values())]
    identity = "\0".join(contents)
    _player.follow(trained, table(trained), key=KEY, identity=identity, said=_sentences(trained))
    _player.load_code()


def _sentences(trained: TrainedModel) -> dict[str, str]:
    start = "Before the first step the layers hold random numbers, and no gradient exists: None."
    if trained.lesson.files:
        start = "These are your file's numbers. Raise Epochs and press Train to go on from them."
    return {
        "start": start,
        "end": f"After {trained.total} epochs. Drag the slider to see how they got there.",
        "diverged": "The loss is not finite.",
    }
