"""Whether a name that is one of Python's own too is the text's own at the place where it is read.

``input = torch.randn(3)`` makes a name of the text's own, and ``input`` is Python's before that
line. So a name counts as the text's own in a function that binds it, or behind a statement that
binds it and that every run passes first.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

Place = tuple[int, int]


class Scopes:
    """The functions around the node that is looked at, and where the module binds its names."""

    def __init__(self, tree: ast.Module) -> None:
        self._local: list[frozenset[str]] = []
        self._class: list[frozenset[str]] = []
        self._spans: dict[str, list[tuple[Place, Place]]] = {}
        self._block(tree.body)

    def enter(self, node: ast.AST) -> None:
        """Go into ``node``, a function, a class, a lambda or a comprehension."""
        self._local.append(frozenset(_locals(node)))
        # What a class binds is read there past the functions around it.
        binds = _assigned(node.body) if isinstance(node, ast.ClassDef) else ()
        self._class.append(frozenset(binds))

    def leave(self) -> None:
        """Come back out of it."""
        self._local.pop()
        self._class.pop()

    def owns(self, node: ast.Name) -> bool:
        """Whether the name that ``node`` reads is the text's own there, whatever happened."""
        hidden = bool(self._class) and node.id in self._class[-1]
        if not hidden and any(node.id in names for names in self._local):
            return True
        place = (node.lineno, node.col_offset)
        return any(start <= place < end for start, end in self._spans.get(node.id, ()))

    def _block(self, body: Sequence[ast.stmt]) -> None:
        if not body:
            return
        end = _end(body[-1])
        for statement in body:
            for name in _bound_by(statement):
                self._spans.setdefault(name, []).append((_end(statement), end))
            match statement:
                case ast.For(target=target, body=inner, orelse=other):
                    for name in _names(target):
                        self._spans.setdefault(name, []).append((_start(inner[0]), _end(inner[-1])))
                    self._block(inner)
                    self._block(other)
                case ast.While(body=inner, orelse=other) | ast.If(body=inner, orelse=other):
                    self._block(inner)
                    self._block(other)
                case ast.With(body=inner):
                    self._block(inner)


def _bound_by(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Assign(targets=targets):
            for target in targets:
                yield from _names(target)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            yield name
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name


def _names(target: ast.expr) -> Iterator[str]:
    """The names that an assignment to ``target`` binds."""
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _names(part)
        case ast.Starred(value=value):
            yield from _names(value)


def _locals(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        given = node.args
        every = (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg)
        yield from (one.arg for one in every if one)
    if isinstance(node, ast.FunctionDef):
        yield from _assigned(node.body)
    for comprehension in getattr(node, "generators", ()):
        yield from _names(comprehension.target)


def _assigned(body: Sequence[ast.stmt]) -> set[str]:
    """The names that a function's statements make its own: none that it declares global."""
    found: set[str] = set()
    declared: set[str] = set()
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
                continue
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp():
                continue
            case ast.GeneratorExp():
                continue
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                declared |= set(names)
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
        waiting.extend(ast.iter_child_nodes(node))
    return found - declared


def _start(node: ast.stmt) -> Place:
    return node.lineno, node.col_offset


def _end(node: ast.stmt) -> Place:
    # A text has fewer lines than this: the last statement of a block is followed by nothing in it.
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
