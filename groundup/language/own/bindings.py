"""What the names of a text stand for: modules, listed things, classes and attributes of its own."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from groundup.language.own import attributes
from groundup.language.own.listed import BY_HABIT, inside, resolves

_NAMING = frozenset(["register_buffer", "register_parameter", "add_module", "register_module"])


@dataclass
class Bindings:
    """The names that a text binds, anywhere in it.

    Attributes:
        paths: imported name to the listed module, function or class that it stands for.
        absent: imported name to the module that is not here.
        bound: names that are bound by anything else than an import.
        attributes: attributes that the text sets or defines, but for Python's and PyTorch's own.
        classes: the classes that it defines.
        others: names that are bound by anything else than a class statement.
    """

    paths: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    bound: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)

    @property
    def own_classes(self) -> set[str]:
        """The names that stand for a class of the text and for nothing else."""
        return self.classes - self.others


def bindings(tree: ast.Module) -> Bindings:
    """Collect the bindings of ``tree``, in one walk."""
    found = Bindings()
    for node in ast.walk(tree):
        if collect := _COLLECT.get(type(node)):
            collect(found, node)
    found.bound |= found.others | found.classes
    found.attributes -= attributes.foreign()
    found.attributes = {name for name in found.attributes if not name.startswith("_")}
    for name, path in BY_HABIT.items():
        if name == "torch" or name not in found.bound | found.absent.keys():
            found.paths.setdefault(name, path)
    return found


def _import(found: Bindings, node: ast.Import) -> None:
    for alias in node.names:
        root = alias.name.partition(".")[0]
        name, path = (alias.asname, alias.name) if alias.asname else (root, root)
        if resolves(alias.name):
            found.paths.setdefault(name, path)
        else:
            found.absent.setdefault(name, path)


def _import_from(found: Bindings, node: ast.ImportFrom) -> None:
    for alias in node.names:
        name, path = alias.asname or alias.name, f"{node.module}.{alias.name}"
        if not node.level and node.module and resolves(node.module):
            if inside(node.module, alias.name):
                found.paths.setdefault(name, path)
        else:
            found.absent.setdefault(name, path)


def _name(found: Bindings, node: ast.Name) -> None:
    if not isinstance(node.ctx, ast.Load):
        found.others.add(node.id)


def _argument(found: Bindings, node: ast.arg) -> None:
    found.others.add(node.arg)


def _attribute(found: Bindings, node: ast.Attribute) -> None:
    if isinstance(node.ctx, ast.Store):
        found.attributes.add(node.attr)


def _function(found: Bindings, node: ast.FunctionDef) -> None:
    found.others.add(node.name)


def _class(found: Bindings, node: ast.ClassDef) -> None:
    found.classes.add(node.name)
    for part in node.body:
        match part:
            case ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                found.attributes.add(name)
            case ast.Assign(targets=targets):
                names = (n for target in targets for n in ast.walk(target))
                found.attributes |= {n.id for n in names if isinstance(n, ast.Name)}


def _handler(found: Bindings, node: ast.ExceptHandler) -> None:
    if node.name:
        found.others.add(node.name)


def _call(found: Bindings, node: ast.Call) -> None:
    """A name that a buffer, a parameter or a module is registered by."""
    match node:
        case ast.Call(func=ast.Attribute(attr=attr), args=[ast.Constant(value=str(name)), *_]):
            if attr in _NAMING:
                found.attributes.add(name)


def _pair(found: Bindings, node: ast.Tuple) -> None:
    """A layer's name, as in ``OrderedDict([("fc", nn.Linear(1, 1))])``."""
    match node.elts:
        case [ast.Constant(value=str(name)), ast.Call()] if name.isidentifier():
            found.attributes.add(name)


def _dict(found: Bindings, node: ast.Dict) -> None:
    for key in node.keys:
        if (
            isinstance(key, ast.Constant)
            and isinstance(key.value, str)
            and key.value.isidentifier()
        ):
            found.attributes.add(key.value)


_COLLECT: dict[type[ast.AST], Callable[[Bindings, Any], None]] = {
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Name: _name,
    ast.arg: _argument,
    ast.Attribute: _attribute,
    ast.FunctionDef: _function,
    ast.ClassDef: _class,
    ast.ExceptHandler: _handler,
    ast.Call: _call,
    ast.Tuple: _pair,
    ast.Dict: _dict,
}
