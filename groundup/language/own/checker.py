"""Walks the tree of a learner's own code; what no table lists is refused, and the walk goes on."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from groundup.language.own.bindings import bindings
from groundup.language.own.places import Places
from groundup.language.own.result import Refusal
from groundup.language.own.scopes import Scopes

Handler = Callable[["Checker", Any], None]

HANDLERS: dict[type[ast.AST], Handler] = {}
"""Kind of node to what checks it; each module of the grammar adds its own."""


def handles(*kinds: type[ast.AST]) -> Callable[[Handler], Handler]:
    """Enter a function into :data:`HANDLERS` for nodes of ``kinds``."""

    def enter(handler: Handler) -> Handler:
        HANDLERS.update(dict.fromkeys(kinds, handler))
        return handler

    return enter


class Checker:
    """One walk over one tree.

    Attributes:
        bindings: what the text's names stand for.
        scopes: which of Python's names are the text's own at the place of the walk.
        around: the functions, classes, ``with`` and ``try`` around that place, outermost first.
        annotating: whether a type hint is looked at, which is evaluated but does nothing.
    """

    def __init__(self, text: str, tree: ast.Module) -> None:
        self.bindings = bindings(tree)
        self.scopes = Scopes(tree)
        self.around: list[ast.AST] = []
        self.annotating = False
        self.refusals: list[Refusal] = []
        self._places = Places(text)

    def visit(self, node: ast.AST) -> None:
        """Check ``node`` and all that is in it."""
        handler = HANDLERS.get(type(node))
        if handler is None:
            self.refuse(node, f"{_KINDS.get(type(node), 'this')} is not in this language.")
        else:
            handler(self, node)

    def each(self, nodes: Iterable[ast.AST | None]) -> None:
        """Check each of ``nodes`` that is there."""
        for node in nodes:
            if node is not None:
                self.visit(node)

    def refuse(self, node: ast.AST, reason: str, replacement: str | None = None) -> None:
        """Note that ``node`` is not in the language, and why."""
        if hasattr(node, "lineno"):
            self.refusals.append(self._places.refusal(node, reason, replacement))

    def refuse_name(
        self, node: ast.AST, name: str, reason: str, replacement: str | None = None
    ) -> None:
        """Note that ``name``, which ``node`` binds, is not in the language."""
        if hasattr(node, "lineno"):
            self.refusals.append(self._places.naming(node, name, reason, replacement))

    def source(self, node: ast.AST) -> str:
        """``node`` as it was typed."""
        return self._places.source(node)


_KINDS: dict[type[ast.AST], str] = {
    ast.AsyncFunctionDef: "async def",
    ast.AsyncFor: "async for",
    ast.AsyncWith: "async with",
    ast.Await: "await",
    ast.Yield: "yield inside an expression",
    ast.YieldFrom: "yield from (a loop that yields each one says the same)",
    ast.Match: "match (if and elif say the same)",
    ast.TryStar: "except*",
}
