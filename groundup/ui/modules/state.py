"""What the nn.Module page remembers of a visitor, beside its controls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from groundup.modules.network_training import NetworkTraining
from groundup.modules.parameter_history import TrainedModel


@dataclass
class ModulesState:
    """One visitor's nn.Module page.

    Attributes:
        heavy: what is dropped where memory is short; the page makes it anew.
        sides: the two texts that were last shown side by side, in which a click is looked up.
        trained: the two loops whose losses stand under the three lines; None before a press.
        raced: the settings that the proof was last run with; None before it was first opened.
        races: how often it was run.
        trained_model: the training of what a model holds; None before that was first opened.
        own_numbers: the file that its text loads, if the learner brought one.
        epochs_before: where the control of the epochs stood before that.
        converted: what was done to its numbers to make them fit.
        wrapped: a file whose numbers fit once they are unwrapped, until the learner asks for that.
        not_loaded: why the last file was refused.
        network_training: the network's training; None before it was first opened.
        preset: the title of the network's preset that was last taken.
        taken: whether a preset was just taken, which trains.
    """

    heavy: ClassVar[tuple[str, ...]] = ("trained_model", "network_training")

    sides: Mapping[str, str] = field(default_factory=dict)
    trained: tuple[str, str] | None = None
    raced: Mapping[str, Any] | None = None
    races: int = 0
    trained_model: TrainedModel | None = None
    own_numbers: bytes | None = None
    epochs_before: int = 30
    converted: tuple[str, ...] = ()
    wrapped: bytes | None = None
    not_loaded: str = ""
    network_training: NetworkTraining | None = None
    preset: str = ""
    taken: bool = False
