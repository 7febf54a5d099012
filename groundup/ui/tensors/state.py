"""What the tensors page remembers of a visitor, beside its controls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class TensorsState:
    """One visitor's tensors page.

    Attributes:
        drawn: what each picture last showed, by its key: it stays where an entry is refused.
        updated: the text of the million updates that were last asked for.
    """

    drawn: dict[str, dict[str, Any]] = field(default_factory=dict)
    updated: str = ""
