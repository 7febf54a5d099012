"""What a run's training did so far, as plain data: it keeps no tensor alive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from groundup.diagnosis.leaves import Leaf, Leaves
from groundup.diagnosis.marks import Mark, Marks


@dataclass
class Broken:
    """An invariant that broke: at which line, and the numbers that show it."""

    line: int
    numbers: tuple[Any, ...] = ()
    leaf: Leaf | None = None


@dataclass
class Stepper:
    """An optimizer: where it was made, what it holds, and what it was seen to do.

    Attributes:
        line: where it was made.
        leaves: the numbers of the leaves that it holds.
        constants: how many of the tensors that it was given require no gradient.
        rates: its learning rate at each step.
        remembers: whether it keeps something of earlier gradients.
        repeated: how many steps used gradients that the step before had used already.
    """

    line: int
    kind: str = ""
    ref: Any = None
    leaves: set[int] = field(default_factory=set)
    constants: int = 0
    constant_line: int = 0
    steps: int = 0
    step_line: int = 0
    repeated: int = 0
    remembers: bool = False
    rates: list[float] = field(default_factory=list)


@dataclass
class History:
    """What the listeners noted.

    Attributes:
        losses: the line and value of each loss that backward() was called of.
        broken: the first break of each invariant, by its key.
        held: the invariants that were looked at and held at least once.
        updates: how many updates there were; ``by_hand`` counts those without an optimizer.
        backwards: how many backward passes there were.
        reached: the numbers of the leaves that a loss was computed from.
        through: the marks of what went into a loss, by their kind and line.
        data: the numbers of leaves that are no parameters, but inputs with a gradient.
        zeros: the first backward pass, where it gave nothing but zeros.
        clears: since the last update, the lines and leaves whose gradients were cleared.
        elsewhere: where, of a loss with left over gradients, others' gradients were cleared.
        restored: whether parameters were set back to kept ones: a loss that rose was expected.
        evidence: what rules noted for themselves.
    """

    leaves: Leaves = field(init=False)
    marks: Marks = field(default_factory=Marks)
    losses: list[tuple[int, float]] = field(default_factory=list)
    broken: dict[str, Broken] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    steppers: list[Stepper] = field(default_factory=list)
    clears: list[tuple[int, int]] = field(default_factory=list)
    elsewhere: int = 0
    restored: bool = False
    updates: int = 0
    by_hand: int = 0
    backwards: int = 0
    backward_line: int = 0
    reached: set[int] = field(default_factory=set)
    through: dict[tuple[str, int], Mark] = field(default_factory=dict)
    zeros: Broken | None = None
    data: set[int] = field(default_factory=set)
    evidence: dict[tuple[str, int], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.leaves = Leaves(self._made_at)

    def _made_at(self, tensor: Any) -> int:
        made = self.marks.one(tensor, "made")
        return made.line if made else 0

    def broke(self, key: str, line: int, *numbers: Any, leaf: Leaf | None = None) -> None:
        """Note the first time that the invariant ``key`` is broken."""
        self.broken.setdefault(key, Broken(line, numbers, leaf))
