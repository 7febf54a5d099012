"""The chain rule along each path of a graph: what every path adds to a leaf's gradient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch

from groundup.graph.nodes import Graph, apply
from groundup.graph.values import Values, values

MAX_PATHS = 12
"""How many paths are written out; a value squared 20 times over has a million."""

MAX_STEPS = 400
"""How many edges the written paths may have together: a long one leaves room for fewer."""

MAX_TOUCHED_BY_PATHS = 2**23
"""How many numbers the written paths to one leaf may touch: large tensors leave room for fewer."""


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

    ``rest`` is what all the other paths bring together (None if there are no others), and ``total``
    what all bring; None where no path leads to the leaf.
    """

    leaf: str
    count: int
    paths: tuple[Path, ...]
    rest: Values | None
    total: Values | None


def chain(graph: Graph, leaf: str, touched: int = 1) -> Chain:
    """Follow the paths to the node with the key ``leaf``. To be called before backward.

    ``touched`` is how many numbers the program touches, which one path does again at the most.
    """
    nodes = {key: node for node, key in graph.keys.items()}
    end = nodes[leaf]
    counts = _count_paths(graph, end)
    root = graph.live[0]
    ones = torch.ones(tuple(root._input_metadata[0].shape), dtype=torch.float32)
    max_paths = min(MAX_PATHS, max(1, MAX_TOUCHED_BY_PATHS // touched))
    paths, waiting = _follow(graph, counts, ones, max_paths)
    rest = _flow_on(graph, counts, waiting, end) if waiting else None
    ends = [way.gradient for way in paths] + ([] if rest is None else [rest])
    return Chain(
        leaf=leaf,
        count=counts[root],
        paths=tuple(Path(way.edges, way.shapes, values(way.gradient)) for way in paths),
        rest=None if rest is None else values(rest),
        total=values(torch.stack(ends).sum(0)) if ends else None,
    )


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
    graph: Graph, counts: dict[Any, int], gradient: torch.Tensor, max_paths: int
) -> tuple[list[_Way], list[_Way]]:
    """The first paths from the root to the leaf, in the order of the edges; and those still on
    their way when enough were found, which between them are the beginnings of all the others."""
    paths: list[_Way] = []
    # A stack of one's own: a path may be longer than Python can recurse.
    waiting = [_Way(graph.live[0], (), (), gradient)]
    while waiting and not _enough(paths, max_paths):
        way = waiting.pop()
        if not way.node.next_functions:
            paths.append(way)
            continue
        waiting.extend(reversed(list(_ahead(graph, counts, way))))
    return paths, waiting


def _enough(paths: list[_Way], max_paths: int) -> bool:
    steps = sum(len(way.edges) for way in paths)
    return len(paths) >= max_paths or steps >= MAX_STEPS


def _ahead(graph: Graph, counts: dict[Any, int], way: _Way) -> Iterator[_Way]:
    """``way``, one edge further, along each edge that leads to the leaf."""
    targets = way.node.next_functions
    passed = apply(way.node, way.gradient)
    for index, ((target, _), out) in enumerate(zip(targets, passed, strict=True)):
        if target is not None and counts[target] and out is not None:
            yield way.extended(f"{graph.keys[way.node]}.{index}", target, out)


def _flow_on(
    graph: Graph, counts: dict[Any, int], waiting: list[_Way], leaf: Any
) -> torch.Tensor | None:
    """What ``waiting`` bring to ``leaf`` together: at each node what arrives is summed, and passed
    on once, so that a million paths cost no more than the nodes they lead through."""
    arrived: dict[Any, torch.Tensor] = {}
    for way in waiting:
        _add(arrived, way.node, way.gradient)
    for node in reversed(_leaves_first(graph)):
        if node is leaf or node not in arrived:
            continue
        for way in _ahead(graph, counts, _Way(node, (), (), arrived[node])):
            _add(arrived, way.node, way.gradient)
    return arrived.get(leaf)


def _add(arrived: dict[Any, torch.Tensor], node: Any, gradient: torch.Tensor) -> None:
    arrived[node] = arrived[node] + gradient if node in arrived else gradient


class _Way(NamedTuple):
    """A path on its way: where it is, how it came there, and the gradient it brings."""

    node: Any
    edges: tuple[str, ...]
    shapes: tuple[tuple[int, ...], ...]
    gradient: torch.Tensor

    def extended(self, edge: str, target: Any, gradient: torch.Tensor) -> _Way:
        shapes = (*self.shapes, tuple(gradient.shape))
        return _Way(target, (*self.edges, edge), shapes, gradient)
