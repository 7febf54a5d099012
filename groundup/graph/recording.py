"""Run a small program forwards and backwards, and record all of it as plain data.

The text is run by the one observer, a statement at a time. Meanwhile torch itself reports each
operation (:mod:`groundup.graph.operations`) and hooks on autograd's nodes report each gradient
(:mod:`groundup.graph.nodes`); when the run is over, only numbers and names are left.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

import torch

from groundup.engine.failures import Failure, Notice
from groundup.engine.limits import Limits
from groundup.engine.observe import Run
from groundup.graph.chain_rule import Chain, chain
from groundup.graph.nodes import ACCUMULATE, Edge, Graph, Node, Visit, short_name
from groundup.graph.operations import Item, MadeTensor, OperationTracer
from groundup.graph.script import Script
from groundup.graph.values import Values, values


@dataclass(frozen=True)
class GraphMoment:
    """A place to stop at: before anything, after a statement, or after a node's turn backwards.

    ``items`` and ``visits`` tell how many of each there are by then.
    """

    kind: str
    line: int
    items: int
    visits: int = 0


@dataclass(frozen=True)
class GraphTrace:
    """All that was seen of one run.

    ``gradients`` maps each leaf's name to its ``.grad`` after the run; ``freed`` is what torch says
    when a saved tensor is asked for after backward ("" if none was saved). ``calls`` is how often
    the text called backward: the graph is that of the first.
    """

    script: Script
    items: tuple[Item, ...] = ()
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    visits: tuple[Visit, ...] = ()
    moments: tuple[GraphMoment, ...] = ()
    chains: dict[str, Chain] = field(default_factory=dict)
    gradients: dict[str, Values | None] = field(default_factory=dict)
    output: str = ""
    freed: str = ""
    notices: tuple[Notice, ...] = ()
    failure: Failure | None = None
    calls: int = 1

    def node(self, key: str) -> Node:
        """The node called ``key``."""
        return next(node for node in self.nodes if node.key == key)

    def incoming(self, moment: int) -> dict[str, Values]:
        """Node's key to the gradient that it has received by ``moment``."""
        seen = self.visits[: self.moments[moment].visits]
        return {visit.node: visit.incoming for visit in seen if visit.incoming is not None}

    def outgoing(self, moment: int) -> dict[str, Values]:
        """Edge's key to the gradient that has gone along it by ``moment``."""
        seen = self.visits[: self.moments[moment].visits]
        return {k: v for visit in seen for k, v in visit.outgoing if v is not None}


def trace_graph(script: Script) -> GraphTrace:
    """Run ``script`` and return what happened, also where it failed."""
    recorder = _Tracer(script)
    try:
        return recorder.record()
    finally:
        recorder.run.close()


class _Tracer:
    """One run, while it lasts."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.run = Run(script.text, name="program", limits=Limits(steps=5_000, characters=20_000))
        self.watch = OperationTracer(script.text, "<program>", script.lines)
        self.moments = [GraphMoment("start", 0, 0)]
        self.visits: list[Visit] = []
        self.graph: Graph | None = None
        self.found: dict[str, Any] = {}

    def record(self) -> GraphTrace:
        while self.run.state == "paused":
            line = self.run.last.line if self.run.last else 0
            if line == self.script.before_backward and self.graph is None:
                self._look_at_graph()
            self._step()
        return self._described()

    def _step(self) -> None:
        watching = self.graph.watching() if self.graph else nullcontext(self.visits)
        with watching as visits, self.watch:
            step = self.run.step()
        for count in range(len(self.visits) + 1, len(visits) + 1):
            line = self.script.backward
            self.moments.append(GraphMoment("backward", line, len(self.watch.made), count))
        self.visits = visits if len(visits) >= len(self.visits) else self.visits
        if step and step.line in self.script.inputs:
            name = self.script.inputs[step.line]
            self.watch.leaf(name, self.run.variables[name], step.line)
        elif step and step.line in self.script.names:
            name = self.script.names[step.line]
            self.watch.name(name, self.run.variables[name])
            self.moments.append(GraphMoment("forward", step.line, len(self.watch.made)))

    def _look_at_graph(self) -> None:
        root = self.run.variables[self.script.root]
        if not isinstance(root, torch.Tensor) or root.grad_fn is None:
            return
        self.graph = Graph(root)
        leaves = {id(made.tensor): made.names[0] for made in self.watch.made if made.names}
        lines = lines_of(self.watch.made)
        nodes = self.graph.nodes(lines, leaves)
        ends = [node.key for node in nodes if node.name == ACCUMULATE]
        self.found = {
            "nodes": nodes,
            "edges": self.graph.edges(),
            "chains": dict(chains_of(self.graph, ends, self.script.touched)),
        }

    def _described(self) -> GraphTrace:
        run = self.run
        leaves = [made for made in self.watch.made if made.item.kind == "input"]
        return GraphTrace(
            script=self.script,
            items=tuple(items_of(self.watch.made, self.graph)),
            visits=tuple(self.visits),
            moments=tuple(self.moments),
            gradients={made.names[0]: _grad(made.tensor) for made in leaves},
            output=run.output,
            freed=freed(self.graph) if self.visits else "",
            notices=tuple(run.notices),
            failure=run.failure,
            **self.found,
        )


def chains_of(graph: Graph, ends: Iterable[str], touched: int) -> Iterable[tuple[str, Chain]]:
    """Each of ``ends``, a leaf's node, with the chain rule along its paths."""
    for key in ends:
        try:
            yield key, chain(graph, key, touched)
        except RuntimeError:
            # A saved tensor was changed in place: backward will say so in torch's own words.
            return


def lines_of(made: list[MadeTensor]) -> dict[Any, int]:
    """Each node to the line whose operation made it."""
    lines: dict[Any, int] = {}
    for entry in made:
        waiting = [entry.grad_fn]
        while waiting:
            node = waiting.pop()
            if node is not None and node not in lines:
                lines[node] = entry.item.line
                waiting.extend(target for target, _ in node.next_functions)
    return lines


def items_of(made: list[MadeTensor], graph: Graph | None) -> Iterable[Item]:
    """What was made, as plain data, with the nodes that it belongs to."""
    keys = graph.keys if graph else {}
    leaves = {
        id(node.variable): key for node, key in keys.items() if short_name(node) == ACCUMULATE
    }
    for entry in made:
        node_key = keys.get(entry.grad_fn) if entry.grad_fn else leaves.get(id(entry.tensor))
        yield replace(entry.item, names=tuple(entry.names), node=node_key)


def _grad(leaf: torch.Tensor) -> Values | None:
    # Asked for the grad of what is no leaf any more, torch warns.
    return values(leaf.grad) if leaf.is_leaf and leaf.grad is not None else None


def freed(graph: Graph | None) -> str:
    """What torch says when the first saved tensor is asked for again."""
    for node in graph.live if graph else []:
        try:
            for name in dir(node):
                if name.startswith("_saved_"):
                    getattr(node, name)
        except RuntimeError as error:
            return str(error)
    return ""
