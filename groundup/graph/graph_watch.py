"""Watch a text of any kind while it runs, up to the end of its first ``backward()``.

Inside functions, classes and loops too: torch itself reports each operation
(:class:`~groundup.graph.operations.OperationTracer`), and each call of ``backward``, before which
the graph is looked at.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import Any

import torch
from torch import nn
from torch.utils._python_dispatch import _disable_current_modes

from groundup.graph.nodes import Graph, Visit
from groundup.graph.operations import (
    MadeTensor,
    OperationTracer,
    asked_by,
    frame_of,
    is_call,
    tensors_in,
)
from groundup.graph.values import Values, values
from groundup.parsing import syntax_tree

MAX_ITEMS = 600
"""How many tensors are noted: no picture shows more."""

BACKWARD = (torch.Tensor.backward, torch.autograd.grad)


MAX_NODES = 2_000
"""How many nodes a graph may have to be looked at."""

Place = tuple[int, int, int]
"""A frame, its line and its instruction."""


class GraphWatch(OperationTracer):
    """Held while a text runs: notes what its ``lines`` compute, and then how gradients flow.

    Attributes:
        ends: for each statement that computed something, its line and how many items there were
            when it ended.
        graph: the graph behind the first ``backward()``; None until that is called.
        backward_line: the line that called it.
        root: what it was called on, as it is written.
        nodes: how many nodes are behind it; of more than :data:`MAX_NODES` none is looked at.
        visits: the turns of the nodes.
        gradients: the leaves' names to their ``.grad`` after it.
        calls: how often the text called ``backward()``.
        standing: what was made, with the names that stand for it when the text is over.
    """

    def __init__(
        self, text: str, file: str, lines: range, describe: Callable[[GraphWatch], None]
    ) -> None:
        super().__init__(text, file, lines)
        self.ends: list[tuple[int, int]] = []
        self.graph: Graph | None = None
        self.backward_line = 0
        self.root = ""
        self.nodes = 0
        self.visits: list[Visit] = []
        self.gradients: dict[str, Values | None] = {}
        self.calls = 0
        self.standing: list[tuple[str, MadeTensor]] = []
        self.full = False
        self._text, self._describe = text, describe
        self._place: Place | None = None
        self._frames: dict[int, FrameType] = {}

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        if func in BACKWARD:
            return self._backward(func, args, kwargs or {})
        if self.calls or self.full:
            return func(*args, **(kwargs or {}))
        frame = frame_of(self._file)
        in_text = frame is not None and frame.f_lineno in self._lines
        if frame is None or not in_text or asked_by(frame) == "torch":
            return func(*args, **(kwargs or {}))
        self._statement_over(frame)
        # An operation in place changes what it takes.
        given = (*args, *(kwargs or {}).values())
        taken = [(t, values(t)) for t in tensors_in(given) if id(t) not in self._latest]
        result = func(*args, **(kwargs or {}))
        if is_call(func, result):
            for tensor, value in taken:
                self._leaf(tensor, value, frame)
            self._note(func, given, result, frame)
        return result

    def _backward(
        self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        self.calls += 1
        frame = frame_of(self._file)
        outputs = args[0] if args else kwargs.get("tensors", kwargs.get("outputs"))
        root = outputs[0] if isinstance(outputs, list | tuple) and outputs else outputs
        if self.calls > 1 or frame is None or not isinstance(root, torch.Tensor):
            return func(*args, **kwargs)
        self._before(root, frame)
        with self._watching():
            result = func(*args, **kwargs)
        self.gradients = {_called(made): _grad(made.tensor) for made in self.leaves()}
        return result

    def _before(self, root: torch.Tensor, frame: FrameType) -> None:
        self.backward_line = frame.f_lineno
        self.root = _called_on(self._text, frame.f_lineno)
        self.finish()
        if root.grad_fn is not None:
            self._look_at(Graph(root))

    def _look_at(self, graph: Graph) -> None:
        self.nodes = len(graph.live)
        if self.nodes > MAX_NODES:
            return
        self.graph = graph
        # What a node saved is read past the modes that the text runs within.
        with _disable_current_modes():
            self._describe(self)

    @contextmanager
    def _watching(self) -> Iterator[None]:
        if self.graph is None:
            yield
            return
        with self.graph.watching() as self.visits:
            yield

    def leaves(self) -> list[MadeTensor]:
        """The leaves that may get a gradient, in the order of their first use."""
        return [m for m in self.made if m.item.kind == "input" and m.item.requires_grad]

    def __exit__(self, *error: Any) -> None:
        """Once a text is over, its names are gone."""
        self.finish()
        self.standing = [
            (name, made)
            for made in self.made
            for name in made.names
            if self._stands_for(name, made)
        ]
        super().__exit__(*error)  # type: ignore[no-untyped-call]  # torch gives it no types

    def _stands_for(self, name: str, made: MadeTensor) -> bool:
        """Whether the outermost level of the text calls that tensor ``name``."""
        start = re.split(r"[.\[]", name)[0]
        for frame in self._frames.values():
            held = frame.f_globals.get(start)
            if held is made.tensor or (start != name and isinstance(held, nn.Module)):
                return True
        return False

    def busiest(self) -> int:
        """The line that computed the most tensors."""
        counted: Counter[int] = Counter(made.item.line for made in self.made)
        return counted.most_common(1)[0][0] if counted else 0

    def finish(self) -> None:
        """The last statement is over."""
        self._statement_over(None)

    def _leaf(self, tensor: torch.Tensor, value: Values, frame: FrameType) -> None:
        """Note what an operation took, and no operation of the text has made."""
        if id(tensor) not in self._latest:
            self._add("input", "", frame.f_lineno, (), tensor)
            made = self.made[-1]
            name = _name_of(tensor, frame) or f"leaf{len(self.leaves())}"
            made.item = replace(made.item, label=name, value=value)
            self.name(name, tensor)

    def _add(
        self, kind: str, label: str, line: int, sources: tuple[str, ...], tensor: torch.Tensor
    ) -> None:
        made_here = kind == "constant" and tensor.requires_grad and tensor.is_leaf
        super()._add("input" if made_here else kind, label, line, sources, tensor)
        self.full = len(self.made) >= MAX_ITEMS

    def _statement_over(self, frame: FrameType | None) -> None:
        """A statement is over when another one computes, or the same once more."""
        place = None if frame is None else (id(frame), frame.f_lineno, frame.f_lasti)
        before, self._place = self._place, place
        if frame is not None:
            self._frames[id(frame)] = frame
        if before is None or (place and frame and _goes_on(before, place, frame)):
            return
        self._name_all()
        if len(self.made) > (self.ends[-1][1] if self.ends else 0):
            self.ends.append((before[1], len(self.made)))

    def _name_all(self) -> None:
        """Give what was made the names that the text has for it by now."""
        for frame in self._frames.values():
            for names in (frame.f_locals, frame.f_globals):
                for name, value in names.items():
                    if isinstance(value, torch.Tensor):
                        self.name(name, value)

    def close(self) -> None:
        """Let go of the text's frames and tensors."""
        self._frames.clear()
        self.standing.clear()
        self._latest.clear()
        self.made.clear()
        self.graph = None


def _goes_on(before: Place, now: Place, frame: FrameType) -> bool:
    """Whether the same statement goes on: a layer may compute several things at one place."""
    if now[:2] != before[:2]:
        return False
    return now[2] > before[2] or (now[2] == before[2] and asked_by(frame) == "layer")


def _name_of(tensor: torch.Tensor, frame: FrameType) -> str:
    """What the text calls ``tensor``: by a name, or as a parameter of a module that has one."""
    for names in (frame.f_locals, frame.f_globals):
        for name, value in names.items():
            if value is tensor:
                return name
    for names in (frame.f_globals, frame.f_locals):
        for name, value in names.items():
            if found := _parameter_of(value, tensor):
                # As a text writes it: a part of an nn.Sequential is an item, and no attribute.
                return re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", f"{name}.{found}")
    return ""


def _parameter_of(value: Any, tensor: torch.Tensor) -> str:
    if not isinstance(value, nn.Module):
        return ""
    owned = (*value.named_parameters(), *value.named_buffers())
    return next((name for name, one in owned if one is tensor), "")


def _called(made: MadeTensor) -> str:
    return made.names[-1] if made.names else made.item.label


def _grad(leaf: torch.Tensor) -> Values | None:
    return values(leaf.grad) if leaf.is_leaf and leaf.grad is not None else None


def _called_on(text: str, line: int) -> str:
    """What ``backward`` is called on at ``line``, as it is written."""
    for node in ast.walk(syntax_tree(text)):
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr="backward")) if node.lineno == line:
                return ast.unparse(owner)[:40]
    return "the result"
