"""Graphs that are kept for nothing: a running total that still hangs on all its losses."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import torch

from groundup.diagnosis.findings import Finding
from groundup.diagnosis.marks import Mark
from groundup.diagnosis.mode import Call, Listeners
from groundup.diagnosis.rule import Rule, Scene, called


class KeptGraphs(Rule):
    """Hears sums of losses, and whether backward() was ever called of the sum."""

    def listen(self, to: Listeners) -> None:
        """Sums, and backward passes of what was summed."""
        self._grown: dict[int, tuple[int, int]] = {}
        self._parts: dict[int, int] = {}
        self._used: set[int] = set()
        to.add("add", "add_", "__radd__", "__iadd__", after=self._adds)
        to.add("backward", after=self._passes_back)

    def _adds(self, call: Call, result: Any) -> None:
        if type(result) is not torch.Tensor or not result.requires_grad or result.numel() != 1:
            return
        line, marks = call.line, [m for one in call.args for m in self.of.marks.of(one)]
        if any(mark.kind == "total" and mark.line == line for mark in marks):
            count, then = self._grown.get(line, (0, -1))
            self._grown[line] = (count + (self.of.backwards > then), self.of.backwards)
        if any(mark.kind == "done" for mark in marks):
            self._parts[line] = self._parts.get(line, 0) + 1
        for one in call.args:
            if type(one) is torch.Tensor and one.requires_grad:
                self.of.marks.put(one, [Mark("part", line)])
        self.of.marks.put(result, [Mark("total", line)])

    def _passes_back(self, call: Call, _: Any) -> None:
        if isinstance(call.first, torch.Tensor):
            self._used.update(mark.line for mark in self.of.marks.of(call.first, "total"))
            for mark in self.of.marks.of(call.first, "part"):
                self._parts[mark.line] = self._parts.get(mark.line, 0) + 1
            self.of.marks.put(call.first, [Mark("done", call.line)])

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """Sums of losses after their backward passes; and lists of them."""
        for line, (grown, _) in self._grown.items():
            count = self._parts.get(line, 0)
            if count > 2 and grown > 1 and line not in self._used:
                yield _kept(line, count, "The sum")
        for name, value in scene.names.items():
            if type(value) is list:
                held = sum(
                    isinstance(one, torch.Tensor)
                    and one.grad_fn is not None
                    and bool(self.of.marks.of(one, "done"))
                    for one in value[:1_000]
                )
                line = next(_appends(scene, name), 0)
                if held > 2 and line:
                    yield _kept(line, held, f"The list {name}")


def _appends(scene: Scene, name: str) -> Iterator[int]:
    for node in scene.calls("append"):
        holder = node.func.value if isinstance(node.func, ast.Attribute) else None
        if isinstance(holder, ast.Name) and holder.id == name and called(node) == "append":
            yield node.lineno


def _kept(line: int, count: int, what: str) -> Finding:
    return Finding(
        "kept_graph",
        line,
        f"{what} holds the graphs of {count} losses, which grows with each pass and is never used "
        "for backward().",
        fix="Keep the number alone: loss.item().",
    )
