"""What the optimizers' topic remembers of a visitor, beside its controls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from groundup.optimizers.race import Race


@dataclass
class RaceState:
    """One visitor's race.

    Attributes:
        heavy: what is dropped where memory is short; the page makes it anew.
        race: the race in the picture; None before the topic was first opened.
        clicked: whether a click in the picture moved a control, which the whole page must hear of.
        preset: the title of the preset that was last taken.
        settings: each racer's controls, kept while their racer is out of the race.
    """

    heavy: ClassVar[tuple[str, ...]] = ("race",)

    race: Race | None = None
    clicked: bool = False
    preset: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
