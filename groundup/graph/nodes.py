"""A tensor's ``grad_fn``, seen from inside: autograd's real nodes, their edges, what they saved.

Hooks on the nodes themselves tell in which order autograd runs them and with which gradients, and
each node can be called like a function: with ones it gives its local derivative. So nothing of
autograd is computed a second time here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch

from groundup.graph.values import Values, values

ACCUMULATE = "AccumulateGrad"


@dataclass(frozen=True)
class Saved:
    """Something that a node keeps for the way back: ``self``, ``other``, ``result`` …

    ``changed``: it was changed in place since, and ``text`` is what torch says about that.
    """

    name: str
    text: str
    value: Values | None = None
    changed: bool = False


@dataclass(frozen=True)
class Node:
    """One of autograd's nodes.

    Attributes:
        key: ``n0`` for the root, then in the order of a walk from it.
        name: the node's own name: ``MulBackward0``, ``AccumulateGrad``.
        shape: of the tensor whose gradient comes in.
        variable: the name of the leaf, for an AccumulateGrad.
        line: the line that made it (0 where unknown).
    """

    key: str
    name: str
    shape: tuple[int, ...]
    saved: tuple[Saved, ...] = ()
    variable: str = ""
    line: int = 0


@dataclass(frozen=True)
class Edge:
    """The way from a node to what its input ``index`` came from.

    ``local`` is d(output)/d(input), element by element, where the one gradient is the other times
    it; None where the node mixes elements, as a matrix product does. ``summed``: the input was
    broadcast, so the engine adds the products up to the input's own shape.
    """

    key: str
    source: str
    target: str
    index: int
    local: Values | None = None
    summed: bool = False


@dataclass(frozen=True)
class Visit:
    """A node's turn during backward: what came in, and what went out along each of its edges."""

    node: str
    incoming: Values | None
    outgoing: tuple[tuple[str, Values | None], ...]


class Graph:
    """The nodes behind ``root``, alive: keep it no longer than the run it belongs to."""

    def __init__(self, root: torch.Tensor) -> None:
        self.live = _walk(root.grad_fn)
        self.keys = {node: f"n{i}" for i, node in enumerate(self.live)}

    def nodes(self, lines: dict[Any, int], leaves: dict[int, str]) -> tuple[Node, ...]:
        """Describe the nodes; ``lines`` are those known, ``leaves`` names tensors by their id."""
        return tuple(
            Node(
                key=key,
                name=short_name(node),
                shape=_shape(node),
                saved=tuple(_saved(node)),
                variable=leaves.get(id(getattr(node, "variable", None)), ""),
                line=lines.get(node, 0),
            )
            for node, key in self.keys.items()
        )

    def edges(self) -> tuple[Edge, ...]:
        """Describe the edges, with their local derivatives. To be called before backward."""
        edges = []
        for node, key in self.keys.items():
            local = _local_derivatives(node)
            for index, (target, _) in enumerate(node.next_functions):
                if target is not None:
                    derivative = local.get(index)
                    summed = derivative is not None and derivative.shape != _shape(target)
                    name = f"{key}.{index}"
                    edges.append(Edge(name, key, self.keys[target], index, derivative, summed))
        return tuple(edges)

    @contextmanager
    def watching(self) -> Iterator[list[Visit]]:
        """Within it, each node that autograd runs is added to the list that it gives."""
        visits: list[Visit] = []
        handles = [h for node in self.live for h in self._hooks(node, visits)]
        try:
            yield visits
        finally:
            for handle in handles:
                handle.remove()

    def _hooks(self, node: Any, visits: list[Visit]) -> Iterator[Any]:
        key = self.keys[node]

        def after(outgoing: tuple[Any, ...], incoming: tuple[Any, ...]) -> None:
            flows = zip(range(len(outgoing)), outgoing, strict=True)
            out = tuple((f"{key}.{index}", _values(gradient)) for index, gradient in flows)
            visits.append(Visit(key, _values(incoming[0]), out))

        yield node.register_hook(after)


def short_name(node: Any) -> str:
    """The node's name without its namespace."""
    return str(node.name()).rpartition("::")[2]


def apply(node: Any, gradient: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
    """What ``node`` and the engine pass on for ``gradient``: one for each of its inputs.

    The engine sums what belongs to a broadcast input to that input's shape.
    """
    targets = [target for target, _ in node.next_functions]
    return tuple(
        out.sum_to_size(_shape(target)) if out is not None and target is not None else out
        for target, out in zip(targets, _call(node, gradient), strict=True)
    )


def _call(node: Any, gradient: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
    with torch.no_grad():
        passed = node(gradient)
    return passed if isinstance(passed, tuple) else (passed,)


def _walk(root: Any) -> list[Any]:
    """The nodes behind ``root``, itself first, each once, breadth first."""
    nodes = dict.fromkeys([root] if root is not None else [])
    waiting = list(nodes)
    for node in waiting:
        for target, _ in node.next_functions:
            if target is not None and target not in nodes:
                nodes[target] = None
                waiting.append(target)
    return waiting


def _shape(node: Any) -> tuple[int, ...]:
    return tuple(node._input_metadata[0].shape)


def _saved(node: Any) -> Iterator[Saved]:
    for attribute in dir(node):
        if attribute.startswith("_saved_"):
            name = attribute.removeprefix("_saved_")
            try:
                value = getattr(node, attribute)
            except RuntimeError as error:
                yield Saved(name, str(error), changed=True)
                continue
            if isinstance(value, torch.Tensor):
                seen = values(value)
                yield Saved(name, f"{seen.size}: {seen.text()}", seen)
            elif value is not None:
                yield Saved(name, repr(value)[:40])


def _values(gradient: torch.Tensor | None) -> Values | None:
    return None if gradient is None else values(gradient)


def _local_derivatives(node: Any) -> dict[int, Values]:
    """Input's index to the local derivative, where there is one for each element."""
    if short_name(node) == ACCUMULATE:
        return {}
    shape = _shape(node)
    count = torch.Size(shape).numel()
    # Any gradient shows whether elements are mixed, if no two of its numbers are alike.
    probe = torch.arange(1, count + 1, dtype=torch.float32).reshape(shape).sqrt()
    try:
        with_ones, with_probe = _call(node, torch.ones_like(probe)), _call(node, probe)
    except RuntimeError:
        # A saved tensor was changed since; backward will say so.
        return {}
    return {
        index: values(with_one)
        for index, (with_one, out) in enumerate(zip(with_ones, with_probe, strict=True))
        if with_one is not None and _product(with_one, out, probe)
    }


def _product(with_one: torch.Tensor, out: torch.Tensor | None, probe: torch.Tensor) -> bool:
    """Whether ``out`` is ``probe`` times ``with_one``, element by element."""
    if out is None or (probe.numel() > 1 and with_one.shape != probe.shape):
        return False
    return torch.allclose(out, probe * with_one, rtol=1e-4, atol=1e-6, equal_nan=True)
