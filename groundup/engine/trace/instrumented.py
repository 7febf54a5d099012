"""Compile a text so that it records each statement after it was executed.

The calls that record are constants of the code: no name of them exists, so ``globals()``, ``dir()``
and ``locals()`` show what they show in the plain text, and nothing that a text rebinds or deletes
reaches them.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any, TypeVar

from groundup.engine.instrument import located
from groundup.engine.text import parsed
from groundup.engine.trace.sites import Loop, Scope, Site, looks_at_its_names, loops_by_line

Node = TypeVar("Node", bound=ast.AST)
Statements = list[ast.stmt]
Function = ast.FunctionDef | ast.AsyncFunctionDef
Looping = ast.For | ast.While | ast.AsyncFor
Rewrite = Callable[[Statements], Statements]

MARK = "\0recorded "
"""What stands before the name of a call in the constants of a code."""


@dataclass(frozen=True)
class Instrumented:
    """A compiled text, with what its recording calls stand for: each hands over an index."""

    code: CodeType
    sites: tuple[Site, ...]
    scopes: tuple[Scope, ...]
    loops: tuple[Loop, ...]
    loop_at: Mapping[int, int]
    """Line to the innermost loop whose body it lies in."""

    def calling(self, calls: Mapping[str, Callable[..., Any]]) -> CodeType:
        """The code, with its recording calls made to the functions in ``calls``, by name."""
        return _with_constants(self.code, {MARK + name: call for name, call in calls.items()})


@lru_cache(maxsize=64)
def instrumented(text: str, file: str) -> Instrumented:
    """Compile ``text`` as ``file``, with a recording call after each statement.

    The calls are ``enter(scope)`` at the start of each body of a function, a class or the text,
    ``after(site)``, ``loop(site)`` at the start of each pass, ``handler(site)`` where an exception
    was caught, and ``returned(site, value)`` and ``yielded(site, value)``, which return ``value``.

    Raises:
        SyntaxError: if ``text`` is no Python.
    """
    refuse_what_is_no_python(text, file)
    return compiled(text, file, Inserter())


def refuse_what_is_no_python(text: str, file: str) -> None:
    """Refuse it in Python's own words; what is put in could lead to others.

    Raises:
        SyntaxError: if ``text`` is no Python.
    """
    compile(text, file, "exec", dont_inherit=True)


def compiled(text: str, file: str, made: Inserter, rewrite: Rewrite = list) -> Instrumented:
    """Compile ``text`` as ``file``, with the calls that ``made``, which is new, puts in.

    ``rewrite`` makes of all that the statements which are compiled.

    Raises:
        SyntaxError: if ``text`` is no Python.
    """
    tree = parsed(text)
    body = made.scope(tree.body, Scope(0, "", "text", False), made.first(tree.body))
    return Instrumented(
        compile(ast.Module(rewrite(body), []), file, "exec", dont_inherit=True),
        tuple(made.sites),
        tuple(made.scopes),
        tuple(made.loops),
        loops_by_line(made.nodes),
    )


class Inserter:
    """Puts the recording calls into a tree, which itself stays as it is."""

    def __init__(self) -> None:
        self.sites: list[Site] = []
        self.scopes: list[Scope] = []
        self.loops: list[Loop] = []
        self.nodes: list[tuple[int, Looping]] = []

    def scope(self, body: Statements, scope: Scope, first: int) -> Statements:
        """The ``body`` of a function, a class or the text; its first statements stay first."""
        self.scopes.append(scope)
        entered = call("enter", body[0] if body else ast.Pass(lineno=1, col_offset=0), self._last)
        return [*body[:first], entered, *self.body(body[first:], ())]

    @property
    def _last(self) -> int:
        return len(self.scopes) - 1

    @staticmethod
    def first(body: Statements) -> int:
        """How many statements must stay first: a docstring, and what is from the future."""
        count = 0
        for count, node in enumerate(body):
            docstring = count == 0 and _is_constant(node)
            if not docstring and not (isinstance(node, ast.ImportFrom) and _future(node)):
                return count
        return len(body)

    def body(self, statements: Statements, loops: tuple[int, ...]) -> Statements:
        """``statements`` with their recording calls, standing in ``loops``."""
        return [new for old in statements for new in self._statement(old, loops)]

    def _statement(  # noqa: PLR0911  # one answer a kind of statement
        self, node: ast.stmt, loops: tuple[int, ...]
    ) -> Statements:
        match node:
            case ast.Global() | ast.Nonlocal():
                return [node]
            case ast.Expr(value=ast.Constant()):
                return [node]
            case ast.Break() | ast.Continue() | ast.Return(value=None):
                return [self.record("after", node, loops), node]
            case ast.Return(value=ast.expr() as value):
                return [_with(node, value=self._handing("returned", node, value, loops))]
            case ast.Expr(value=ast.Yield(value=value)) | ast.Assign(value=ast.Yield(value=value)):
                handed = self._handing("yielded", node, value or ast.Constant(None), loops)
                given = _with(node, value=_with(node.value, value=handed))
                told = [] if isinstance(node, ast.Expr) else [self.record("after", node, loops)]
                return [given, *told]
            case ast.For() | ast.While() | ast.AsyncFor():
                return [self._looped(node, loops)]
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                return [self._defined(node), self.record("after", node, loops)]
            case ast.If() | ast.Try() | ast.TryStar() | ast.With() | ast.AsyncWith() | ast.Match():
                return [self._compound(node, loops)]
            case _:
                return [node, self.record("after", node, loops)]

    def _defined(self, node: Function | ast.ClassDef) -> ast.stmt:
        function = not isinstance(node, ast.ClassDef)
        hidden = function and looks_at_its_names(node.body)
        kind = "function" if function else "class"
        docstring = 1 if _is_constant(node.body[0]) else 0
        body = self.scope(node.body, Scope(node.lineno, node.name, kind, hidden), docstring)
        return _with(node, body=body)

    def _looped(self, node: Looping, loops: tuple[int, ...]) -> ast.stmt:
        target = "" if isinstance(node, ast.While) else ast.unparse(node.target)
        self.loops.append(Loop(node.lineno, target, loops[-1] if loops else None))
        inside = (*loops, len(self.loops) - 1)
        self.nodes.append((inside[-1], node))
        body = [self.record("loop", node, inside), *self.body(node.body, inside)]
        return _with(node, body=body, orelse=self.body(node.orelse, loops))

    def _compound(self, node: ast.stmt, loops: tuple[int, ...]) -> ast.stmt:
        blocks: dict[str, Any] = {
            name: self.body(block, loops)
            for name in ("body", "orelse", "finalbody")
            if (block := getattr(node, name, None))
        }
        if isinstance(node, ast.If):
            for name in ("body", "orelse"):
                blocks[name] = [self.record("after", node, loops), *blocks.get(name, [])]
        elif isinstance(node, ast.With | ast.AsyncWith):
            blocks["body"].insert(0, self.record("after", node, loops))
        elif isinstance(node, ast.Match):
            blocks["cases"] = [self._part("after", part, node, loops) for part in node.cases]
        elif isinstance(node, ast.Try | ast.TryStar):
            blocks["handlers"] = [self._part("handler", h, h, loops) for h in node.handlers]
        return _with(node, **blocks)

    def _part(self, name: str, part: Node, at: Any, loops: tuple[int, ...]) -> Node:
        body = self.body(part.body, loops)  # type: ignore[attr-defined]  # handlers and cases have one
        return _with(part, body=[self.record(name, at, loops), *body])

    def record(self, name: str, node: Any, loops: tuple[int, ...]) -> ast.stmt:
        """The call ``name`` for the statement ``node``, as a statement."""
        made: ast.stmt = call(name, node, self._site(name, node, loops))
        return made

    def _handing(
        self, name: str, node: ast.stmt, value: ast.expr, loops: tuple[int, ...]
    ) -> ast.expr:
        made: ast.Call = call(name, node, self._site(name, node, loops)).value
        made.args.append(value if hasattr(value, "lineno") else ast.copy_location(value, node))
        return made

    def _site(self, name: str, node: Any, loops: tuple[int, ...]) -> int:
        self.sites.append(Site(node.lineno, name, loops, node))
        return len(self.sites) - 1


def call(name: str, node: Any, index: int) -> Any:
    """The statement that calls ``name`` with ``index``, at the place of ``node``."""
    # A constant alone in the place of a function would make the compiler warn.
    function = ast.IfExp(ast.Constant(True), ast.Constant(MARK + name), ast.Constant(None))
    return located(ast.Expr(ast.Call(function, [ast.Constant(index)], [])), node)


def _is_constant(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _future(node: ast.ImportFrom) -> bool:
    return node.module == "__future__" and not node.level


def _with(node: Node, **blocks: Any) -> Node:
    """``node`` with other blocks; the tree that it comes from is shared, and stays as it is."""
    made = copy.copy(node)
    for name, block in blocks.items():
        setattr(made, name, block)
    return made


def _with_constants(code: CodeType, values: Mapping[str, Any]) -> CodeType:
    """``code`` with the constants that ``values`` names replaced, in all the code within it too."""
    constants = tuple(
        _with_constants(one, values)
        if isinstance(one, CodeType)
        else values.get(one, one)
        if type(one) is str
        else one
        for one in code.co_consts
    )
    return code.replace(co_consts=constants)
