"""The blocks of an order task, and the text that their order makes."""

from __future__ import annotations

from collections.abc import Sequence

from groundup.course.tasks import Task

_APART = "\n\n"
APART = _APART.count("\n") - 1
"""How many empty lines stand between two blocks."""


def joined(blocks: Sequence[str], places: Sequence[int]) -> str:
    """The text in which the block ``places[n]`` is the n-th."""
    return _APART.join(blocks[one] for one in places)


def places_of(task: Task, text: str) -> tuple[int, ...]:
    """How the task's blocks stand in ``text``; as the task lists them where it is none of those."""
    blocks = task.blocks
    left = list(range(len(blocks)))
    found = []
    for part in text.split(_APART):
        same = [one for one in left if blocks[one] == part]
        found += same[:1]
        left = [one for one in left if one not in same[:1]]
    return tuple(range(len(blocks))) if left else tuple(found)
