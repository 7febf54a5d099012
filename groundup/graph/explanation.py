"""What happens at a moment of a recording, and the chain rule with its numbers, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from groundup.engine.snapshot import number
from groundup.graph.chain_rule import Chain, Path
from groundup.graph.naming import item_names, node_names, node_of
from groundup.graph.nodes import ACCUMULATE, Edge
from groundup.graph.recording import GraphMoment, GraphTrace
from groundup.graph.values import MAX_NUMBERS, Values, size

_FACTORS = 12
"""How many factors of a product are written out."""


class Explanation(NamedTuple):
    """A headline, and lines beneath it; the parts in backticks are code."""

    headline: str
    lines: tuple[str, ...] = ()


def equation(
    recording: GraphTrace, edge: Edge, incoming: Values, outgoing: Values, max_numbers: int = 4
) -> str:
    """``incoming × local = outgoing`` for one edge, in numbers; shapes where elements are mixed.

    Σ says that products are summed because the input was broadcast. ``max_numbers`` is how many
    of a tensor's numbers are written.
    """
    if edge.local is None:
        before = _product_rule(recording, edge).format(incoming.size)
        return f"{before} → {outgoing.size}: {outgoing.text(max_numbers)}"
    product = f"{incoming.text(max_numbers)} × {edge.local.text(max_numbers)}"
    return f"{'Σ ' if edge.summed else ''}{product} = {outgoing.text(max_numbers)}"


def _product_rule(recording: GraphTrace, edge: Edge) -> str:
    """What a matrix product does with the gradient, which stands for ``{}``.

    Of C = A @ B, the gradient at A is that of C times Bᵀ, and the one at B is Aᵀ times that of C
    (Giles, Collected matrix derivative results, 2008, section 2.2.2).
    """
    item = next((i for i in recording.items if i.node == edge.source), None)
    kind = recording.node(edge.source).name
    # A linear layer ends in the same node, and has turned its weight over before.
    if item is None or item.label not in ("@", "matmul") or kind not in _PRODUCTS:
        return "{}"
    names = item_names(recording, node_names(recording))
    left, right = (names[source] for source in item.sources)
    rule = f"{left}ᵀ @ {{}}" if edge.index else _PRODUCTS[kind].format(right)
    return rule if left and right else "{}"


_PRODUCTS = {"MmBackward0": "{{}} @ {}ᵀ", "MvBackward0": "{{}} ⊗ {}"}
"""Autograd's nodes of matrix products, and what they do with the gradient of the left factor."""


def explain(recording: GraphTrace, place: int) -> Explanation:
    """What the moment number ``place`` is about."""
    moment = recording.moments[place]
    if moment.kind == "start":
        return Explanation("Nothing has run yet.", ("Step runs one statement of the program.",))
    if moment.kind == "forward":
        return _forward(recording, moment)
    return _backward(recording, moment)


def _forward(recording: GraphTrace, moment: GraphMoment) -> Explanation:
    source = recording.script.text.split("\n")[moment.line - 1].split("#")[0].strip()
    nodes = [node for node in recording.nodes if node.line == moment.line]
    made = [f"`{node.name}`" for node in reversed(nodes) if node.name != ACCUMULATE]
    leaves = [f"`{node.variable}`" for node in nodes if node.name == ACCUMULATE]
    unused = any(item.requires_grad for item in recording.items if item.line == moment.line)
    nothing = f"nothing that leads to {recording.script.root}" if unused else "nothing"
    lines = [f"Autograd recorded {', '.join(made) or nothing}."]
    if leaves:
        each = (
            f"{len(leaves)} `{ACCUMULATE}` nodes, one each" if leaves[1:] else f"an `{ACCUMULATE}`"
        )
        lines.append(f"It made {each} to collect the gradient of {', '.join(leaves)}.")
    return Explanation(f"Line {moment.line} ran: `{source}`", tuple(lines))


def _backward(recording: GraphTrace, moment: GraphMoment) -> Explanation:
    visit = recording.visits[moment.visits - 1]
    node, names = recording.node(visit.node), node_names(recording)
    lines = [_arrived(recording, node.key, visit.incoming)]
    outgoing = dict(visit.outgoing)
    for edge in recording.edges:
        gone = outgoing.get(edge.key) if edge.source == node.key else None
        if gone is not None and visit.incoming is not None:
            whole = equation(recording, edge, visit.incoming, gone, MAX_NUMBERS)
            lines.append(f"to {names[edge.target]}: {whole}")
    if node.name == ACCUMULATE and visit.incoming:
        lines.append(f"`{node.variable}.grad` is now {visit.incoming.text(MAX_NUMBERS)}.")
    return Explanation(f"`{node.name}` of {names[node.key]} runs backwards", tuple(lines))


def _arrived(recording: GraphTrace, key: str, incoming: Values | None) -> str:
    """Where a node's gradient came from; the sum, where it came from several sides."""
    if incoming is None:
        return "No gradient came in."
    gone = recording.outgoing(len(recording.moments) - 1)
    parts = [gone[e.key] for e in recording.edges if e.target == key and e.key in gone]
    if len(parts) > 1:
        summed = " + ".join(part.text(MAX_NUMBERS) for part in parts)
        return f"in: {summed} = {incoming.text(MAX_NUMBERS)}"
    start = "" if parts else ", where backward() starts"
    return f"in: {incoming.text(MAX_NUMBERS)}{start}"


def chain_rule(recording: GraphTrace, key: str) -> Explanation | None:
    """The chain rule for the leaf that ``key`` is, along its paths; None if it is no leaf."""
    chain = recording.chains.get(node_of(recording, key))
    if chain is None:
        return None
    names = node_names(recording)
    leaf, root = names[chain.leaf], names[recording.nodes[0].key]
    ways = "one way leads" if chain.count == 1 else f"{_counted(chain.count)} ways lead"
    headline = f"∂{root}/∂{leaf}: {ways} from {root} back to {leaf}"
    lines = [_path(recording, path, names) for path in chain.paths]
    ends = [path.end.text(9) for path in chain.paths]
    if chain.rest is not None:
        others = chain.count - len(chain.paths)
        ways = "the other way brings" if others == 1 else f"the other {_counted(others)} ways bring"
        lines.append(f"{ways} {chain.rest.text(9)}" + (" in all" if others > 1 else ""))
        ends.append(chain.rest.text(9))
    if len(ends) > 1 and chain.total is not None:
        summed = " + ".join(f"({end})" if end.startswith("−") else end for end in ends)
        lines.append(f"sum: {summed} = {chain.total.text(9)}")
    return Explanation(headline, (*lines, _compared(recording, chain, leaf)))


def _counted(count: int) -> str:
    """``count``, in full as long as one can still read it."""
    return f"{count:,}" if count < 10**12 else f"{count:.3e}".replace("e+", " × 10^")


def _path(recording: GraphTrace, path: Path, names: dict[str, str]) -> str:
    edges = {edge.key: edge for edge in recording.edges}
    taken = [edges[key] for key in path.edges]
    symbols = _product([f"∂{names[e.source]}/∂{names[e.target]}" for e in taken], " · ")
    singles = [edge.local.single if edge.local else None for edge in taken]
    if all(single is not None for single in singles):
        numbers = _product([_factor(single) for single in singles if single is not None], " × ")
        return f"{symbols} = {numbers} = {path.end.text()}"
    shapes = _product([size(shape) for shape in path.shapes], " → ")
    return f"{symbols} = {path.end.text(9)} (shapes on the way: {shapes})"


def _product(factors: list[str], sign: str) -> str:
    """``factors`` with ``sign`` between them; of many, the first and the last ones."""
    if len(factors) > _FACTORS:
        left_out = f"… {len(factors) - _FACTORS + 2} more …"
        factors = [*factors[: _FACTORS // 2], left_out, *factors[2 - _FACTORS // 2 :]]
    return sign.join(factors)


def _factor(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def _compared(recording: GraphTrace, chain: Chain, leaf: str) -> str:
    grad = recording.gradients.get(leaf)
    if grad is None or chain.total is None:
        return f"{leaf}.grad is None: backward() did not get there."
    same = _close(grad.numbers, chain.total.numbers)
    return f"{leaf}.grad = {grad.text(9)}: {'the same' if same else 'not the same'}"


def _close(left: Sequence[float], right: Sequence[float]) -> bool:
    def alike(a: float, b: float) -> bool:
        return math.isclose(a, b, rel_tol=1e-4, abs_tol=1e-6) or (math.isnan(a) and math.isnan(b))

    return all(alike(a, b) for a, b in zip(left, right, strict=True))


def unnamed(recording: GraphTrace) -> list[str]:
    """What ``u1``, ``u2`` … stand for, a line for each."""
    names = node_names(recording)
    operations = []
    for node in reversed(recording.nodes):
        name = names[node.key]
        if name.startswith("u") and name[1:].isdigit():
            operations.append(f"{name}: what `{node.name}` of line {node.line} differentiates")
    return operations
