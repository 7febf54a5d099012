"""Bytes that each device must send in a training step, and the time at the links' full speed."""

from __future__ import annotations

from dataclasses import dataclass

from groundup.scale import architecture
from groundup.scale.architecture import Architecture
from groundup.scale.spread.links import Link, speed
from groundup.scale.spread.share import Stage, stages
from groundup.scale.spread.ways import Step, Way, check

ROUNDS = {"nothing": 2, "optimizer": 2, "gradients": 2, "weights": 3}
"""How often a device's weights' worth of bytes goes round among the copies.

An all-reduce is a reduce-scatter and an all-gather. Where the optimizer or the gradients are spread
out, the second gathers weights and not gradients. Where the weights are, they are gathered twice,
forward and backward (Rajbhandari et al. 2020, ZeRO, section 7).
"""


@dataclass(frozen=True)
class Sent:
    """Bytes that one device sends in a step: between copies, parts of a matrix, and stages."""

    copies: float = 0.0
    parts: float = 0.0
    stages: float = 0.0

    @property
    def total(self) -> float:
        """All of it."""
        return self.copies + self.parts + self.stages


def sent(a: Architecture, way: Way, step: Step) -> list[Sent]:
    """What one device of each stage sends.

    Raises:
        ValueError: for a way or a step that is not possible.
    """
    check(a, way, step)
    return [_sent(a, stage, way, step) for stage in stages(a, way)]


def most_sent(a: Architecture, way: Way, step: Step) -> Sent:
    """What the device sends that sends most.

    Raises:
        ValueError: for a way or a step that is not possible.
    """
    return max(sent(a, way, step), key=lambda one: one.total)


def _sent(a: Architecture, stage: Stage, way: Way, step: Step) -> Sent:
    rows = step.tokens * a.hidden * step.size
    once_round = ring(way.copies) / 2 * stage.parameters * step.size
    return Sent(
        copies=ROUNDS[way.spread] * once_round,
        parts=ring(way.tensor) * sums(a, stage, way) * rows,
        stages=_neighbours(stage, way) * rows,
    )


def ring(workers: int) -> float:
    """Bytes that each of ``workers`` sends for each byte of an all-reduce in a ring."""
    return 2 * (workers - 1) / workers


def sums(a: Architecture, stage: Stage, way: Way) -> int:
    """Sums of all rows of x: two forward and two backward in a layer (Shoeybi et al. 2019).

    A parallel block adds both of its halves in one. The cut embedding takes a sum forward, the cut
    head one backward.
    """
    in_layer = 2 if a.parallel else 4
    ends = (stage.number == 0) + (stage.number == way.pipeline - 1)
    return in_layer * stage.layers + ends


def _neighbours(stage: Stage, way: Way) -> int:
    """Rows go forward to the next stage, and their gradients back to the one before."""
    return (stage.number > 0) + (stage.number < way.pipeline - 1)


def seconds(one: Sent, way: Way, link: Link) -> float:
    """The time to send that, at full speed and with nothing computed meanwhile."""
    far = speed(link, way.devices)
    return one.parts / speed(link, way.tensor) + (one.copies + one.stages) / far


def computing(a: Architecture, way: Way, step: Step, link: Link) -> float:
    """The least time to compute a step, at the device's peak."""
    return architecture.step_flops(a, step.tokens, step.context) / way.group / link.peak
