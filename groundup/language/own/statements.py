"""Statements: assignments, branches, loops, ``with``, ``try`` and the like."""

from __future__ import annotations

import ast

from groundup.language.own import sentences
from groundup.language.own.checker import Checker, handles
from groundup.language.own.expressions import hint
from groundup.language.own.listed import CONTEXTS, WORDS
from groundup.language.own.names import absent, bound, path_of
from groundup.language.own.python_words import EXCEPTIONS, UNLISTED

_TARGET = "a loop gives its values to names. Assign the rest within it."
_WITH = "behind with stands torch.no_grad(), enable_grad(), inference_mode() or set_grad_enabled()."
_BRACKETS = "{path} is called: {path}()."
_AS = "this context has nothing to name. Take `as` and the name out."
_FINALLY = "finally is not in this language. Write its lines behind the try."
_BARE = "except names what it catches, such as except RuntimeError as error."
_CAUGHT = "except takes Python's common errors, such as RuntimeError or ValueError."
_YIELD = "yield stands in a function, on a line of its own, in no with and no try."
_GLOBAL = "{name} is a word of Python's own. Choose another name."
_DELETED = "del takes names, and parts such as x[0]."


@handles(ast.Module, ast.If, ast.While, ast.Return, ast.Assert, ast.Assign, ast.Raise)
def whole(check: Checker, node: ast.AST) -> None:
    """What is in the language if its parts are."""
    check.each(ast.iter_child_nodes(node))


@handles(ast.Pass, ast.Break, ast.Continue)
def alone(check: Checker, node: ast.AST) -> None:
    """A word that has no parts."""


@handles(ast.AugAssign)
def augmented(check: Checker, node: ast.AugAssign) -> None:
    """``x += 1`` and its kin."""
    check.each([node.value, node.target])


@handles(ast.AnnAssign)
def annotated(check: Checker, node: ast.AnnAssign) -> None:
    """``x: int = 3``."""
    hint(check, node.annotation)
    check.each([node.value, node.target])


@handles(ast.Expr)
def expression(check: Checker, node: ast.Expr) -> None:
    """A line that is an expression; ``yield`` stands on a line of its own."""
    if module := _of_absent(check, node.value):
        check.refuse(node, sentences.absent_module(module), "pass")
        return
    if not isinstance(node.value, ast.Yield):
        check.visit(node.value)
        return
    if not check.around or not isinstance(check.around[-1], ast.FunctionDef):
        check.refuse(node, _YIELD)
    check.each([node.value.value])


def _of_absent(check: Checker, node: ast.expr) -> str:
    """The module that is not here and that draws or prints, if the line is a call in it."""
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    module = absent(check, node) if isinstance(node, ast.Name) else ""
    return module if module.startswith(("matplotlib", "seaborn", "warnings")) else ""


@handles(ast.For)
def for_(check: Checker, node: ast.For) -> None:
    """A loop, which gives its values to names alone."""
    if any(isinstance(n, ast.Attribute | ast.Subscript) for n in ast.walk(node.target)):
        check.refuse(node.target, _TARGET)
    check.each([node.target, node.iter, *node.body, *node.orelse])


@handles(ast.With)
def with_(check: Checker, node: ast.With) -> None:
    """``with torch.no_grad():`` and its kin."""
    for item in node.items:
        _context(check, item.context_expr)
        if item.optional_vars is not None:
            check.refuse(item.optional_vars, _AS)
    check.around.append(node)
    check.each(node.body)
    check.around.pop()


def _context(check: Checker, node: ast.expr) -> None:
    match node:
        case ast.Call(func=function) if path_of(check, function) in {*CONTEXTS, "torch.device"}:
            check.each([*node.args, *node.keywords])
        case _ if (path := path_of(check, node)) in CONTEXTS:
            source = check.source(node)
            check.refuse(node, _BRACKETS.format(path=path), f"{source}()")
        case _:
            check.refuse(node, _WITH)


@handles(ast.Try)
def try_(check: Checker, node: ast.Try) -> None:
    """``try`` and ``except``, which catches listed errors: never what ends a run at a bound."""
    if node.finalbody:
        check.refuse(node.finalbody[0], _FINALLY)
    check.around.append(node)
    check.each([*node.body, *node.orelse])
    for handler in node.handlers:
        _caught(check, handler)
        check.each(handler.body)
    check.around.pop()


def _caught(check: Checker, handler: ast.ExceptHandler) -> None:
    if handler.name:
        bound(check, handler, handler.name)
    named = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    for one in named:
        match one:
            case ast.Name(id=name) if name in EXCEPTIONS - check.bindings.bound:
                pass
            case None:
                check.refuse(handler, _BARE)
            case _:
                check.refuse(one, _CAUGHT)


@handles(ast.Global, ast.Nonlocal)
def declared(check: Checker, node: ast.Global | ast.Nonlocal) -> None:
    """``global x``: a name of the text's own."""
    for name in node.names:
        if name in UNLISTED or check.bindings.paths.get(name) in WORDS:
            check.refuse(node, _GLOBAL.format(name=name))
        else:
            bound(check, node, name)


@handles(ast.Delete)
def delete(check: Checker, node: ast.Delete) -> None:
    """``del x`` and ``del x[0]``."""
    for target in node.targets:
        if isinstance(target, ast.Name | ast.Subscript | ast.Attribute):
            check.visit(target)
        else:
            check.refuse(target, _DELETED)
