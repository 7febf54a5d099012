"""Keep the first and the last passes of a long loop whole, and every k-th between.

It is decided while the text runs, with bounded memory: a pass that is no longer among the last ones
is dropped unless its index is a multiple of its loop's stride. What it changed is merged into the
gap before the moment after it, so every kept moment is as exact as in a trace that keeps all.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from groundup.engine.trace.entries import Entry, Held
from groundup.engine.trace.limits import TraceLimits
from groundup.engine.trace.moments import Change, Gap, Moment, Pass, size_of
from groundup.engine.trace.objects import Objects, parts

MAX_STRIDE = 1 << 30
MIN_LONG = 4
"""A loop of fewer passes is never thinned."""


@dataclass(slots=True, eq=False)
class Sequence:
    """The passes of one execution of a loop, as far as they are kept."""

    around: Pass | None
    passes: list[Pass] = field(default_factory=list)
    stride: int = 1
    count: int = 0


class Kept:
    """The moments that are kept, in their order.

    Attributes:
        bytes: about how many they take.
        stride: of the loop that was thinned most, every so many-th pass is kept.
        ends: so many first and last passes of a loop are kept whole; fewer than asked for where
            loops within loops leave no room for them.
    """

    def __init__(self, limits: TraceLimits, objects: Objects) -> None:
        self.moments: list[Moment] = []
        self.bytes = 0
        self.stride = 1
        self.ends = limits.passes
        self._limits = limits
        self._objects = objects
        self._long: list[Sequence] = []

    def add(self, moment: Moment) -> None:
        """Keep ``moment``."""
        moment.bytes = size_of(moment.bindings, moment.changes)
        self.bytes += moment.bytes
        self.moments.append(moment)

    def started(self, sequence: Sequence, one: Pass) -> None:
        """A pass of ``sequence`` begins: an older one may go now."""
        passes = sequence.passes
        passes.append(one)
        sequence.count += 1
        if sequence.count == MIN_LONG:
            self._long.append(sequence)
        if sequence.stride > 1:
            # The last passes are counted with the one that begins left out: it has no moments yet.
            self._drop_unless_kept(sequence, len(passes) - self.ends - 2)

    @property
    def full(self) -> bool:
        """Whether no more may be kept."""
        return len(self.moments) >= self._limits.moments or self.bytes >= self._limits.bytes

    def thin(self) -> bool:
        """Drop passes of the longest loops until a quarter is free; return whether any is."""
        while self._crowded:
            self._long = [one for one in self._long if not self._is_gone(one)]
            sizes = [(self._droppable(one), index) for index, one in enumerate(self._long)]
            most, index = max(sizes, default=(0, 0))
            if most:
                self._halve(self._long[index])
            elif self.ends > 1:
                self.ends //= 2
                for one in self._long:
                    self._sweep(one)
            else:
                break
        return not self.full

    @property
    def _crowded(self) -> bool:
        most, size = 0.75 * self._limits.moments, 0.75 * self._limits.bytes
        return len(self.moments) > most or self.bytes > size

    def _is_gone(self, sequence: Sequence) -> bool:
        """Whether the pass that it was a part of was dropped, and its moments with it."""
        return not sequence.passes or not self._find(sequence.passes[0].start)

    def _find(self, number: int) -> bool:
        place = self._place(number)
        return place < len(self.moments) and self.moments[place].number == number

    def _place(self, number: int) -> int:
        return bisect_left(self.moments, number, key=lambda moment: moment.number)

    def _middle(self, sequence: Sequence) -> list[Pass]:
        return [
            one
            for one in sequence.passes[: max(0, len(sequence.passes) - self.ends - 1)]
            if one.index >= self.ends and not one.kept
        ]

    def _droppable(self, sequence: Sequence) -> int:
        """How many moments lie in the passes between the first and the last ones."""
        middle = self._middle(sequence)
        if not middle or sequence.stride >= MAX_STRIDE:
            return 0
        last = self._place(sequence.passes[-self.ends - 1].start)
        return last - self._place(middle[0].start)

    def _halve(self, sequence: Sequence) -> None:
        sequence.stride *= 2
        self.stride = max(self.stride, sequence.stride)
        self._sweep(sequence)

    def _sweep(self, sequence: Sequence) -> None:
        """Drop what is neither among the first nor the last passes, nor every k-th."""
        for place in reversed(range(len(sequence.passes) - self.ends - 1)):
            self._drop_unless_kept(sequence, place)

    def _drop_unless_kept(self, sequence: Sequence, place: int) -> None:
        """Drop the pass at ``place`` of those kept, unless it is to stay."""
        one = sequence.passes[place]
        if one.kept or one.index < self.ends or not one.index % sequence.stride:
            return
        start, stop = self._place(one.start), self._place(sequence.passes[place + 1].start)
        del sequence.passes[place]
        if start < stop < len(self.moments):
            self._merge(start, stop)

    def _merge(self, start: int, stop: int) -> None:
        """Drop the moments from ``start`` to ``stop``, telling the one after of their changes."""
        dropped, after = self.moments[start:stop], self.moments[stop]
        bindings: dict[tuple[int, str], Held] = {}
        changes: dict[int, Entry] = {}
        count = 0
        for one in (*dropped, after):
            if one.gap:
                count += one.gap.count
                bindings.update(((call, name), held) for call, name, held in one.gap.bindings)
                changes.update(one.gap.changes)
            if one is not after:
                bindings.update(((call, name), held) for call, name, held in one.bindings)
                changes.update(one.changes)
        first, last = dropped[0], dropped[-1].number
        ended = {
            one.call.number
            for one in dropped
            if one.call.number >= first.calls and one.call.last <= last
        }
        kept = tuple(
            (call, name, held) for (call, name), held in bindings.items() if call not in ended
        )
        needed = self._needed({held for _, _, held in kept}, changes, first.objects)
        after.gap = Gap(count + len(dropped), kept, needed)
        self.bytes -= sum(one.bytes for one in dropped)
        size = size_of(after.bindings, after.changes) + size_of(kept, needed)
        self.bytes += size - after.bytes
        after.bytes, after.objects, after.calls = size, first.objects, first.calls
        del self.moments[start:stop]

    def _needed(
        self, bound: set[Held], changes: dict[int, Entry], before: int
    ) -> tuple[Change, ...]:
        """Those of ``changes`` whose objects somebody may meet after the gap.

        They are older than the gap, or still there, or held at its end by a name or by another (a
        parameter's gradient, say, that a later pass let go).
        """
        stay = [one for one in changes if one < before or self._objects.alive(one)]
        held = [one for one in bound if isinstance(one, int)] + stay
        found: set[int] = set()
        while held:
            one = held.pop()
            if one not in found:
                found.add(one)
                entry = changes.get(one)
                held.extend(parts(entry) if entry else ())
        return tuple((number, entry) for number, entry in changes.items() if number in found)
