"""What autograd recorded behind the numbers of a learner's run, read while their objects live.

A trace holds plain data; the graph hangs on live tensors, which end with the run. So it is read in
a mode that is held while the text runs: the mode finds the text's own names, and reads what stands
behind them when the run is over.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import FrameType
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from groundup.graph.nodes import ACCUMULATE, short_name

MAX_NODES = 60
"""A larger graph is not drawn: nobody could read it."""
MAX_ROOTS = 8
"""Of so many numbers the graph is kept."""


@dataclass(frozen=True)
class GraphNode:
    """One of autograd's nodes: its name, the shape of its result, and the text's name for that."""

    name: str
    shape: tuple[int, ...]
    variable: str


@dataclass(frozen=True)
class RecordedGraph:
    """The nodes behind ``root``, itself first; ``edges`` lead from a node to one that it is of.

    ``count`` is how many nodes there are, at least; where they are too many, none is kept.
    """

    root: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[tuple[int, int], ...]
    count: int


class GraphReader(TorchFunctionMode):
    """Held while a text runs; afterwards ``graphs`` are those behind its numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.graphs: tuple[RecordedGraph, ...] = ()
        self._names: Mapping[str, Any] = {}
        self._last: Any = None

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Let each call happen; note whose text it stands in, and the last ``backward()``."""
        if not self._names:
            self._names = _names_of_text(sys._getframe(1))
        if func is torch.Tensor.backward:
            # The node and not the tensor: what it saved is given back all the same.
            self._last = args[0].grad_fn
        return func(*args, **(kwargs or {}))

    def __exit__(self, *exc: Any) -> None:
        """Read the graphs before the text's objects are gone."""
        super().__exit__(*exc)  # type: ignore[no-untyped-call]  # torch's has no types
        # Other modes that are held must not take this reading for the text's.
        with torch._C.DisableTorchFunction():
            self.graphs = tuple(_graphs(self._names, self._last))
        self._names, self._last = {}, None


def _graphs(names: Mapping[str, Any], last: Any) -> Iterator[RecordedGraph]:
    """The graphs of the numbers among ``names``, and of where ``backward()`` began last."""
    named, roots = dict(_variables(names)), dict(_roots(names))
    if last is not None and last not in roots.values():
        roots["what backward() began at"] = last
    for name in sorted(roots, key=lambda name: name != "loss")[:MAX_ROOTS]:
        yield _read(name, roots[name], named)


def _names_of_text(frame: FrameType | None) -> Mapping[str, Any]:
    """The globals of the text from which torch was called."""
    while frame is not None:
        file = frame.f_code.co_filename
        own = file[:1] == "<" or file == frame.f_globals.get("__file__")  # typed, or opened
        if own and frame.f_globals.get("__name__") == "__main__":
            return frame.f_globals
        frame = frame.f_back
    return {}


def _roots(names: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The names of single numbers that have a graph behind them, the last one first."""
    for name, value in reversed(list(names.items())):
        if type(value) is torch.Tensor and value.numel() == 1 and value.grad_fn is not None:
            yield name, value.grad_fn


def _variables(names: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """What the text calls a leaf, by the leaf's id, and a node's result, by the node's."""
    for name, value in names.items():
        if isinstance(value, torch.nn.Module):
            for path, parameter in value.named_parameters():
                yield id(parameter), f"{name}.{path}"
        elif isinstance(value, torch.Tensor):
            yield id(value if value.grad_fn is None else value.grad_fn), name


def _read(root: str, begin: Any, named: Mapping[int, str]) -> RecordedGraph:
    nodes = {begin: 0}
    edges: list[tuple[int, int]] = []
    waiting = [begin]
    for node in waiting:
        for target, _ in node.next_functions:
            if target is None:
                continue
            if target not in nodes:
                nodes[target] = len(nodes)
                waiting.append(target)
            edges.append((nodes[node], nodes[target]))
        if len(nodes) > MAX_NODES:
            return RecordedGraph(root, (), (), len(nodes))
    told = tuple(_told(node, named) for node in nodes)
    return RecordedGraph(root, told, tuple(dict.fromkeys(edges)), len(nodes))


def _told(node: Any, named: Mapping[int, str]) -> GraphNode:
    name = short_name(node)
    leaf = node.variable if name == ACCUMULATE else None
    shape = tuple(node._input_metadata[0].shape)
    return GraphNode(name, shape, named.get(id(node if leaf is None else leaf), ""))
