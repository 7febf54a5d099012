"""What a DataLoader dealt out: the numbers of the examples in each batch of each epoch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Dealt:
    """``epochs[e][n]`` are the numbers of the examples in batch ``n``; ``total`` is of how many."""

    epochs: Sequence[Sequence[Sequence[int]]]
    total: int

    def left_out(self, epoch: int) -> list[int]:
        """The examples that ``epoch`` did not get.

        >>> Dealt([[[2, 0], [3, 1]]], 5).left_out(0)
        [4]
        """
        got = {number for batch in self.epochs[epoch] for number in batch}
        return sorted(set(range(self.total)) - got)

    @property
    def never(self) -> list[int]:
        """The examples that no epoch got."""
        missed = [set(self.left_out(epoch)) for epoch in range(len(self.epochs))]
        return sorted(set.intersection(*missed))

    def sentences(self) -> list[str]:
        """How many steps an epoch has, in which order, and what became of the rest."""
        return [self._steps(), self._order(), *self._rest()]

    def _steps(self) -> str:
        sizes = [len(batch) for batch in self.epochs[0]]
        steps = f"{len(sizes)} step{'' if len(sizes) == 1 else 's'}"
        if not sizes:
            return "No batch is full, so an epoch has no step at all: nothing is learned."
        if sizes[-1] == sizes[0]:
            return f"An epoch has {steps}, each with {_examples(sizes[0])}."
        return (
            f"An epoch has {steps}: the last with {_examples(sizes[-1])}, the others with "
            f"{sizes[0]}."
        )

    def _order(self) -> str:
        again = sum(list(one) == list(self.epochs[0]) for one in self.epochs)
        if again == len(self.epochs):
            return f"All {again} epochs deal in the same order."
        return f"Of {len(self.epochs)} epochs {again} dealt in the order of the first."

    def _rest(self) -> list[str]:
        if not self.left_out(0):
            return []
        missed = f"Left out: {_examples(len(self.left_out(0)))} in each epoch."
        if not self.never:
            return [f"{missed} Each example came in some epoch."]
        return [f"{missed} No epoch ever saw {', '.join(map(str, self.never))}."]


def _examples(count: int) -> str:
    return "1 example" if count == 1 else f"{count} examples"
