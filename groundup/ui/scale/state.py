"""What the FFN-scale page remembers of a visitor, beside its controls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from groundup.engine.observe import Run
from groundup.scale.ffn_training import FfnTraining
from groundup.scale.measure import Point


@dataclass
class ScaleState:
    """One visitor's FFN-scale page.

    Attributes:
        timing: the measurement that is under way, if one is.
        steps: how many points it will have at its end.
        points: what was measured so far.
        fitting: the training of a block.
    """

    timing: Run | None = None
    steps: int = 0
    points: Sequence[Point] = ()
    training: FfnTraining = field(default_factory=FfnTraining)
