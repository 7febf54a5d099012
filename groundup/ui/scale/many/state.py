"""What *Many machines* remembers of a visitor, beside its controls."""

from __future__ import annotations

from dataclasses import dataclass, field

from groundup.scale.many.resuming import Resumed
from groundup.scale.many.seen import Seen


@dataclass
class ManyState:
    """One visitor's runs on workers.

    Attributes:
        seen: the latest run of each part of the section, by the part's key.
        resumed: the latest training that lost a worker.
        trouble: how the latest try ended, where it came to no end, by the same key.
    """

    seen: dict[str, Seen] = field(default_factory=dict)
    resumed: Resumed | None = None
    trouble: dict[str, str] = field(default_factory=dict)
