"""A graph that is laid out once, and what each of its places looks like at which moments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

NEVER = -1
"""The moment of what does not happen."""


class Box(NamedTuple):
    """A node's ``shape`` (``"box"``, ``"round"``, ``"ellipse"``) and its room: ``texts`` that it
    will hold at one moment or another, in up to ``rows`` rows."""

    shape: str
    texts: list[str]
    rows: int


class DrawnEdge(NamedTuple):
    """An edge, declared from what goes into an operation to what comes out, and its label's room.

    Inputs so stand at the top and the output at the bottom, whichever way the arrow is drawn. A
    label that has no room of its own is drawn over what is there, while it is painted.
    """

    source: str
    target: str
    texts: list[str]


class Paint(NamedTuple):
    """What a node or an edge looks like for a while: its rows of text and its outline."""

    rows: list[str]
    colour: str
    width: float
    dashed: bool


Timeline = list[tuple[int, Paint]]
"""Paints, each with the moment from which on it holds; the first holds from moment 0."""


@dataclass
class Drawn:
    """A graph and its paint; ``nodes`` and ``edges`` are laid out alike at every moment.

    ``back`` tells that the arrows point from the output to the inputs.
    """

    back: bool
    nodes: dict[str, Box] = field(default_factory=dict)
    edges: dict[str, DrawnEdge] = field(default_factory=dict)
    node_paint: dict[str, Timeline] = field(default_factory=dict)
    edge_paint: dict[str, Timeline] = field(default_factory=dict)


def painted(timelines: dict[str, Timeline], moment: int) -> dict[str, Paint]:
    """Each place's paint at ``moment``."""
    return {
        key: next(paint for start, paint in reversed(timeline) if start <= moment)
        for key, timeline in timelines.items()
    }


class Times(NamedTuple):
    """When a place is ``made``, when it has its gradient, and the moments that are about it."""

    made: int
    graded: int
    now: set[int]

    def state_at(self, at: int) -> int:
        """0 before it is there, 1 after, 2 with its gradient."""
        if self.graded != NEVER and at >= self.graded:
            return 2
        return int(self.made != NEVER and at >= self.made)


def timeline(times: Times, paint: Callable[[int], Paint]) -> Timeline:
    """The paints at all moments at which something changes."""
    changes = {0, times.made, times.graded, *times.now, *(at + 1 for at in times.now)}
    states: Timeline = []
    for at in sorted(changes - {NEVER}):
        if not states or states[-1][1] != paint(at):
            states.append((at, paint(at)))
    return states
