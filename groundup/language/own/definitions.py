"""Functions and classes that the text defines."""

from __future__ import annotations

import ast

from groundup.language.own import attributes, sentences
from groundup.language.own.checker import Checker, handles
from groundup.language.own.expressions import arguments, hint
from groundup.language.own.listed import CONTEXTS
from groundup.language.own.names import bound, path_of
from groundup.language.own.nn_words import BASES
from groundup.language.own.python_words import DECORATORS, METHODS

_DECORATOR = (
    "above a function stands @torch.no_grad(), and above a method @staticmethod or @property."
)
_ABOVE_YIELD = "a function that yields has nothing above it."
_METHOD = "{name} is no method that a class can define here."
_CLOSE = "{name} is no method that a class can define here. Is {close} meant?"
_SLIPS = frozenset(["int", "inti", "ini", "iniit", "innit", "intit"])
_OUTSIDE = "{name} is a method: it stands in a class."
_BASE = (
    "a class derives from nn.Module, Dataset, another of torch's listed ones, or one of its own."
)
_SETTING = "a class takes no settings in its brackets."
_CLASS_DECORATOR = "nothing stands above a class here."
_BODY = "in a class stand functions, and names that are given a value."
_BODY_KINDS = (ast.FunctionDef, ast.Assign, ast.AnnAssign, ast.Pass)


@handles(ast.FunctionDef)
def function(check: Checker, node: ast.FunctionDef) -> None:
    """A function, or a method if it stands in a class."""
    in_class = bool(check.around) and isinstance(check.around[-1], ast.ClassDef)
    _name(check, node, in_class)
    for decorator in node.decorator_list:
        _decorator(check, decorator, in_class)
    if node.decorator_list and any(isinstance(n, ast.Yield) for n in ast.walk(node)):
        check.refuse(node.decorator_list[0], _ABOVE_YIELD)
    arguments(check, node.args)
    hint(check, node.returns)
    check.around.append(node)
    check.scopes.enter(node)
    check.each(node.body)
    check.scopes.leave()
    check.around.pop()


def _name(check: Checker, node: ast.FunctionDef, in_class: bool) -> None:
    name = node.name
    close = _meant(name)
    if name in METHODS and in_class:
        return
    if name in METHODS:
        check.refuse_name(node, name, _OUTSIDE.format(name=name))
    elif in_class and close:
        check.refuse_name(node, name, _CLOSE.format(name=name, close=close), close)
    elif name.startswith("__") and name.endswith("__"):
        check.refuse_name(node, name, _METHOD.format(name=name))
    elif in_class and name in attributes.foreign():
        check.refuse_name(node, name, sentences.TAKEN.format(name=name))
    elif not in_class or name.startswith("_"):  # else it is an attribute, and hides no name
        bound(check, node, name)


def _meant(name: str) -> str:
    """The method that ``name`` is a slip of the pen for; empty if it is none."""
    bare = name.strip("_")
    whole = "__init__" if bare in _SLIPS else f"__{bare}__"
    return whole if name.startswith("_") and whole in METHODS else ""


def _decorator(check: Checker, node: ast.expr, in_class: bool) -> None:
    match node:
        case ast.Name(id=name) if name in DECORATORS and in_class and not check.scopes.owns(node):
            pass
        case ast.Call(func=called) if path_of(check, called) in CONTEXTS:
            check.each([*node.args, *node.keywords])
        case _ if path_of(check, node) in CONTEXTS:
            pass
        case _:
            check.refuse(node, _DECORATOR)


@handles(ast.ClassDef)
def class_(check: Checker, node: ast.ClassDef) -> None:
    """A class: what it derives from, and what stands in it."""
    bound(check, node, node.name)
    if node.decorator_list:
        check.refuse(node.decorator_list[0], _CLASS_DECORATOR)
    for base in node.bases:
        _base(check, base)
    for setting in node.keywords:
        check.refuse(setting, _SETTING)
    check.around.append(node)
    check.scopes.enter(node)
    for part in node.body:
        _part(check, part)
    check.scopes.leave()
    check.around.pop()


def _base(check: Checker, node: ast.expr) -> None:
    if isinstance(node, ast.Name) and path_of(check, node) is None:
        known = node.id in check.bindings.own_classes
        plain = node.id == "object" and node.id not in check.bindings.bound
        if not known and not plain:
            check.refuse(node, _BASE)
    elif path_of(check, node) not in BASES:
        check.refuse(node, _BASE)


def _part(check: Checker, node: ast.stmt) -> None:
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if not text and not isinstance(node, _BODY_KINDS):
        check.refuse(node, _BODY)
        return
    names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)] if not text else []
    assigned = isinstance(node, ast.Assign | ast.AnnAssign)
    if assigned and any(name in attributes.foreign() for name in names[:1]):
        check.refuse(node, sentences.TAKEN.format(name=names[0]))
    check.visit(node)
