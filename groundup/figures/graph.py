"""A recording as a graph, at one of its moments: the mathematics, or what autograd recorded.

Inputs stand at the top and the output at the bottom, in both. From moment to moment only texts and
colours change: every node and label has the size of the longest text it will ever hold, so
graphviz lays all moments out alike. What changes is also given apart from the graph, as its
*paint*, so that a picture once drawn can be brought to any moment without a new layout.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import NamedTuple

import graphviz

from groundup.figures.theme import Palette
from groundup.graph import ACCUMULATE, Edge, Node, Saved
from groundup.naming import item_names, node_names, node_of
from groundup.operations import Item
from groundup.recording import Recording
from groundup.story import equation
from groundup.values import Values

MOST_DRAWN = 200
"""How many nodes are drawn; beyond it :func:`summary` tells what there is."""

_EQUATIONS = 40
_NUMBERS = 80
"""Up to how many edges carry an equation, or at least a number."""

_LONGEST = 26
"""Characters on an edge: a longer equation would push the nodes apart."""

_GRAPH = {"bgcolor": "transparent", "nodesep": "0.2", "ranksep": "0.22", "margin": "0.05"}
_NODE = {"fontname": "sans-serif", "fontsize": "10", "fixedsize": "true"}
_EDGE = {"fontname": "sans-serif", "fontsize": "10", "arrowsize": "0.6"}
_INCH = 72
_LETTER = 5.1
_ROW = 12
_THICK = {"penwidth": "3"}


@dataclass(frozen=True)
class Look:
    """How a recording is to be shown: when, what is chosen, in which colours, how laid out."""

    moment: int
    colours: Palette
    chosen: str = ""
    saved: bool = False
    across: bool = False


def size(recording: Recording, view: str) -> int:
    """How many nodes a picture of ``view`` would have."""
    if view == "autograd":
        return len(recording.nodes)
    return sum(1 + (item.kind == "operation" and bool(item.names)) for item in recording.items)


class Drawn(NamedTuple):
    """A graph, and its paint.

    ``nodes`` maps a node's key to its rows of text, the colour and width of its outline, and
    whether that is dashed; ``edges`` maps an edge's id to the same, with its one text.
    """

    graph: graphviz.Digraph
    nodes: dict[str, tuple[list[str], str, float, bool]]
    edges: dict[str, tuple[str, str, float, bool]]


def draw(recording: Recording, view: str, look: Look) -> Drawn:
    """The ``"mathematics"``, or what ``"autograd"`` recorded."""
    picture = _Picture(recording, look)
    if view == "autograd":
        picture.autograd()
    else:
        picture.mathematics()
    return Drawn(picture.graph, picture.node_paint, picture.edge_paint)


def summary(recording: Recording, view: str) -> dict[str, int]:
    """How often each operation, or each kind of node, occurs; the most frequent first."""
    things = (
        [node.name for node in recording.nodes]
        if view == "autograd"
        else [item.label if item.kind == "operation" else item.kind for item in recording.items]
    )
    counts = {thing: things.count(thing) for thing in dict.fromkeys(things)}
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


class _Picture:
    """A graph in the making, and what is true at its moment (``now``) and at the end (``last``)."""

    def __init__(self, recording: Recording, look: Look) -> None:
        self.recording, self.look, self.colours = recording, look, look.colours
        self.moment = recording.moments[look.moment]
        end = len(recording.moments) - 1
        self.now, self.last = recording.incoming(look.moment), recording.incoming(end)
        self.gone, self.finally_gone = recording.outgoing(look.moment), recording.outgoing(end)
        self.nodes = node_names(recording)
        self.items = item_names(recording, self.nodes)
        visited = recording.visits[: self.moment.visits]
        self.running = visited[-1].node if visited else ""
        self.chosen = node_of(recording, look.chosen)
        self.node_paint: dict[str, tuple[list[str], str, float, bool]] = {}
        self.edge_paint: dict[str, tuple[str, str, float, bool]] = {}
        self.graph = graphviz.Digraph(graph_attr=_GRAPH, node_attr=_NODE, edge_attr=_EDGE)
        self.graph.attr(rankdir="LR" if look.across else "TB")
        self.graph.attr("node", fillcolor=self.colours.surface, fontcolor=self.colours.text)
        self.graph.attr("edge", color=self.colours.muted, fontcolor=self.colours.text)

    def mathematics(self) -> None:
        """Tensors in boxes, operations in ellipses, arrows the way the numbers go."""
        for place, item in enumerate(self.recording.items):
            self.item(item, place < self.moment.items or item.kind == "input")

    def autograd(self) -> None:
        """Autograd's nodes by their own names, arrows the way the gradients go."""
        backward = self.moment.kind == "backward"
        for node in self.recording.nodes:
            self.node(node, backward or 0 < node.line <= self.moment.line)
        for edge in self.recording.edges:
            self.edge(edge)

    def item(self, item: Item, there: bool) -> None:
        """A tensor of the mathematics, the operation that made it, and what that was made from."""
        boxed = item.kind == "operation" and bool(item.names)
        marks = self._marks(there, self._is_now(item), self.look.chosen == item.key)
        last = f"{item.key}_op" if boxed else item.key
        for source in item.sources:
            self.graph.edge(source, last, color=self.colours.muted)
        if boxed:
            self._put(last, [item.label], [item.label], 1, marks | {"shape": "ellipse"})
            self.graph.edge(last, item.key, color=self.colours.muted)
        title = item.label if not boxed and item.kind != "input" else self.items[item.key]
        value = item.value if there else None
        rows = _rows(title, value, self._grad(item, self.now))
        longest = _rows(title, item.value, self._grad(item, self.last))
        marks |= _rounded(marks) if item.kind == "operation" and not boxed else {}
        # Every text that it will ever hold, so that all moments are laid out alike.
        texts = [*longest, f"{title} = not yet", "grad None"]
        self._put(item.key, rows, texts, len(longest), marks)

    def node(self, node: Node, there: bool) -> None:
        """One of autograd's nodes, and on request what it saved."""
        size = f" ({'×'.join(map(str, node.shape))})" if node.shape else ""
        title = f"{self.nodes[node.key]}{size}: "
        grads = [title + _grad(gradients.get(node.key)) for gradients in (self.now, self.last)]
        running = self.moment.kind == "backward" and self.running == node.key
        marks = self._marks(there, running, self.chosen == node.key)
        marks |= {} if node.name == ACCUMULATE else _rounded(marks)
        rows, texts = [node.name, grads[0]], [node.name, grads[1], f"{title}{_grad(None)}"]
        self._put(node.key, rows, texts, 2, marks)
        for place, saved in enumerate(node.saved if self.look.saved else ()):
            if saved.value is not None or saved.changed:
                self._saved(f"{node.key}_s{place}", node, saved, there)

    def edge(self, edge: Edge) -> None:
        """The way a gradient takes, with its arithmetic once it was taken."""
        text = self._arithmetic(edge, self.now, self.gone)
        longest = self._arithmetic(edge, self.last, self.finally_gone)
        flows = self.moment.kind == "backward" and edge.source == self.running
        colour = self.colours.orange if flows else self.colours.text
        taken = edge.key in self.gone
        line = colour if taken else self.colours.muted
        key, width = f"edge_{edge.key}", 2.5 if flows else 1.4
        self.edge_paint[key] = (text, line, width, not taken)
        self.graph.edge(
            edge.target,
            edge.source,
            id=key,
            # Declared from the input to the output, for its rank; drawn the way the gradient goes.
            dir="back",
            color=line,
            penwidth=str(width),
            style="solid" if taken else "dashed",
            label=_reserved(text, longest, colour),
        )

    def _put(
        self, key: str, rows: list[str], texts: list[str], most: int, marks: dict[str, str]
    ) -> None:
        """A node with ``rows``, as large as ``most`` rows with the longest of ``texts`` need."""
        width = float(marks["penwidth"])
        self.node_paint[key] = (rows, marks["color"], width, "dashed" in marks["style"])
        self.graph.node(key, _label(rows), **_fixed(texts, most), **marks)

    def _saved(self, key: str, node: Node, saved: Saved, there: bool) -> None:
        size = f" ({saved.value.size})" if saved.value and saved.value.shape else ""
        rows = [f"saved {saved.name}{size}", saved.value.text() if saved.value else "changed since"]
        marks = self._marks(there, False, False)
        self._put(key, rows, rows, 2, marks | {"shape": "note"})
        self.graph.edge(key, node.key, style="dotted", dir="none", color=self.colours.muted)

    def _arithmetic(
        self, edge: Edge, incoming: dict[str, Values], outgoing: dict[str, Values]
    ) -> str:
        gone = outgoing.get(edge.key)
        if gone is None or len(self.recording.edges) > _NUMBERS:
            return ""
        # What is written must not depend on the moment, or the picture would jump.
        final = equation(edge, self.last[edge.source], self.finally_gone[edge.key])
        if len(self.recording.edges) <= _EQUATIONS and len(final) <= _LONGEST:
            return equation(edge, incoming[edge.source], gone)
        return gone.text() if len(gone.text()) <= _LONGEST else gone.size

    def _grad(self, item: Item, gradients: dict[str, Values]) -> str:
        return _grad(gradients.get(item.node or "")) if item.requires_grad else "no grad"

    def _is_now(self, item: Item) -> bool:
        if self.moment.kind == "backward":
            return item.node == self.running
        return item.line == self.moment.line

    def _marks(self, there: bool, now: bool, chosen: bool) -> dict[str, str]:
        """Never by colour alone: what is not there yet is dashed, what is chosen or runs thick."""
        if now:
            return {"shape": "box", "style": "filled", "color": self.colours.orange} | _THICK
        if chosen:
            return {"shape": "box", "style": "filled", "color": self.colours.blue} | _THICK
        style = "filled" if there else "filled,dashed"
        return {"shape": "box", "style": style, "color": self.colours.muted, "penwidth": "1.2"}


def _rounded(marks: dict[str, str]) -> dict[str, str]:
    return {"style": f"rounded,{marks['style']}"}


def _rows(title: str, value: Values | None, grad: str) -> list[str]:
    """What a tensor's node says: a number stands behind the name, more numbers beneath it."""
    if value is None:
        return [f"{title} = not yet", ""]
    if not value.shape:
        return [f"{title} = {value.text()}", grad]
    return [f"{title} ({value.size})", value.text(), grad]


def _grad(gradient: Values | None) -> str:
    return f"grad {gradient.text() if gradient else None}"


def _fixed(texts: list[str], rows: int) -> dict[str, str]:
    """A size with room for ``rows`` rows, the longest of them that of ``texts``."""
    width = max(max(map(len, texts)) * _LETTER + 14, 34) / _INCH
    return {"width": f"{width:.2f}", "height": f"{(rows * _ROW + 7) / _INCH:.2f}"}


def _label(rows: list[str]) -> str:
    first, *rest = (html.escape(row) for row in rows)
    lines = "".join(f"<br/>{row}" for row in rest if row)
    return f"<<b>{first}</b>{lines}>"


def _reserved(text: str, longest: str, colour: str) -> str:
    """A label that takes the room of ``longest`` and shows ``text``."""
    if not longest:
        return ""
    width, shown = len(longest) * _LETTER + 8, html.escape(text)
    cell = f'<font color="{colour}">{shown}</font>' if shown else " "
    return (
        f'<<table border="0" cellpadding="0" cellspacing="0"><tr><td fixedsize="true" '
        f'width="{width:.0f}" height="{_ROW}">{cell}</td></tr></table>>'
    )
