"""What the training page remembers of a visitor, beside its controls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from groundup.training.by_hand import Hand
from groundup.training.guesses import Guesses
from groundup.training.own_data import Points
from groundup.training.run_table import RunTable, Sweep
from groundup.training.session import Training
from groundup.training.table_file import TableFile

Rows = list[dict[str, float | None]]
"""Points as they stand in a table, where a cell may be empty still."""


@dataclass
class PointsTable:
    """The table that points are typed into: what it ``start``ed with, and its ``rows`` now.

    ``used`` are the points that were used when it was made, ``visit`` is the one that drew it last.
    """

    used: Points | None
    start: Rows
    rows: Rows = field(default_factory=list)
    visit: str = ""

    @property
    def beginning(self) -> int:
        """A number for its start: a table that begins with other rows is another widget."""
        return hash((self.used, tuple((row.get("x"), row.get("y")) for row in self.start)))


@dataclass
class TrainingState:
    """One visitor's training page.

    Attributes:
        heavy: what is dropped where memory is short; the page makes it anew.
        training: the run in the picture; None before the page was first opened.
        anew: whether another section was opened since, so that the run begins again.
        hand: what was tried by hand.
        run_table: the pinned runs.
        sweep: the last sweep over learning rates.
        own_points: the learner's own points, if they are more than a link holds.
        given: what the link shall hold of own points from the next run on, if that changes.
        table: the table that points are typed into, and what of it is not used yet.
        table_file: a dropped file that is looked at and not used yet.
        foretold, foreseen: the guesses under *Predict*, and those at mistakes under *Break it*.
        not_pinned, not_own: why the last press or file was refused, until that was said.
    """

    heavy: ClassVar[tuple[str, ...]] = ("training", "sweep", "run_table", "table_file")

    training: Training | None = None
    anew: bool = False
    hand: Hand = field(default_factory=Hand)
    run_table: RunTable = field(default_factory=RunTable)
    sweep: Sweep | None = None
    own_points: Points | None = None
    given: str | None = None
    table: PointsTable | None = None
    table_file: TableFile | None = None
    foretold: Guesses = field(default_factory=Guesses)
    foreseen: Guesses = field(default_factory=Guesses)
    not_pinned: str = ""
    not_own: str = ""
