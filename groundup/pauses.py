"""Compile a lesson's text into a generator that pauses after every statement.

The text's body becomes that of a function, with every name declared global so that it means what
it means in a script, and each statement is followed by a ``yield``. Nothing is yielded inside a
``with`` block: a grad mode must not stay switched while the lesson is paused.
"""

from __future__ import annotations

import ast
import re
import symtable
from dataclasses import dataclass
from types import CodeType

from groundup.lesson import epoch_loop

_STEP = re.compile(r"\s*# (\d+)\. (.+?)\s*$")


@dataclass(frozen=True)
class Step:
    """A pause: the statement just executed, and the numbered step of the recipe it belongs to."""

    line: int
    number: int | None = None
    title: str = ""


def steps_of(text: str) -> dict[int, Step]:
    """Line number to :class:`Step`, for each line of ``text`` under a ``# N. Title`` comment.

    A step holds for the lines beneath its comment, up to a blank line or a smaller indent.
    """
    found: dict[int, Step] = {}
    current: tuple[int, int, str] | None = None
    for line, content in enumerate(text.splitlines(), 1):
        indent = len(content) - len(content.lstrip())
        if comment := _STEP.match(content):
            current = (indent, int(comment[1]), comment[2])
        elif current and (not content.strip() or indent < current[0]):
            current = None
        if current:
            found[line] = Step(line, current[1], current[2])
    return found


def compile_with_pauses(text: str, file: str) -> tuple[CodeType, list[Step | None]]:
    """Return the code that defines ``__lesson__``, and what each value it yields stands for.

    None stands for the end of an epoch.
    """
    compile(text, file, "exec")  # so that a stray return or yield is refused as in a script
    tree = ast.parse(text, file)
    pauses = _Pauses(steps_of(text), epoch_loop(tree))
    body = pauses.body(tree.body) or [ast.Pass()]
    table = symtable.symtable(text, file, "exec")
    bound = [s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()]
    if bound:
        body.insert(0, ast.Global(names=sorted(bound)))
    # A text that never pauses must still become a generator.
    body.append(ast.If(ast.Constant(False), [ast.Expr(ast.Yield(None))], []))
    arguments = ast.arguments([], [], None, [], [], None, [])
    wrapper = ast.FunctionDef("__lesson__", arguments, body, [], lineno=1, col_offset=0)
    module = ast.fix_missing_locations(ast.Module([wrapper], []))
    return compile(module, file, "exec"), pauses.found


class _Pauses:
    """Puts a ``yield INDEX`` after each statement, ``found[INDEX]`` being the :class:`Step`."""

    def __init__(self, steps: dict[int, Step], loop: ast.For | None) -> None:
        self.found: list[Step | None] = []
        self._steps = steps
        self._loop = loop

    def body(self, statements: list[ast.stmt], in_epoch: bool = False) -> list[ast.stmt]:
        """The statements with their pauses; ``in_epoch`` where a break leaves the epoch loop."""
        return [new for old in statements for new in self._statement(old, in_epoch)]

    def _statement(self, node: ast.stmt, in_epoch: bool) -> list[ast.stmt]:
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Global() | ast.Nonlocal():
                return [node]
            case ast.Break() | ast.Continue():
                # These end the iteration, so what must happen after it happens before them.
                return [self._end_of_epoch(node), node] if in_epoch else [node]
            case ast.For() | ast.While():
                own = node is self._loop
                inner = [self._pause(node), *self.body(node.body, own)]
                node.body = [*inner, self._end_of_epoch(node)] if own else inner
                node.orelse = self.body(node.orelse, in_epoch)
                return [node]
            case ast.If():
                node.body = self.body(node.body, in_epoch)
                node.orelse = self.body(node.orelse, in_epoch) or [self._pause(node)]
                return [node]
            case ast.Try():
                node.body = self.body(node.body, in_epoch)
                for handler in node.handlers:
                    handler.body = self.body(handler.body, in_epoch)
                node.orelse = self.body(node.orelse, in_epoch)
                node.finalbody = self.body(node.finalbody, in_epoch)
                return [node]
            case _:
                return [node, self._pause(node)]

    def _pause(self, node: ast.stmt) -> ast.stmt:
        return self._yield(node, self._steps.get(node.lineno, Step(node.lineno)))

    def _end_of_epoch(self, node: ast.stmt) -> ast.stmt:
        return self._yield(node, None)

    def _yield(self, node: ast.stmt, step: Step | None) -> ast.stmt:
        self.found.append(step)
        value = ast.Yield(ast.Constant(len(self.found) - 1))
        return ast.copy_location(ast.Expr(value), node)
