"""A drawn graph in Graphviz's language, to be laid out anew elsewhere."""

from __future__ import annotations

import html

import graphviz

from groundup.figures.graph.timeline import Box, Drawn, DrawnEdge, Paint, painted
from groundup.figures.theme import Palette

_SHAPES = {"box": "box", "round": "box", "ellipse": "ellipse"}


def dot(drawn: Drawn, moment: int, colours: Palette, across: bool) -> str:
    """``drawn`` as it stands at ``moment``, in Graphviz's language."""
    graph = graphviz.Digraph()
    graph.attr(rankdir="LR" if across else "TB", bgcolor=colours.ground)
    graph.attr("node", fontname="sans-serif", fillcolor=colours.surface, fontcolor=colours.text)
    graph.attr("edge", fontname="sans-serif", fontcolor=colours.text)
    for key, paint in painted(drawn.node_paint, moment).items():
        _node(graph, key, drawn.nodes[key], paint)
    for key, paint in painted(drawn.edge_paint, moment).items():
        # Declared from the input to the output, for its rank; the arrow may point back.
        _edge(graph, drawn.edges[key], paint, "back" if drawn.back else "forward")
    return str(graph.source)


def _node(graph: graphviz.Digraph, key: str, box: Box, paint: Paint) -> None:
    styles = ["filled", *["dashed"] * paint.dashed, *["rounded"] * (box.shape == "round")]
    graph.node(
        key,
        _label(paint.rows),
        shape=_SHAPES[box.shape],
        style=",".join(styles),
        color=paint.colour,
        penwidth=str(paint.width),
    )


def _edge(graph: graphviz.Digraph, line: DrawnEdge, paint: Paint, way: str) -> None:
    style = "dashed" if paint.dashed else "solid"
    label = {"label": _label(paint.rows)} if paint.rows else {}
    graph.edge(line.source, line.target, dir=way, color=paint.colour, style=style, **label)


def _label(rows: list[str]) -> str:
    first, *rest = (html.escape(row) for row in rows)
    return f"<<b>{first}</b>{''.join(f'<br/>{row}' for row in rest)}>"
