"""A model that stays in evaluation mode, or weights of zeros that learn nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import torch

from groundup.diagnosis.findings import Finding
from groundup.diagnosis.rule import Rule, Scene, loops_around
from groundup.diagnosis.words import called


class Modes(Rule):
    """Looks at layers that were switched off, at zeros, and at a sign that stands alone."""

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """Those that happened."""
        yield from self._train_forgotten(scene)
        yield from self._zeros()
        yield from self._frozen(scene)
        yield from self._unregistered(scene)
        yield from self._plus(scene)
        yield from self._one_layer(scene)

    def _train_forgotten(self, scene: Scene) -> Iterator[Finding]:
        off = [one for one in scene.evaluation.switched_off if one.backwards < self.of.backwards]
        stepped = self.of.updates > 2
        if stepped and len(off) > 2 and (scene.evaluation.trained or any(scene.calls("eval"))):
            evals = [node.lineno for node in scene.calls("eval")]
            yield Finding(
                "train_forgotten",
                evals[0] if evals else off[0].line,
                f"After this the model trained on in evaluation mode: its {off[0].name} did "
                f"nothing in the last {len(off)} forward passes that were trained on.",
                fix="Call model.train() before training goes on.",
            )

    def _zeros(self) -> Iterator[Finding]:
        for leaf in self.of.leaves.all:
            still = leaf.idle > 4 and not leaf.passes and len(leaf.shape) > 1
            if still and leaf.start is not None and not leaf.start.any():
                yield Finding(
                    "zeros",
                    leaf.filled_line or leaf.line,
                    f"{called(leaf)} begins with nothing but zeros, and its gradient was 0 in each "
                    f"of {leaf.idle} passes: it cannot begin to learn.",
                    fix="Begin with small random numbers.",
                )
                return

    def _frozen(self, scene: Scene) -> Iterator[Finding]:
        modules = [v for v in scene.names.values() if isinstance(v, torch.nn.Module)]
        inside = {id(part): part for one in modules for part in _parts(one)}
        if any("requires_grad" in vars(part) for part in inside.values()):
            for node in ast.walk(scene.tree):
                if isinstance(node, ast.Assign) and _sets(node, "requires_grad"):
                    yield Finding(
                        "frozen_by_attribute",
                        node.lineno,
                        "A module has no requires_grad of its own. This makes an attribute that "
                        "PyTorch does not read, and its parameters go on learning.",
                        fix="module.requires_grad_(False).",
                        mistake="frozen_by_attribute",
                    )
                    return

    def _unregistered(self, scene: Scene) -> Iterator[Finding]:
        """Layers in a plain list or dict: parameters() does not know them."""
        if not (self.of.steppers or self.of.backwards):
            return
        modules = [v for v in scene.names.values() if isinstance(v, torch.nn.Module)]
        for module in modules:
            known = {id(p) for p in module.parameters()} if "_modules" in vars(module) else set()
            for name, held in vars(module).items():
                for layer in _layers(held):
                    for parameter in layer.parameters():
                        leaf = self.of.leaves.known(parameter)
                        if leaf is not None and id(parameter) not in known:
                            yield _plain_list(leaf.line, name, type(held).__name__)
                            return

    def _one_layer(self, scene: Scene) -> Iterator[Finding]:
        """``[nn.Linear(3, 3)] * 4``: one layer four times, not four layers."""
        for node in ast.walk(scene.tree):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
                made = node.left if isinstance(node.left, ast.List) else node.right
                calls = made.elts if isinstance(made, ast.List) else []
                lines = {one.line for one in self.of.leaves.all}
                if any(isinstance(one, ast.Call) for one in calls) and node.lineno in lines:
                    yield Finding(
                        "one_layer",
                        node.lineno,
                        "A list that is multiplied holds one and the same layer, again and again: "
                        "they share their weights.",
                        fix="[… for _ in range(n)] makes a new one each time.",
                    )

    def _plus(self, scene: Scene) -> Iterator[Finding]:
        """``total =+ loss``: Python reads it as ``total = +loss``."""
        for node in ast.walk(scene.tree):
            if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.UnaryOp)):
                continue
            target: Any = node.targets[0]
            name = target.id if isinstance(target, ast.Name) else ""
            written = "=+" in scene.text.split("\n")[node.lineno - 1]
            if written and name in scene.names and loops_around(scene.tree, node.lineno):
                yield Finding(
                    "plus_sign",
                    node.lineno,
                    f"=+ puts a new number into {name} in each pass, and adds nothing.",
                    fix="Write +=.",
                )


def _layers(held: Any) -> list[torch.nn.Module]:
    inside = held.values() if type(held) is dict else held if type(held) in {list, tuple} else ()
    return [one for one in inside if isinstance(one, torch.nn.Module)]


def _plain_list(line: int, name: str, kind: str) -> Finding:
    return Finding(
        "plain_list",
        line,
        f"{name} is a plain {kind}: model.parameters() does not know the layers in it, so no "
        "optimizer gets them.",
        fix="Use nn.ModuleList or nn.ModuleDict.",
        mistake="half_a_model",
    )


def _parts(module: torch.nn.Module) -> Iterator[torch.nn.Module]:
    return module.modules() if "_modules" in vars(module) else iter(())


def _sets(node: ast.Assign, name: str) -> bool:
    target = node.targets[0]
    return isinstance(target, ast.Attribute) and target.attr == name
