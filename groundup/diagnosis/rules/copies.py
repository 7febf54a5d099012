"""What was meant as a copy, and is the parameter itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import torch

from groundup.diagnosis.findings import Finding
from groundup.diagnosis.marks import Mark
from groundup.diagnosis.mode import Call, Listeners
from groundup.diagnosis.rule import Rule, Scene
from groundup.diagnosis.words import called

COMPARED = ("sub", "eq", "__eq__", "equal", "allclose", "isclose", "copy_", "ne", "__ne__", "dist")


class Copies(Rule):
    """Hears what is kept of parameters, and where it is used after they have changed."""

    def listen(self, to: Listeners) -> None:
        """Ways of keeping one; and comparisons with it, which tell of themselves."""
        self._itself: tuple[Any, int] | None = None
        self._kept: dict[int, tuple[Any, int]] = {}
        to.add("detach", "data.get", after=self._keeps)
        to.add(*COMPARED, before=self._compares)

    def _keeps(self, call: Call, result: Any) -> None:
        leaf = self.of.leaves.known(call.first)
        if leaf is not None and type(result) is torch.Tensor:
            kept = (leaf.number, leaf.updates, self.of.updates)
            self.of.marks.put(result, [Mark("kept", call.line, kept)])

    def _compares(self, call: Call) -> None:
        one, other = (*call.args[:2], None, None)[:2]
        leaf = self.of.leaves.known(one)
        if one is other and leaf is not None and leaf.updates:
            self._itself = (leaf, call.line)
        for kept, now in ((one, other), (other, one)):
            mark = self.of.marks.one(kept, "kept")
            if mark is None or not isinstance(now, torch.Tensor) or not _same_memory(kept, now):
                continue
            number, before, _ = mark.what
            leaf = self.of.leaves.all[number]
            if leaf.updates > before and mark.line != call.line:
                self._kept.setdefault(mark.line, (leaf, call.line))

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """Each line once."""
        if self._itself:
            self._kept.update(_named_twice(scene, *self._itself))
        for line, (leaf, used) in self._kept.items():
            yield Finding(
                "no_copy",
                line,
                f"What is kept here of {called(leaf)} is no copy: it shares its memory, and "
                "changed with it.",
                evidence=(f"In line {used} it is the same as the present one.",),
                fix="Keep a copy: .detach().clone(), or copy.deepcopy(model.state_dict()).",
                mistake="detached_backup",
            )


def _named_twice(scene: Scene, leaf: Any, used: int) -> dict[int, tuple[Any, int]]:
    """Where a second name was given to the tensor of ``leaf``."""
    tensor = leaf.ref()
    names = {name for name, value in scene.names.items() if value is tensor is not None}
    lines = [
        node.lineno
        for node in ast.walk(scene.tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id in names
    ]
    return dict.fromkeys(lines[:1], (leaf, used))


def _same_memory(one: torch.Tensor, other: torch.Tensor) -> bool:
    if one.layout is not torch.strided or other.layout is not torch.strided or one.is_meta:
        return False
    return one.data_ptr() == other.data_ptr() and one.shape == other.shape and one.numel() > 0
