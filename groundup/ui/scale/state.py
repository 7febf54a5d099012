"""What the FFN-scale page remembers of a visitor, beside its controls."""

from __future__ import annotations

from dataclasses import dataclass, field

from groundup.scale.ffn_training import FfnTraining
from groundup.scale.measure import Timing


@dataclass
class ScaleState:
    """One visitor's FFN-scale page.

    Attributes:
        timing: the measurement.
        training: the training of a block.
    """

    timing: Timing = field(default_factory=Timing)
    training: FfnTraining = field(default_factory=FfnTraining)
