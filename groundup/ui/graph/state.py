"""What the computation-graph page remembers of a visitor, beside its controls."""

from __future__ import annotations

from dataclasses import dataclass, field

from groundup.graph.recording import GraphTrace
from groundup.graph.script import Input


@dataclass
class GraphState:
    """One visitor's computation-graph page.

    Attributes:
        shown: the recording in the picture; None before a program first ran.
        linked: the name of the program that a link opened, and the moment it opened at.
        opened: how often a link opened the picture.
        inputs: the inputs of the last program that could be read.
        refused: why the last input was refused, until that was said.
    """

    shown: GraphTrace | None = None
    linked: tuple[str, int] | None = None
    opened: int = 0
    inputs: dict[str, Input] = field(default_factory=dict)
    refused: str = ""
