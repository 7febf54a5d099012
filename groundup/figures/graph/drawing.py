"""A recording as a graph: the mathematics, or what autograd recorded, at all of its moments.

What is laid out is the same at every moment, with room for the longest text that a place will ever
hold. What changes is its *paint*: texts, colours, dashes; each place has a timeline of paints, so
that a picture once drawn can be brought to any moment by whoever holds it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from groundup.figures.graph.timeline import NEVER, Box, Drawn, DrawnEdge, Paint, Times, timeline
from groundup.figures.theme import Palette
from groundup.graph.edges import edges_of_lines
from groundup.graph.explanation import equation
from groundup.graph.naming import item_names, node_names, node_of
from groundup.graph.nodes import ACCUMULATE, Edge, Node, Saved
from groundup.graph.operations import Item
from groundup.graph.recording import GraphTrace
from groundup.graph.values import Values

MAX_DRAWN = 200
"""How many nodes are drawn; beyond it :func:`summary` tells what there is."""

_LABELLED = 120
"""Up to how many edges keep room for their equation; with more, those that run now show theirs."""

_ONE_ROW, _TWO_ROWS = 22, 34
"""Characters in a row on an edge, if it is the only one or one of two: longer ones would push the
nodes apart."""


@dataclass(frozen=True)
class Look:
    """How a recording is to be shown: in which colours, what is chosen, with what was saved, and
    whether from left to right."""

    colours: Palette
    chosen: str = ""
    saved: bool = False
    across: bool = False


def size(recording: GraphTrace, view: str) -> int:
    """How many nodes a picture of ``view`` would have."""
    if view == "autograd":
        return len(recording.nodes)
    return sum(1 + (item.kind == "operation" and bool(item.names)) for item in recording.items)


def draw(recording: GraphTrace, view: str, look: Look) -> Drawn:
    """The ``"mathematics"``, or what ``"autograd"`` recorded."""
    picture = _Picture(recording, look, Drawn(back=view == "autograd"))
    if view == "autograd":
        picture.autograd()
    else:
        picture.mathematics()
    return picture.drawn


def summary(recording: GraphTrace, view: str) -> dict[str, int]:
    """How often each operation, or each kind of node, occurs; the most frequent first."""
    things = (
        [node.name for node in recording.nodes]
        if view == "autograd"
        else [item.label if item.kind == "operation" else item.kind for item in recording.items]
    )
    counts = {thing: things.count(thing) for thing in dict.fromkeys(things)}
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


class _Picture:
    """A graph in the making, and when what happens in its recording."""

    def __init__(self, recording: GraphTrace, look: Look, drawn: Drawn) -> None:
        self.recording, self.look, self.colours = recording, look, look.colours
        self.drawn = drawn
        last = len(recording.moments) - 1
        self.incoming, self.outgoing = recording.incoming(last), recording.outgoing(last)
        self.nodes = node_names(recording)
        self.items = item_names(recording, self.nodes)
        self.chosen = node_of(recording, look.chosen)
        moments = list(enumerate(recording.moments))
        self.ran = {m.line: at for at, m in reversed(moments) if m.kind == "forward"}
        self.visited = {
            recording.visits[m.visits - 1].node: at for at, m in moments if m.kind == "backward"
        }
        self.backward = next((at for at, m in moments if m.kind == "backward"), NEVER)

    def mathematics(self) -> None:
        """Tensors in boxes, operations in ellipses, arrows the way the numbers go."""
        lines = edges_of_lines(self.recording)
        counts = [moment.items for moment in self.recording.moments]
        for place, item in enumerate(self.recording.items):
            made = 0 if item.kind == "input" else bisect_right(counts, place)
            self.item(item, made, lines)

    def autograd(self) -> None:
        """Autograd's nodes by their own names, arrows the way the gradients go."""
        for node in self.recording.nodes:
            self.node(node)
        for edge in self.recording.edges:
            self._line(edge.key, edge.target, edge.source, edge)

    def item(self, item: Item, made: int, lines: dict[str, Edge]) -> None:
        """A tensor of the mathematics, the operation that made it, and what that was made from."""
        boxed = item.kind == "operation" and bool(item.names)
        operation = f"{item.key}_op" if boxed else item.key
        for place, source in enumerate(item.sources):
            key = f"{item.key}.{place}"
            self._line(key, source, operation, lines.get(key))
        graded = self.visited.get(item.node or "", NEVER)
        times = Times(made, graded, {self.ran.get(item.line, NEVER), graded})
        chosen = self.look.chosen == item.key
        if boxed:
            same = ([item.label], [item.label], [item.label])
            self._put(operation, "ellipse", same, times, chosen)
            self._line(item.key, operation, item.key, None)
        title = item.label if not boxed and item.kind != "input" else self.items[item.key]
        rows = self._sentence(item, title)
        shape = "round" if item.kind == "operation" and not boxed else "box"
        self._put(item.key, shape, rows, times, chosen)

    def _sentence(self, item: Item, title: str) -> _Rows:
        """What a tensor's node says before it is there, after, and with its gradient."""
        leaf = item.kind == "input" or self._is_leaf(item.node)
        if item.requires_grad:
            received = self.incoming.get(item.node or "")
            none, grad = arrived(None, leaf), arrived(received, leaf)
        else:
            none = grad = "no grad"
        return (
            [f"{title} = not yet"],
            _rows(title, item.value, none),
            _rows(title, item.value, grad),
        )

    def _is_leaf(self, key: str | None) -> bool:
        return any(node.key == key and node.name == ACCUMULATE for node in self.recording.nodes)

    def node(self, node: Node) -> None:
        """One of autograd's nodes, and on request what it saved."""
        size = f" ({'×'.join(map(str, node.shape))})" if node.shape else ""
        title = f"{self.nodes[node.key]}{size}: "
        graded = self.visited.get(node.key, NEVER)
        ran = (at for line, at in self.ran.items() if line >= node.line > 0)
        made = min(ran, default=self.backward)
        saved = [
            _saved(tensor) for tensor in (node.saved if self.look.saved else ()) if _seen(tensor)
        ]
        leaf = self._is_leaf(node.key)
        none = [node.name, title + arrived(None, leaf), *saved]
        grad = [node.name, title + arrived(self.incoming.get(node.key), leaf), *saved]
        shape = "box" if node.name == ACCUMULATE else "round"
        times = Times(made, graded, {graded})
        self._put(node.key, shape, (none, none, grad), times, self.chosen == node.key)

    def _put(self, key: str, shape: str, rows: _Rows, times: Times, chosen: bool) -> None:
        """A node, whose ``rows`` are those before it is there, after, and with its gradient."""
        texts = sorted({row for moment in rows for row in moment})
        self.drawn.nodes[key] = Box(shape, texts, max(map(len, rows)))
        self.drawn.node_paint[key] = timeline(
            times, lambda at: Paint(rows[times.state_at(at)], *self._marks(times, at, chosen))
        )

    def _line(self, key: str, source: str, target: str, edge: Edge | None) -> None:
        rows = self._arithmetic(edge) if edge else []
        gone = self.visited.get(edge.source, NEVER) if edge and edge.key in self.outgoing else NEVER
        times = Times(0, gone, {gone})
        room = rows if len(self.recording.edges) <= _LABELLED else []
        self.drawn.edges[key] = DrawnEdge(source, target, room)
        self.drawn.edge_paint[key] = timeline(times, lambda at: self._flow(times, at, rows, room))

    def _flow(self, times: Times, at: int, rows: list[str], grads: list[str]) -> Paint:
        """An edge of autograd's is dashed until a gradient has gone along it."""
        if at in times.now:
            return Paint(rows, self.colours.orange, 2.5, False)
        taken = times.state_at(at) == 2
        colour = self.colours.text if taken and self.drawn.back else self.colours.muted
        return Paint(grads if taken else [], colour, 1.4, self.drawn.back and not taken)

    def _arithmetic(self, edge: Edge) -> list[str]:
        """The label of ``edge`` once a gradient has gone along it: at most two short rows."""
        gone = self.outgoing.get(edge.key)
        if gone is None:
            return []
        way = "" if self.drawn.back else "← " if self.look.across else "↑ "
        whole = way + equation(self.recording, edge, self.incoming[edge.source], gone)
        short = gone.text() if len(gone.text()) <= _TWO_ROWS else gone.size
        return _in_rows(whole) or [way + short]

    def _marks(self, times: Times, at: int, chosen: bool) -> tuple[str, float, bool]:
        """Never by colour alone: what is not there yet is dashed, what is chosen or runs thick."""
        if at in times.now:
            return self.colours.orange, 3, False
        if chosen:
            return self.colours.blue, 3, False
        return self.colours.muted, 1.2, times.state_at(at) == 0


_Rows = tuple[list[str], list[str], list[str]]


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


def _rows(title: str, value: Values, grad: str) -> list[str]:
    """A number stands behind the name, more numbers beneath it."""
    if not value.shape:
        return [f"{title} = {value.text()}", grad]
    return [f"{title} ({value.size})", value.text(), grad]


def arrived(gradient: Values | None, leaf: bool) -> str:
    """What a tensor's node says of the gradient that has arrived there: None before it has.

    A leaf keeps it in ``.grad``; through any other tensor it passes, and that one's ``.grad`` stays
    None.
    """
    if leaf:
        return f".grad {gradient.text() if gradient else None}"
    return f"{gradient.text()} passes through" if gradient else "no gradient yet"


def _seen(saved: Saved) -> bool:
    return saved.value is not None or saved.changed


def _saved(saved: Saved) -> str:
    if saved.value is None:
        return f"saved {saved.name}: changed since"
    shape = f" ({saved.value.size})" if saved.value.shape else ""
    return f"saved {saved.name}{shape} = {saved.value.text()}"
