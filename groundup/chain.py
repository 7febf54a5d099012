"""The chain rule along each path of a graph: what every path adds to a leaf's gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

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
        shapes: of the gradient after each of them.
        end: what arrives at the leaf, if this path were the only one.
    """

    edges: tuple[str, ...]
    shapes: tuple[tuple[int, ...], ...]
    end: Values


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
    found = _follow(graph, counts, ones)
    total = torch.stack([way.gradient for way in found]).sum(0) if found else None
    paths = tuple(Path(way.edges, way.shapes, values(way.gradient)) for way in found)
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


def _follow(graph: Graph, counts: dict[Any, int], gradient: torch.Tensor) -> list[_Way]:
    """Every path from the root to the leaf, in the order of the edges."""
    found: list[_Way] = []
    # A stack of one's own: a path may be longer than Python can recurse.
    waiting = [_Way(graph.live[0], (), (), gradient)]
    while waiting:
        way = waiting.pop()
        targets = way.node.next_functions
        if not targets:
            found.append(way)
            continue
        passed = apply(way.node, way.gradient)
        ahead = [
            way.extended(f"{graph.keys[way.node]}.{index}", target, out)
            for index, ((target, _), out) in enumerate(zip(targets, passed, strict=True))
            if target is not None and counts[target] and out is not None
        ]
        waiting.extend(reversed(ahead))
    return found


class _Way(NamedTuple):
    """A path on its way: where it is, how it came there, and the gradient it brings."""

    node: Any
    edges: tuple[str, ...]
    shapes: tuple[tuple[int, ...], ...]
    gradient: torch.Tensor

    def extended(self, edge: str, target: Any, gradient: torch.Tensor) -> _Way:
        shapes = (*self.shapes, tuple(gradient.shape))
        return _Way(target, (*self.edges, edge), shapes, gradient)
