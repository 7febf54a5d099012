"""Run a script in the whole language, and record the graph behind its first ``backward()``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from groundup.engine.trace import Trace
from groundup.graph.graph_watch import GraphWatch
from groundup.graph.nodes import ACCUMULATE
from groundup.graph.own_program import FILE, NOTHING, refuse_large, run
from groundup.graph.recording import (
    GraphMoment,
    GraphTrace,
    chains_of,
    freed,
    items_of,
    lines_of,
)
from groundup.graph.script import Script
from groundup.language.grammar import ProgramError


def record_own(script: Script) -> GraphTrace:
    """Run ``script`` and return what happened, also where it failed.

    Raises:
        ProgramError: at the first place that is not in the language, or where a limit was reached.
    """
    found: dict[str, Any] = {}
    watch = GraphWatch(script.text, FILE, script.lines, lambda seen: found.update(_graph(seen)))
    try:
        trace = run(script, watch)
        if not watch.made:
            raise _nothing(script, trace)
        refuse_large(script, watch)
        return GraphTrace(
            script=replace(script, root=watch.root, backward=watch.backward_line),
            items=tuple(items_of(watch.made, watch.graph)),
            visits=tuple(watch.visits),
            moments=tuple(_moments(watch)),
            gradients=watch.gradients,
            output=trace.output,
            freed=freed(watch.graph) if watch.visits else "",
            notices=trace.notices,
            failure=trace.end.failure,
            calls=watch.calls,
            **found,
        )
    finally:
        watch.close()


def _graph(watch: GraphWatch) -> dict[str, Any]:
    """The graph, which backward() will take apart."""
    graph = watch.graph
    if graph is None:
        return {}
    leaves = {id(made.tensor): made.names[-1] for made in watch.made if made.names}
    nodes = graph.nodes(lines_of(watch.made), leaves)
    ends = [node.key for node in nodes if node.name == ACCUMULATE]
    touched = sum(made.tensor.numel() for made in watch.made)
    chains = dict(chains_of(graph, ends, max(touched, 1)))
    return {"nodes": nodes, "edges": graph.edges(), "chains": chains}


def _moments(watch: GraphWatch) -> list[GraphMoment]:
    forward = [GraphMoment("forward", line, items) for line, items in watch.ends]
    there = len(watch.made)
    back = [
        GraphMoment("backward", watch.backward_line, there, visits)
        for visits in range(1, len(watch.visits) + 1)
    ]
    return [GraphMoment("start", 0, 0), *forward, *back]


def _nothing(script: Script, trace: Trace) -> ProgramError:
    """Why no tensor was computed: what the text raised before, or that it computes none."""
    failure = trace.end.failure
    if failure is None or failure.line is None:
        return ProgramError(1, 1, NOTHING)
    line = max(failure.line - script.lines.start + 1, 1)
    return ProgramError(line, 1, f"{failure.kind}: {failure.message}")
