"""Compile a lesson's text into a generator that pauses after every statement.

The text's body becomes that of a function, with every name declared global so that it means what
it means in a script, and each statement is followed by a ``yield``. Nothing is yielded inside a
``with`` block: a grad mode must not stay switched while the lesson is paused.
"""

from __future__ import annotations

import ast
import copy
import re
import symtable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from types import CodeType
from typing import Any, TypeVar

from groundup.engine.text import epoch_loop, parsed

Node = TypeVar("Node", bound=ast.AST)

_TRIED = ("body", "orelse", "finalbody")
_STEP = re.compile(r"\s*# (\d+)\. (.+?)\s*$")


@dataclass(frozen=True)
class Step:
    """A pause: the statement just executed, and the numbered step of the recipe it belongs to."""

    line: int
    number: int | None = None
    title: str = ""


class End(Enum):
    """A pause that no learner sees: a pass of a loop is over."""

    EPOCH = "epoch"
    UPDATE = "update"
    """Of a loop within the epoch."""


def steps_of(text: str) -> dict[int, Step]:
    """Line number to :class:`Step`, for each line of ``text`` under a ``# N. Title`` comment.

    A step holds for the lines beneath its comment, up to a blank line or a smaller indent.
    """
    steps: dict[int, Step] = {}
    current: tuple[int, int, str] | None = None
    for line, content in enumerate(text.splitlines(), 1):
        indent = len(content) - len(content.lstrip())
        if comment := _STEP.match(content):
            current = (indent, int(comment[1]), comment[2])
        elif current and (not content.strip() or indent < current[0]):
            current = None
        if current:
            steps[line] = Step(line, current[1], current[2])
    return steps


@lru_cache(maxsize=64)
def compile_with_yields(
    text: str, file: str, *, by_epoch: bool = False
) -> tuple[CodeType, tuple[Step | End, ...]]:
    """Return the code that defines ``__lesson__``, and what each value it yields stands for.

    With ``by_epoch`` a pass of the loop over epochs is not paused in, but at its end, and in loops
    within it.
    """
    tree = parsed(text)
    compile(tree, file, "exec")  # so that a stray return or yield is refused as in a script
    inserter = _YieldInserter(steps_of(text), epoch_loop(tree), by_epoch=by_epoch)
    body = inserter.body(tree.body)
    table = symtable.symtable(text, file, "exec")
    bound = [s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()]
    if bound:
        body.insert(0, _first(ast.Global(names=sorted(bound))))
    # A text that never pauses must still become a generator.
    body.append(_first(ast.If(ast.Constant(False), [ast.Expr(ast.Yield(None))], [])))
    arguments = ast.arguments([], [], None, [], [], None, [])
    wrapper = _first(ast.FunctionDef("__lesson__", arguments, [], []))
    wrapper.body = body
    return compile(ast.Module([wrapper], []), file, "exec"), tuple(inserter.yielded)


def _first(made: Node) -> Node:
    """``made``, standing where a text begins."""
    made.lineno, made.col_offset = 1, 0  # type: ignore[attr-defined]  # a statement has a place
    return ast.fix_missing_locations(made)


class _YieldInserter:
    """Puts a ``yield INDEX`` after each statement, ``found[INDEX]`` saying what it stands for."""

    def __init__(self, steps: dict[int, Step], loop: ast.For | None, *, by_epoch: bool) -> None:
        self.yielded: list[Step | End] = []
        self._steps = steps
        self._loop = loop
        self._by_epoch = by_epoch
        self._pauses = True

    def body(self, statements: list[ast.stmt], within: End | None = None) -> list[ast.stmt]:
        """The statements with their pauses; ``within`` is what a ``continue`` among them ends."""
        return [new for old in statements for new in self._statement(old, within)]

    def _statement(self, node: ast.stmt, within: End | None) -> list[ast.stmt]:
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Global() | ast.Nonlocal():
                return [node]
            case ast.Break() | ast.Continue():
                # These end the pass, so what must happen after it happens before them.
                return [self._yield(node, within), node] if within else [node]
            case ast.For() | ast.While():
                return [self._looped(node, within)]
            case ast.If():
                untrue = self.body(node.orelse, within) or self._pause(node)
                return [_with(node, body=self.body(node.body, within), orelse=untrue)]
            case ast.Try():
                handlers = [_with(h, body=self.body(h.body, within)) for h in node.handlers]
                blocks = {b: self.body(getattr(node, b), within) for b in _TRIED}
                return [_with(node, handlers=handlers, **blocks)]
            case _:
                return [node, *self._pause(node)]

    def _looped(self, node: ast.For | ast.While, outside: End | None) -> ast.stmt:
        updates = End.UPDATE if outside is End.EPOCH else None
        end = End.EPOCH if node is self._loop else updates
        paused, self._pauses = self._pauses, end is not End.EPOCH or not self._by_epoch
        body = [*self._pause(node), *self.body(node.body, end)]
        self._pauses = paused
        if end:
            body.append(self._yield(node, end))
        return _with(node, body=body, orelse=self.body(node.orelse, outside))

    def _pause(self, node: ast.stmt) -> list[ast.stmt]:
        step = self._steps.get(node.lineno, Step(node.lineno))
        return [self._yield(node, step)] if self._pauses else []

    def _yield(self, node: ast.stmt, yielded: Step | End) -> ast.stmt:
        self.yielded.append(yielded)
        value = ast.Yield(ast.Constant(len(self.yielded) - 1))
        return located(ast.Expr(value), node)


def located(made: Node, node: ast.AST) -> Node:
    """``made``, all of it standing where ``node`` does."""
    for part in ast.walk(made):
        ast.copy_location(part, node)
    return made


def _with(node: Node, **blocks: list[Any]) -> Node:
    """``node`` with other blocks; the tree that it comes from is shared, and stays as it is."""
    made = copy.copy(node)
    for name, block in blocks.items():
        setattr(made, name, block)
    return made
