"""The chain rule along each path of a graph: what every path adds to a leaf's gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from groundup.graph import Graph, apply
from groundup.values import Values, values

MOST_PATHS = 16
"""How many paths are written out; a value squared 20 times over has a million."""


@dataclass(frozen=True)
class Path:
    """A way from the root to a leaf.

    Attributes:
        edges: the keys of its edges, from the root on.
        gradients: what arrives at the end of each of them, if this path were the only one.
    """

    edges: tuple[str, ...]
    gradients: tuple[Values, ...]


@dataclass(frozen=True)
class Chain:
    """The paths to one leaf; ``count`` tells how many there are, ``paths`` holds the first ones.

    ``total`` is the sum of what all of them bring; None if they are too many to follow.
    """

    leaf: str
    count: int
    paths: tuple[Path, ...]
    total: Values | None


def chain(graph: Graph, leaf: str) -> Chain:
    """Follow the paths to the node with the key ``leaf``. To be called before backward."""
    nodes = {key: node for node, key in graph.keys.items()}
    counts = _count_paths(graph, nodes[leaf])
    count = counts[graph.live[0]]
    if count > MOST_PATHS:
        return Chain(leaf, count, (), None)
    root = graph.live[0]
    ones = torch.ones(tuple(root._input_metadata[0].shape), dtype=torch.float32)
    found = _follow(graph, counts, root, ones)
    total = torch.stack([end for _, end in found]).sum(0) if found else None
    paths = tuple(path for path, _ in found)
    return Chain(leaf, count, paths, None if total is None else values(total))


def _count_paths(graph: Graph, leaf: Any) -> dict[Any, int]:
    """For each node, how many ways lead from it to ``leaf``."""
    counts: dict[Any, int] = {leaf: 1}
    for node in _leaves_first(graph):
        if node is not leaf:
            counts[node] = sum(counts[t] for t, _ in node.next_functions if t is not None)
    return counts


def _leaves_first(graph: Graph) -> list[Any]:
    """The nodes, each after all that it leads to."""
    done: dict[Any, None] = {}
    waiting = list(graph.live[:1])
    while waiting:
        node = waiting[-1]
        ahead = [t for t, _ in node.next_functions if t is not None and t not in done]
        if ahead:
            waiting.extend(ahead)
        else:
            done[waiting.pop()] = None
    return list(done)


def _follow(
    graph: Graph, counts: dict[Any, int], node: Any, gradient: torch.Tensor
) -> list[tuple[Path, torch.Tensor]]:
    """Every path from ``node`` on, with the gradient that arrives at its end."""
    if not node.next_functions:
        return [(Path((), ()), gradient)] if counts[node] else []
    found = []
    passed = apply(node, gradient)
    for index, ((target, _), out) in enumerate(zip(node.next_functions, passed, strict=True)):
        if target is not None and counts[target] and out is not None:
            key = f"{graph.keys[node]}.{index}"
            for path, end in _follow(graph, counts, target, out):
                longer = Path((key, *path.edges), (values(out), *path.gradients))
                found.append((longer, end))
    return found
