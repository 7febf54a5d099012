"""What rules have in common: they listen while the text runs, and tell at its end."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from groundup.diagnosis.evaluation import Evaluation
from groundup.diagnosis.findings import Finding
from groundup.diagnosis.history import History
from groundup.diagnosis.mode import Listeners


@dataclass
class Scene:
    """What a rule may look at when the text is at its end.

    ``names`` are the text's variables, ``text`` is what ran and ``tree`` its syntax;
    they are empty where nobody knows.
    ``error`` is what it raised.
    """

    history: History
    evaluation: Evaluation
    names: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    tree: ast.Module = field(default_factory=lambda: ast.Module([], []))
    error: BaseException | None = None

    def calls(self, name: str) -> Iterator[ast.Call]:
        """The calls of ``name``, or of a method of that name, in the text."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and called(node) == name:
                yield node


class Rule:
    """One kind of mistake, or a few that are seen in the same way."""

    names: Callable[[], Mapping[str, Any]] = dict
    """What the text's variables are, at any time."""

    def __init__(self, history: History, listeners: Listeners) -> None:
        self.of = history
        self.listen(listeners)

    def listen(self, to: Listeners) -> None:
        """Say which calls it wants to hear."""

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """What it found."""
        yield from ()


def called(node: ast.Call) -> str:
    """The name of what ``node`` calls, without what stands before its last dot."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def loops_around(tree: ast.AST, line: int) -> list[ast.For | ast.While]:
    """The loops in whose bodies ``line`` stands, the outermost first."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.For | ast.While)
        and node.body[0].lineno <= line <= (node.body[-1].end_lineno or 0)
    ]
