"""The numbers of a loop as small curves, one below another, and a graph that autograd recorded."""

from __future__ import annotations

from collections.abc import Sequence

import graphviz
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from groundup.figures.theme import Palette
from groundup.graph.nodes import ACCUMULATE
from groundup.your_code.recorded_graph import GraphNode, RecordedGraph
from groundup.your_code.series import LoopNumbers

HEIGHT = 150
"""Of one curve, in pixels."""


def curves(loop: LoopNumbers, names: Sequence[str], colours: Palette) -> go.Figure:
    """A curve for each of ``names``, over the passes of ``loop``; each has a scale of its own."""
    figure = make_subplots(len(names), 1, shared_xaxes=True, vertical_spacing=0.06)
    labels = [", ".join(map(str, path)) for path in loop.passes]
    single = all(len(path) == 1 for path in loop.passes)
    x = [path[-1] for path in loop.passes] if single else list(range(len(labels)))
    for row, name in enumerate(names, 1):
        line = go.Scatter(
            x=x,
            y=loop.columns[name],
            name=name,
            text=labels,
            hovertemplate=f"{loop.target or 'pass'} %{{text}}: %{{y:.4g}}<extra></extra>",
            mode="lines+markers" if len(x) < 30 else "lines",
            line={"color": colours.blue},
        )
        figure.add_trace(line, row, 1)
        figure.update_yaxes(title_text=name, row=row, col=1)
    figure.update_xaxes(title_text=loop.target or "pass", row=len(names), col=1)
    margin = {"l": 60, "r": 10, "t": 10, "b": 40}
    figure.update_layout(height=HEIGHT * len(names) + 60, showlegend=False, margin=margin)
    return figure


def drawn(recorded: RecordedGraph, colours: Palette) -> graphviz.Digraph:
    """``recorded`` from its leaves at the top to its root at the bottom."""
    graph = graphviz.Digraph(graph_attr={"bgcolor": "transparent", "ranksep": "0.25"})
    graph.attr("node", fontname="sans-serif", fontsize="14", fontcolor=colours.text)
    graph.attr("edge", color=colours.muted)
    for number, node in enumerate(recorded.nodes):
        is_leaf = node.name == ACCUMULATE
        graph.node(
            str(number),
            _label(node),
            shape="box",
            style="filled" if is_leaf else "rounded,filled",
            color=colours.blue if is_leaf else colours.muted,
            fillcolor=colours.surface,
            penwidth="2" if is_leaf else "1",
        )
    for later, earlier in recorded.edges:
        graph.edge(str(earlier), str(later))
    return graph


def _label(node: GraphNode) -> str:
    named = f"{node.variable}\n" if node.variable else ""
    return str(graphviz.escape(f"{named}{node.name} {node.shape}"))
