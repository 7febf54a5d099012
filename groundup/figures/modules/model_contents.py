"""A model's parameters over a run, its tree as a graph, its layers' outputs as histograms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import graphviz
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from groundup.engine.snapshot import number
from groundup.figures.theme import Palette
from groundup.figures.training.player import packed
from groundup.modules.model_contents import Layer, Output
from groundup.modules.parameter_history import History, TrainedModel


def table(trained: TrainedModel) -> dict[str, Any]:
    """The table of parameters over a whole run, as a JSON-ready payload; NaN is no gradient."""
    return {
        "epochs": trained.total,
        "loss": packed(trained.run.columns["loss"]),
        "rows": [_row(history) for history in trained.histories],
    }


def _row(history: History) -> dict[str, str]:
    facts = history.facts
    return {
        "name": facts.name,
        "shape": " × ".join(map(str, facts.shape)),
        "count": f"{facts.count:,}",
        "learns": str(facts.requires_grad),
        "norms": packed(history.norms),
        "grads": packed([math.nan if norm is None else norm for norm in history.grad_norms]),
    }


def tree(layers: Sequence[Layer], colours: Palette) -> graphviz.Digraph:
    """The modules as a tree, from the model at the left to its layers at the right."""
    graph = graphviz.Digraph(graph_attr={"rankdir": "LR", "bgcolor": "transparent"})
    node = {"shape": "box", "style": "rounded,filled", "fontname": "sans-serif", "fontsize": "12"}
    colour = {"color": colours.blue, "fillcolor": colours.surface, "fontcolor": colours.text}
    graph.attr("node", **node, **colour)
    graph.attr("edge", color=colours.muted, arrowhead="none")
    for layer in layers:
        details = f"({layer.details})" if layer.details else ""
        counted = f"{layer.count:,} parameters" if layer.count else "no parameters"
        title = layer.name or "model"
        label = f"{graphviz.escape(title)}\n{layer.kind}{details}\n{counted}"
        graph.node(title, label)
        if layer.name:
            graph.edge(layer.name.rpartition(".")[0] or "model", layer.name)
    return graph


def histograms(outputs: Sequence[Output], colours: Palette) -> go.Figure:
    """One histogram for each of up to four layers, in the order in which the data passed them."""
    titles = [
        f"{output.name}: {'×'.join(map(str, output.shape))}, zeros {output.zeros:.0%}"
        f"{f', not finite {output.broken:.0%}' * (output.broken > 0)}<br>"
        f"<sub>mean {number(output.mean, 3)}, σ {number(output.std, 3)}</sub>"
        for output in outputs
    ]
    figure = make_subplots(2, 2, subplot_titles=titles, vertical_spacing=0.28)
    for place, output in enumerate(outputs):
        centres = [(a + b) / 2 for a, b in pairwise(output.edges)]
        bars = go.Bar(x=centres, y=output.counts, marker_color=colours.blue, name=output.name)
        figure.add_trace(bars, place // 2 + 1, place % 2 + 1)
    figure.update_annotations(font_size=13)
    figure.update_layout(
        height=370, bargap=0.05, showlegend=False, margin={"l": 10, "r": 10, "t": 45, "b": 25}
    )
    return figure
