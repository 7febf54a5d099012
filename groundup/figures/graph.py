"""A recording as a graph, at one of its moments: the mathematics, or what autograd recorded.

What is drawn is the same at every moment, with room for the longest text that a place will ever
hold, so that a picture is laid out once. What changes is its *paint*: texts, colours, dashes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from groundup.figures.theme import Palette
from groundup.graph import ACCUMULATE, Edge, Node, Saved
from groundup.lines import edges_of_lines
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

_ONE_ROW, _TWO_ROWS = 22, 34
"""Characters in a row on an edge, if it is the only one or one of two: longer ones would push the
nodes apart."""


@dataclass(frozen=True)
class Look:
    """How a recording is to be shown: when, what is chosen, in which colours."""

    moment: int
    colours: Palette
    chosen: str = ""
    saved: bool = False


class Box(NamedTuple):
    """A node's ``shape`` (``"box"``, ``"round"``, ``"ellipse"``) and its room: ``texts`` that it
    will hold at one moment or another, in up to ``rows`` rows."""

    shape: str
    texts: list[str]
    rows: int


class Line(NamedTuple):
    """An edge, declared from what goes into an operation to what comes out, and its label's room.

    Inputs so stand at the top and the output at the bottom, whichever way the arrow is drawn.
    """

    source: str
    target: str
    texts: list[str]


class Paint(NamedTuple):
    """What a node or an edge looks like at a moment: its rows of text and its outline."""

    rows: list[str]
    colour: str
    width: float
    dashed: bool


@dataclass
class Drawn:
    """A graph and its paint; ``nodes`` and ``edges`` are the same at every moment.

    ``back`` tells that the arrows point from the output to the inputs.
    """

    back: bool
    nodes: dict[str, Box] = field(default_factory=dict)
    edges: dict[str, Line] = field(default_factory=dict)
    node_paint: dict[str, Paint] = field(default_factory=dict)
    edge_paint: dict[str, Paint] = field(default_factory=dict)


def size(recording: Recording, view: str) -> int:
    """How many nodes a picture of ``view`` would have."""
    if view == "autograd":
        return len(recording.nodes)
    return sum(1 + (item.kind == "operation" and bool(item.names)) for item in recording.items)


def draw(recording: Recording, view: str, look: Look) -> Drawn:
    """The ``"mathematics"``, or what ``"autograd"`` recorded."""
    picture = _Picture(recording, look, Drawn(back=view == "autograd"))
    if view == "autograd":
        picture.autograd()
    else:
        picture.mathematics()
    return picture.drawn


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

    def __init__(self, recording: Recording, look: Look, drawn: Drawn) -> None:
        self.recording, self.look, self.colours = recording, look, look.colours
        self.drawn = drawn
        self.moment = recording.moments[look.moment]
        end = len(recording.moments) - 1
        self.now, self.last = recording.incoming(look.moment), recording.incoming(end)
        self.gone, self.finally_gone = recording.outgoing(look.moment), recording.outgoing(end)
        self.nodes = node_names(recording)
        self.items = item_names(recording, self.nodes)
        visited = recording.visits[: self.moment.visits]
        self.running = visited[-1].node if visited else ""
        self.chosen = node_of(recording, look.chosen)

    def mathematics(self) -> None:
        """Tensors in boxes, operations in ellipses, arrows the way the numbers go."""
        lines = edges_of_lines(self.recording)
        for place, item in enumerate(self.recording.items):
            self.item(item, place < self.moment.items or item.kind == "input", lines)

    def autograd(self) -> None:
        """Autograd's nodes by their own names, arrows the way the gradients go."""
        backward = self.moment.kind == "backward"
        for node in self.recording.nodes:
            self.node(node, backward or 0 < node.line <= self.moment.line)
        for edge in self.recording.edges:
            paint = self._flow(edge, self.colours.text)
            self._line(edge.key, edge.target, edge.source, edge, paint)

    def item(self, item: Item, there: bool, lines: dict[str, Edge]) -> None:
        """A tensor of the mathematics, the operation that made it, and what that was made from."""
        boxed = item.kind == "operation" and bool(item.names)
        marks = self._marks(there, self._is_now(item), self.look.chosen == item.key)
        operation = f"{item.key}_op" if boxed else item.key
        for place, source in enumerate(item.sources):
            key = f"{item.key}.{place}"
            self._line(key, source, operation, lines.get(key), self._forward(lines.get(key)))
        if boxed:
            self._put(operation, Box("ellipse", [item.label], 1), Paint([item.label], *marks))
            self._line(item.key, operation, item.key, None, self._forward(None))
        title = item.label if not boxed and item.kind != "input" else self.items[item.key]
        value = item.value if there else None
        rows = _rows(title, value, self._grad(item, self.now))
        longest = _rows(title, item.value, self._grad(item, self.last))
        shape = "round" if item.kind == "operation" and not boxed else "box"
        texts = [*longest, f"{title} = not yet", "grad None"]
        self._put(item.key, Box(shape, texts, len(longest)), Paint(rows, *marks))

    def node(self, node: Node, there: bool) -> None:
        """One of autograd's nodes, and on request what it saved."""
        size = f" ({'×'.join(map(str, node.shape))})" if node.shape else ""
        title = f"{self.nodes[node.key]}{size}: "
        grads = [title + _grad(gradients.get(node.key)) for gradients in (self.now, self.last)]
        running = self.moment.kind == "backward" and self.running == node.key
        marks = self._marks(there, running, self.chosen == node.key)
        saved = [_saved(one) for one in (node.saved if self.look.saved else ()) if _seen(one)]
        rows = [node.name, grads[0], *saved]
        texts = [node.name, grads[1], f"{title}{_grad(None)}", *saved]
        shape = "box" if node.name == ACCUMULATE else "round"
        self._put(node.key, Box(shape, texts, len(rows)), Paint(rows, *marks))

    def _put(self, key: str, box: Box, paint: Paint) -> None:
        self.drawn.nodes[key], self.drawn.node_paint[key] = box, paint

    def _line(
        self, key: str, source: str, target: str, edge: Edge | None, marks: tuple[str, float, bool]
    ) -> None:
        rows = self._arithmetic(edge) if edge else []
        gone = edge is not None and edge.key in self.gone
        self.drawn.edges[key] = Line(source, target, rows)
        self.drawn.edge_paint[key] = Paint(rows if gone else [], *marks)

    def _flow(self, edge: Edge, colour: str) -> tuple[str, float, bool]:
        """The outline of an edge of autograd's: dashed until a gradient has gone along it."""
        if self.moment.kind == "backward" and edge.source == self.running:
            return self.colours.orange, 2.5, False
        taken = edge.key in self.gone
        return colour if taken else self.colours.muted, 1.4, not taken

    def _forward(self, edge: Edge | None) -> tuple[str, float, bool]:
        """The outline of a line of the mathematics: solid, as the numbers have gone along it."""
        colour, width, _ = self._flow(edge, self.colours.muted) if edge else ("", 1.4, False)
        return colour or self.colours.muted, width, False

    def _arithmetic(self, edge: Edge) -> list[str]:
        """The label of ``edge`` once a gradient has gone along it: at most two short rows."""
        gone = self.finally_gone.get(edge.key)
        if gone is None or len(self.recording.edges) > _NUMBERS:
            return []
        way = "" if self.drawn.back else "↑ "
        if len(self.recording.edges) <= _EQUATIONS:
            whole = way + equation(self.recording, edge, self.last[edge.source], gone)
            if rows := _in_rows(whole):
                return rows
        return [way + (gone.text() if len(gone.text()) <= _TWO_ROWS else gone.size)]

    def _grad(self, item: Item, gradients: dict[str, Values]) -> str:
        return _grad(gradients.get(item.node or "")) if item.requires_grad else "no grad"

    def _is_now(self, item: Item) -> bool:
        if self.moment.kind == "backward":
            return item.node == self.running
        return item.line == self.moment.line

    def _marks(self, there: bool, now: bool, chosen: bool) -> tuple[str, float, bool]:
        """Never by colour alone: what is not there yet is dashed, what is chosen or runs thick."""
        if now:
            return self.colours.orange, 3, False
        if chosen:
            return self.colours.blue, 3, False
        return self.colours.muted, 1.2, not there


def _in_rows(text: str) -> list[str]:
    """``text`` in one row or two; empty where it needs more room than that."""
    if len(text) <= _ONE_ROW:
        return [text]
    for sign in (" = ", ": "):
        before, _, after = text.partition(sign)
        rows = [before + (":" if sign == ": " else ""), f"= {after}" if sign == " = " else after]
        if after and max(map(len, rows)) <= _TWO_ROWS:
            return rows
    return []


def _rows(title: str, value: Values | None, grad: str) -> list[str]:
    """What a tensor's node says: a number stands behind the name, more numbers beneath it."""
    if value is None:
        return [f"{title} = not yet"]
    if not value.shape:
        return [f"{title} = {value.text()}", grad]
    return [f"{title} ({value.size})", value.text(), grad]


def _grad(gradient: Values | None) -> str:
    return f"grad {gradient.text() if gradient else None}"


def _seen(saved: Saved) -> bool:
    return saved.value is not None or saved.changed


def _saved(saved: Saved) -> str:
    if saved.value is None:
        return f"saved {saved.name}: changed since"
    shape = f" ({saved.value.size})" if saved.value.shape else ""
    return f"saved {saved.name}{shape} = {saved.value.text()}"
