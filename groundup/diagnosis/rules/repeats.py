"""What is made anew in each pass: the same random numbers, the same fresh parameters."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import torch

from groundup.diagnosis.findings import Finding
from groundup.diagnosis.leaves import sample
from groundup.diagnosis.marks import Mark
from groundup.diagnosis.mode import Call, Listeners
from groundup.diagnosis.rule import Rule, Scene, called, loops_around

DRAWS = ("randint", "randperm", "randn", "rand", "randn_like", "rand_like", "bernoulli", "normal")
OFTEN = 3
"""So often the same numbers are no chance."""


class Repeats(Rule):
    """Hears random numbers that are drawn, and looks at where parameters were made."""

    def listen(self, to: Listeners) -> None:
        """Whatever draws."""
        self._drawn: dict[int, tuple[Any, int, int, frozenset[int]]] = {}
        to.add(*DRAWS, after=self._draws)

    def _draws(self, call: Call, result: Any) -> None:
        if type(result) is not torch.Tensor or result.numel() < 2 or result.requires_grad:
            return
        values, line = sample(result), call.line
        self.of.marks.put(result, [Mark("drawn", line, None, "all")])
        before, count, updates, learning = self._drawn.get(line, (None, 0, -1, frozenset()))
        moved = {leaf.number for leaf, _ in self.of.leaves.alive() if leaf.updates}
        again = (
            before is not None
            and values is not None
            and before.shape == values.shape
            and torch.equal(before, values)
            and self.of.updates > updates
            and (count == 0 or bool(learning & moved))
        )
        if before is not None and not again:
            count = -(10**6)  # They differ: never again.
        self._drawn[line] = (values, count + again, self.of.updates, frozenset(moved))

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """Draws that repeat, and parameters that begin anew."""
        for line, (_, count, *_rest) in self._drawn.items():
            if count >= OFTEN and ("drawn", line) in self.of.through:
                yield Finding(
                    "same_numbers",
                    _seeded(scene.tree, line),
                    f"Line {line} drew the same random numbers in each of {count + 1} passes.",
                    fix="Seed once, before the loop.",
                )
        yield from self._anew(scene)

    def _anew(self, scene: Scene) -> Iterator[Finding]:
        made = defaultdict(list)
        for leaf in self.of.leaves.all:
            if leaf.changed:
                made[leaf.line].append(leaf)
        for line, leaves in made.items():
            if _begun_anew(scene.tree, line) and len(leaves) >= OFTEN:
                alive = sum(leaf.ref() is not None for leaf in leaves)
                if alive * OFTEN <= len(leaves) + 2:
                    yield Finding(
                        "made_anew",
                        line,
                        f"The parameters that this line made were trained and thrown away, "
                        f"{len(leaves)} tensors in all. Each pass of the loop begins with new "
                        "ones.",
                        fix="Make the model once, before the loop.",
                    )
                    return


def _seeded(tree: ast.AST, line: int) -> int:
    """The line that seeds in the loop of ``line``; else ``line``."""
    for loop in reversed(loops_around(tree, line)):
        for node in ast.walk(loop):
            if isinstance(node, ast.Call) and called(node) in {"manual_seed", "seed"}:
                return node.lineno
    return line


def _begun_anew(tree: ast.AST, line: int) -> bool:
    """Whether ``line`` stands in a loop over passes: one whose variable decides nothing."""
    loops = [loop for loop in loops_around(tree, line) if isinstance(loop, ast.For)]
    if not loops or not all(_counts(loop) for loop in loops):
        return False
    inside = [node for node in ast.walk(loops[-1]) if isinstance(node, ast.For)]
    # Whole trainings, one after the other, are an experiment that is repeated.
    return not any(_counts(loop) for loop in inside if loop is not loops[-1])


def _counts(loop: ast.For) -> bool:
    """Whether the variable of ``loop`` only counts: it is printed, or not used at all."""
    if not (isinstance(loop.iter, ast.Call) and called(loop.iter) == "range"):
        return False
    name = loop.target.id if isinstance(loop.target, ast.Name) else ""
    shown = {
        id(one)
        for node in ast.walk(loop)
        if isinstance(node, ast.Call) and called(node) == "print"
        for one in ast.walk(node)
    }
    uses = [n for n in ast.walk(loop) if isinstance(n, ast.Name) and n.id == name]
    return all(n is loop.target or id(n) in shown for n in uses)
