"""What a trace is made of: moments, calls and passes of loops."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from groundup.engine.trace.entries import Entry, Held
from groundup.engine.trace.sites import Scope

GONE = -1
"""What a name holds that was deleted."""


@dataclass(slots=True, eq=False)
class Pass:
    """A pass of a loop: its number from 0, and the pass that it is a part of.

    ``around`` is a pass of the loop around it, or the pass in which the function was called that
    it belongs to; None at the top. ``start`` is the number of its first moment.
    """

    loop: int
    index: int
    around: Pass | None
    start: int
    kept: bool = False
    """Whether it was asked for, and stays whatever is thinned."""

    @property
    def path(self) -> tuple[int, ...]:
        """The indices of the passes that lead to it, its own last."""
        return (*(self.around.path if self.around else ()), self.index)


@dataclass(slots=True, eq=False)
class Call:
    """A frame: a call of a function, the body of a class, or the text itself (number 0).

    ``line`` is the line that called it, ``depth`` counts from 0 for the text; ``caller`` is None
    where it was called from outside the text. ``first`` and ``last`` are numbers of moments.
    """

    number: int
    scope: Scope
    depth: int
    line: int
    caller: Call | None
    base: Pass | None
    """The pass in which it was called."""
    first: int
    last: int = 0


Binding = tuple[int, str, Held]
"""The number of a call, a name in it, and what the name holds now (:data:`GONE`: nothing)."""
Change = tuple[int, Entry]
"""The number of an object, and its new entry."""


@dataclass(slots=True, eq=False)
class Gap:
    """Moments that were executed and are not kept: how many, and what they changed in all."""

    count: int
    bindings: tuple[Binding, ...]
    changes: tuple[Change, ...]


@dataclass(slots=True, eq=False)
class Moment:
    """A statement was executed: where, and what changed.

    ``number`` counts all moments of the text from 0, kept or not, so a place keeps its number
    however long the trace is. ``printed`` and ``warned`` count characters and warnings so far;
    ``within`` is the innermost pass of a loop that it stands in. ``returned`` is what a ``return``
    or ``yield`` hands over. ``raised`` says, where the statement raised, what. ``gap`` stands
    before the moment.
    """

    number: int
    line: int
    kind: str
    call: Call
    within: Pass | None
    printed: int
    warned: int
    bindings: tuple[Binding, ...]
    changes: tuple[Change, ...]
    returned: Held | None = None
    raised: tuple[str, str] | None = None
    gap: Gap | None = None
    site: int = -1
    """Which of the text's recorded places it is; -1 where a statement raised."""
    # How many objects and calls there were before it, and about how many bytes it takes.
    objects: int = field(default=0, repr=False)
    calls: int = field(default=0, repr=False)
    bytes: int = field(default=0, repr=False)

    @property
    def passes(self) -> tuple[Pass, ...]:
        """The passes of loops that it stands in, the outermost first."""
        found: list[Pass] = []
        within = self.within
        while within is not None:
            found.insert(0, within)
            within = within.around
        return tuple(found)


def size_of(bindings: Any, changes: Any) -> int:
    """About how many bytes a moment takes that changes these, as compact data."""
    size = 24 + 12 * len(bindings)
    for _, entry in changes:
        values = getattr(entry, "values", None)
        size += 40 + (10 * len(values) if values is not None else 12 * len(entry.items))
    return size
