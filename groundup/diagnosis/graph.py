"""Walk the graph behind a loss, and read what was noted at its nodes."""

from __future__ import annotations

from typing import Any, NamedTuple

import torch

KEY = "groundup"
"""Under this name a node's ``metadata`` holds its :class:`Note`."""
MOST = 4_000
"""So many nodes are walked; behind a longer chain nothing is said."""


class Note(NamedTuple):
    """What is noted at the node of a result.

    ``uses`` are the leaves that went into it directly: number, key at that time. ``marks`` are
    those of its other operands (:mod:`groundup.diagnosis.marks`).
    """

    line: int
    uses: tuple[tuple[int, tuple[int, int]], ...]
    marks: tuple[Any, ...] = ()


class Seen(NamedTuple):
    """What a walk found: leaves, notes, how many nodes, and whether it came to every end."""

    leaves: list[torch.Tensor]
    notes: list[Note]
    nodes: int
    whole: bool


def note(result: torch.Tensor, told: Note) -> None:
    """Note ``told`` at the node of ``result``; it keeps no tensor alive."""
    node: Any = result.grad_fn
    if node is not None:
        node.metadata[KEY] = told


def walk(root: torch.Tensor) -> Seen:
    """All that stands behind ``root``."""
    leaves: list[torch.Tensor] = [root] if root.grad_fn is None and root.requires_grad else []
    notes: list[Note] = []
    node: Any = root.grad_fn
    waiting: list[Any] = [node] if node is not None else []
    seen = set(waiting)
    while waiting and len(seen) <= MOST:
        node = waiting.pop()
        variable = getattr(node, "variable", None)
        if variable is not None:
            leaves.append(variable)
            continue
        told = node.metadata.get(KEY)
        if told is not None:
            notes.append(told)
        for above, _ in node.next_functions:
            if above is not None and above not in seen:
                seen.add(above)
                waiting.append(above)
    return Seen(leaves, notes, len(seen), not waiting)
