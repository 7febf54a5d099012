"""The hand-written loop beside the one whose lines an optimizer took over: what differs, and by how
much their losses do."""

from __future__ import annotations

import difflib
import math
from collections.abc import Sequence
from dataclasses import dataclass

from groundup.engine import lesson
from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.engine.snapshot import number

LESSON = "three_lines"
NOTHING, NUDGE, BOTH = lesson.load(LESSON).parameters["fold"].options
USUAL = "zero_grad, backward, step"
ORDERS = {USUAL: ""} | {
    edit.title: name
    for name, edit in lesson.load(LESSON).edits.items()
    if name.startswith("reset_")
}
"""The orders that the three lines can stand in, and the edit that makes each."""
GIVEN = {"[w, b]": "", "[w]": "w_alone"}
"""What the optimizer is given, and the edit that makes it so."""


def folded_loop(fold: str, order: str = USUAL, given: str = "[w, b]", seed: int = 0) -> Lesson:
    """The loop with as much in the optimizer's hands as ``fold`` says.

    Another order than :data:`USUAL`, and another list than both, is for the three lines alone.
    """
    made = lesson.load(LESSON).set(fold=fold, seed=seed)
    edits = (ORDERS[order], GIVEN[given]) if fold == BOTH else ()
    for name in filter(None, edits):
        made = made.edit(name)
    return made


def replaced(before: str, after: str) -> tuple[list[int], list[int]]:
    """The lines of ``before`` that are gone in ``after``, and those of ``after`` that are new.

    >>> replaced("a\\nb\\nc", "a\\nx\\ny\\nc")
    ([2], [2, 3])
    """
    matcher = difflib.SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False)
    gone: list[int] = []
    new: list[int] = []
    for tag, first, last, start, stop in matcher.get_opcodes():
        if tag != "equal":
            gone += range(first + 1, last + 1)
            new += range(start + 1, stop + 1)
    return gone, new


@dataclass(frozen=True)
class Compared:
    """Two runs of one loop: what each lost in every epoch, and which parameters stood still.

    Attributes:
        by_hand: the losses of the hand-written loop.
        with_optimizer: those of the other.
        still: which of w and b never moved in the other.
    """

    by_hand: list[float]
    with_optimizer: list[float]
    still: tuple[str, ...]

    @property
    def equal(self) -> int:
        """How many losses are the same in both, to the last bit."""
        return sum(map(_same, self.by_hand, self.with_optimizer))

    @property
    def share(self) -> float:
        """The largest difference of two losses of an epoch, as a share of the larger."""
        return max(map(_apart, self.by_hand, self.with_optimizer))

    def sentence(self) -> str:
        """Whether the numbers are the same, as far as they are."""
        count = len(self.by_hand)
        if self.equal == count:
            return f"All {count} losses are the same numbers, to the last bit."
        if self.share < ROUNDING:
            return (
                f"{self.equal} of {count} losses are the same to the last bit; the others differ "
                f"by at most {number(1e6 * self.share, 2)} millionths of their size. That is "
                "rounding: `step()` multiplies by the rate and subtracts at once, the line by hand "
                "rounds in between."
            )
        first, other = (number(losses[-1]) for losses in (self.by_hand, self.with_optimizer))
        return (
            f"Not the same numbers: the last loss is {first} by hand, and {other} with the "
            f"optimizer.{_end(self.still)}"
        )


ROUNDING = 1e-4
"""Two losses nearer than this share of their size differ by what rounding leaves, here."""


def compare(by_hand: str, other: str) -> Compared:
    """Run both texts to their ends."""
    left, right = (Run(text, name=LESSON).finish() for text in (by_hand, other))
    still = tuple(name for name in ("w", "b") if len(set(right.columns[name])) == 1)
    return Compared(list(left.columns["loss"]), list(right.columns["loss"]), still)


def rows(compared: Compared) -> list[tuple[int, float, float]]:
    """A few epochs with both their losses.

    The first three, fifths of the run, the last, and the one that differs most if any does.
    """
    pairs = list(zip(compared.by_hand, compared.with_optimizer, strict=True))
    count = len(pairs)
    apart = [_apart(*pair) for pair in pairs]
    most = {apart.index(max(apart))} if any(apart) else set()
    chosen = {0, 1, 2, *range(0, count, max(count // 5, 1)), count - 1, *most}
    return [(at, *pairs[at]) for at in sorted(chosen) if at < count]


def _end(still: Sequence[str]) -> str:
    names = " and ".join(still)
    return f" {names} stayed as {'it' if len(still) == 1 else 'they'} began." if still else ""


def _same(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))


def _apart(one: float, other: float) -> float:
    if _same(one, other):
        return 0.0
    apart = abs(one - other) / max(abs(one), abs(other))
    return apart if math.isfinite(apart) else math.inf
