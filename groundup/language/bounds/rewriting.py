"""Rewrite a recorded text so that its operators, calls and iterations go through guards.

As with the recording calls, a guard is a constant of the code: no name of it exists. What is
rewritten computes what it computed, in the same order; only the guard looks first.
"""

from __future__ import annotations

import ast
import copy
from typing import Any, TypeVar

from groundup.engine.trace.instrumented import MARK, Statements, call

Node = TypeVar("Node", bound=ast.AST)

_GUARDED = {
    ast.Add: "add",
    ast.Mult: "mult",
    ast.Pow: "power",
    ast.LShift: "shift",
    ast.Mod: "modulo",
    ast.BitOr: "union",
    ast.BitXor: "exclusive",
    ast.Sub: "minus",
}
"""Operators whose results may be much larger than what they are given; the others stay."""


def is_forged(tree: ast.AST) -> bool:
    """Whether a string in ``tree`` is one that the engine itself puts into a code."""
    constants = (one.value for one in ast.walk(tree) if isinstance(one, ast.Constant))
    return any(MARK in value for value in constants if isinstance(value, str))


def rewritten(body: Statements) -> Statements:
    """``body``, which stays as it is, with its guards; none of its strings is forged."""
    inserter = _Rewriter()
    return [inserter.visit(copy.deepcopy(statement)) for statement in body]


class _Rewriter(ast.NodeTransformer):
    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.Call) and _is_mark(node.func):  # one of the engine's own
            node.args = [self.visit(argument) for argument in node.args]
            return node
        return super().visit(node)

    # Operators

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        name = _GUARDED.get(type(node.op))
        return _guard(name, node, node.left, node.right) if name else node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        name = _GUARDED.get(type(node.op))
        if name is None:
            return self._plain_update(node)
        value, target = self.visit(node.value), node.target
        if isinstance(target, ast.Name):
            read = ast.copy_location(ast.Name(target.id, ast.Load()), target)
            return _at(ast.Assign([target], _guard("i" + name, node, read, value)), node)
        owner = self.visit(target.value)
        part: ast.expr = (
            ast.Constant(target.attr)
            if isinstance(target, ast.Attribute)
            else (self.visit(_as_value(target.slice)))
        )
        kind = "attribute" if isinstance(target, ast.Attribute) else "item"
        place = _guard(kind, target, owner, _at(part, target))
        return _at(ast.Expr(_guard("update", node, place, ast.Constant("i" + name), value)), node)

    def _plain_update(self, node: ast.AugAssign) -> ast.AST:
        node.value = self.visit(node.value)
        if not isinstance(node.target, ast.Name):
            node.target = self.visit(node.target)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """Lists within lists take long to compare, and generators may never end."""
        self.generic_visit(node)
        if len(node.ops) == 1 and isinstance(node.ops[0], ast.In | ast.NotIn):
            made = _guard("contains", node, node.left, node.comparators[0])
            negated = isinstance(node.ops[0], ast.NotIn)
            return _at(ast.UnaryOp(ast.Not(), made), node) if negated else made
        node.left = _guard("comparable", node.left, node.left)
        for place, (operator, side) in enumerate(zip(node.ops, node.comparators, strict=True)):
            name = "container" if isinstance(operator, ast.In | ast.NotIn) else "comparable"
            node.comparators[place] = _guard(name, side, side)
        return node

    # Calls, iterations, containers

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        node.func = _guard("callee", node.func, node.func)
        return node

    def visit_Starred(self, node: ast.Starred) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load):
            node.value = _guard("spread", node.value, node.value)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        starred = any(isinstance(one, ast.Starred) for t in node.targets for one in ast.walk(t))
        self.generic_visit(node)
        if starred:
            node.value = _guard("spread", node.value, node.value)
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self.generic_visit(node)
        node.body = _guard("ticked", node.body, node.body)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        node.iter = _guard("iterated", node.iter, node.iter)
        return node

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:
        return self._collected("listed", node, node.elt)

    def visit_SetComp(self, node: ast.SetComp) -> ast.AST:
        return self._collected("collected", node, node.elt)

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:
        pair = _at(ast.Tuple([node.key, node.value], ast.Load()), node.key)
        return self._collected("mapped", node, pair)

    def _collected(self, name: str, node: Any, part: ast.expr) -> ast.AST:
        """A comprehension as a generator that a guard collects."""
        made = _at(ast.GeneratorExp(part, node.generators), node)
        return _guard(name, node, self.generic_visit(made))

    def visit_Tuple(self, node: ast.Tuple) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Store | ast.Del) or all(map(_is_small, node.elts)):
            return node
        return _guard("tupled", node, node)

    # Strings

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        self.generic_visit(node)
        spec = node.format_spec or ast.Constant("")
        made = _guard("shown", node, node.value, ast.Constant(node.conversion), _at(spec, node))
        return _at(ast.FormattedValue(made, -1, None), node)

    def visit_match_case(self, node: ast.match_case) -> ast.AST:
        """Patterns compute nothing."""
        node.guard = self.visit(node.guard) if node.guard else None
        node.body = [self.visit(one) for one in node.body]
        return node

    # What is assigned to

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Store | ast.Del):
            node.value = _guard("settable", node.value, node.value)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if isinstance(node.slice, ast.Tuple):  # an index: it is no tuple that grows
            node.slice.elts = [self.visit(one) for one in node.slice.elts]
        else:
            node.slice = self.visit(node.slice)
        node.value = self.visit(node.value)
        if isinstance(node.ctx, ast.Store):
            node.value = _guard("growable", node.value, node.value)
        return node


def _guard(name: str, node: Any, *arguments: Any) -> ast.Call:
    made: ast.Call = call("guard " + name, node, 0).value
    made.args = [one if hasattr(one, "lineno") else _at(one, node) for one in arguments]
    return made


def _at(made: Node, node: Any) -> Node:
    """``made`` at the place of ``node``, and what of it has no place yet."""
    for part in ast.walk(made):
        if not hasattr(part, "lineno"):
            ast.copy_location(part, node)
    return ast.copy_location(made, node)


def _is_mark(node: ast.AST) -> bool:
    body = node.body if isinstance(node, ast.IfExp) else None
    name = body.value if isinstance(body, ast.Constant) else None
    return isinstance(name, str) and name.startswith(MARK)


def _is_small(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant | ast.Slice)


def _as_value(index: ast.expr) -> ast.expr:
    """An index as an expression that is worth it: slices become calls of ``slice``."""
    if isinstance(index, ast.Slice):
        parts = [part or ast.Constant(None) for part in (index.lower, index.upper, index.step)]
        return _guard("slice", index, *parts)
    if isinstance(index, ast.Tuple):
        return _at(ast.Tuple([_as_value(one) for one in index.elts], ast.Load()), index)
    return index
