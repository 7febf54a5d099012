"""Expressions: operators, parts, collections, comprehensions and lambdas."""

from __future__ import annotations

import ast

from groundup.language.own.checker import Checker, handles
from groundup.language.own.formats import percent
from groundup.language.own.names import bound

_POWER = "^ is no power in Python. A power is `**`, as in `x ** 2`."
_HINT = "a type hint is made of the names of types, such as list[int]."
_HINTS = (
    *(ast.Name, ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.Constant, ast.BinOp),
    *(ast.BitOr, ast.UnaryOp, ast.USub, ast.expr_context),
)
_ASYNC = "async is not in this language."


@handles(
    *(ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Starred, ast.IfExp, ast.BoolOp, ast.UnaryOp),
    *(ast.Subscript, ast.Slice, ast.NamedExpr),
)
def parts(check: Checker, node: ast.expr) -> None:
    """What is in the language if its parts are."""
    check.each(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr))


@handles(ast.Compare)
def comparison(check: Checker, node: ast.Compare) -> None:
    """A comparison; one of two addresses in memory tells no address."""
    owners = [_addressed(one) for one in (node.left, *node.comparators)]
    if all(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops) and all(owners):
        check.each(owners)
    else:
        check.each([node.left, *node.comparators])


def _addressed(node: ast.expr) -> ast.expr | None:
    """The tensor whose memory's address ``node`` is."""
    match node:
        case ast.Call(func=ast.Attribute(value=owner, attr="data_ptr"), args=[], keywords=[]):
            match owner:
                case ast.Call(func=ast.Attribute(value=tensor, attr="untyped_storage"), args=[]):
                    return tensor if not owner.keywords else None
            return owner
    return None


@handles(ast.BinOp)
def binary(check: Checker, node: ast.BinOp) -> None:
    """Two values and an operator; a power is not written ``^``."""
    if isinstance(node.op, ast.BitXor) and _number(node.right):
        left, _, right = check.source(node).rpartition("^")
        check.refuse(node, _POWER, f"{left.rstrip()} ** {right.lstrip()}")
    elif isinstance(node.op, ast.Mod):
        percent(check, node.left)
    check.visit(node.left)
    check.visit(node.right)


def _number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


@handles(ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
def comprehension(
    check: Checker, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
) -> None:
    """A comprehension: what the first loop goes over is evaluated outside of it."""
    check.visit(node.generators[0].iter)
    check.scopes.enter(node)
    for number, loop in enumerate(node.generators):
        if loop.is_async:
            check.refuse(node, _ASYNC)
        check.each([loop.iter] if number else [])
        check.each([loop.target, *loop.ifs])
    both = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    check.each(both)
    check.scopes.leave()


@handles(ast.Lambda)
def lambda_(check: Checker, node: ast.Lambda) -> None:
    """A function of one expression."""
    arguments(check, node.args)
    check.scopes.enter(node)
    check.visit(node.body)
    check.scopes.leave()


def arguments(check: Checker, given: ast.arguments) -> None:
    """What a function takes: names, defaults, and hints of types."""
    check.each([*given.defaults, *given.kw_defaults])
    every = (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg)
    for one in every:
        if one is not None:
            bound(check, one, one.arg)
            hint(check, one.annotation)


def hint(check: Checker, node: ast.expr | None) -> None:
    """A type hint: the names of types, which Python evaluates as it does any expression."""
    if node is None:
        return
    if not all(isinstance(part, _HINTS) for part in ast.walk(node)):
        check.refuse(node, _HINT)
        return
    check.annotating = True
    check.visit(node)
    check.annotating = False
