"""Which of autograd's edges stands behind which line of the mathematics.

A line leads from a tensor to the operation that uses it. Mostly one node of autograd's is the
operation; sometimes several are (a linear layer is a product, a transpose and a sum), and then the
line stands for the edge on which the gradient leaves the last of them.
"""

from __future__ import annotations

from groundup.graph.nodes import Edge
from groundup.graph.operations import Item
from groundup.graph.recording import GraphTrace


def edges_of_lines(recording: GraphTrace) -> dict[str, Edge]:
    """``t4.0``, the line from the first source of the item ``t4``, to its edge, where it has one.

    A tensor that goes twice into one operation has two lines, and two edges.
    """
    owned = {item.node for item in recording.items if item.node}
    leaving: dict[str, list[Edge]] = {}
    for edge in recording.edges:
        leaving.setdefault(edge.source, []).append(edge)
    nodes = {item.key: item.node for item in recording.items}
    by_line = {}
    for item in recording.items:
        free = _outward(item, leaving, owned)
        for place, source in enumerate(item.sources):
            own_edge = next((edge for edge in free if edge.target == nodes[source]), None)
            if own_edge is not None:
                free.remove(own_edge)
                by_line[f"{item.key}.{place}"] = own_edge
    return by_line


def _outward(item: Item, leaving: dict[str, list[Edge]], owned: set[str]) -> list[Edge]:
    """The edges from within the operation of ``item`` to what other items own."""
    edges: list[Edge] = []
    waiting, seen = [item.node or ""], {item.node}
    for node in waiting:
        for edge in leaving.get(node, ()):
            if edge.target in owned:
                edges.append(edge)
            elif edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)
    return edges
