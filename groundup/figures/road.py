"""The map of the app: six pages, from one tensor to the feed-forward layer of a language model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import graphviz

from groundup.figures.theme import Palette


class Stop(NamedTuple):
    """A page on the map: its name, what is learned there, and what a picture of it would hold."""

    title: str
    learned: str
    thing: str


STOPS = (
    Stop("Tensors", "numbers with a shape", "[[1., 2.], [3., 4.]]"),
    Stop("requires_grad", "numbers that can learn", "w.requires_grad_()"),
    Stop("Computation graph", "how the blame flows back", "z = x·(a + b)"),
    Stop("Training loop", "five steps, again and again", "w −= lr · w.grad"),
    Stop("nn.Module", "the same, in three lines", "optimizer.step()"),
    Stop("FFN scale", "the same, billions of times", "4096 → 14336 → 4096"),
)


def road(stops: Sequence[Stop], colours: Palette) -> graphviz.Digraph:
    """The stops as a winding road: the first half from left to right, the rest back beneath it."""
    graph = graphviz.Digraph(graph_attr=_GRAPH, node_attr=_NODE, edge_attr=_EDGE)
    graph.attr("node", color=colours.blue, fillcolor=colours.surface, fontcolor=colours.text)
    graph.attr("edge", color=colours.muted)
    half = (len(stops) + 1) // 2
    for row in (range(half), range(half, len(stops))):
        with graph.subgraph(graph_attr={"rank": "same"}) as level:
            for place in row:
                level.node(str(place), _label(place, stops[place], colours))
    for place in range(half - 1):
        graph.edge(str(place), str(place + 1))
    graph.edge(str(half - 1), str(half), weight="9")
    # graphviz puts an edge's tail to the left of its head, and the way back goes to the left.
    for place in range(half, len(stops) - 1):
        graph.edge(str(place + 1), str(place), dir="back")
    return graph


def _label(place: int, stop: Stop, colours: Palette) -> str:
    thing = stop.thing.replace(" ", "&#160;")
    return (
        f'<<table border="0" cellspacing="2"><tr><td><b>{place + 1}. {stop.title}</b></td></tr>'
        f'<tr><td><font point-size="12" color="{colours.muted}">{stop.learned}</font></td></tr>'
        f'<tr><td><font face="monospace" point-size="12" color="{colours.orange}">{thing}</font>'
        "</td></tr></table>>"
    )


_GRAPH = {"bgcolor": "transparent", "nodesep": "0.45", "ranksep": "0.35"}
_NODE = {
    **{"shape": "box", "style": "rounded,filled", "fontname": "sans-serif", "fontsize": "14"},
    **{"width": "2.6", "height": "1.05"},
}
_EDGE = {"penwidth": "2", "arrowsize": "0.8"}
