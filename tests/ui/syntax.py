"""What the syntax tree of a module tells about its names, for :mod:`tests.ui.keys`."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Key(NamedTuple):
    """A key, its filled-in part as ``{}`` at the end, and the place that declares it.

    ``linked``: it is a control's, which is drawn here by hand and declared with the others.
    """

    text: str
    place: str
    linked: bool = False

    def meets(self, other: "Key") -> bool:
        """Whether ``other``, which another place declares, may be the same key."""
        own, others = self.text.removesuffix("{}"), other.text.removesuffix("{}")
        if self.place == other.place:
            return False
        if own != self.text and others.startswith(own):
            return True
        return own == others or (others != other.text and own.startswith(others))


@dataclass
class Module:
    """A module's tree, its constants that may be keys, its functions, and what it imports."""

    name: str
    tree: ast.Module
    constants: dict[str, Key] = field(default_factory=dict)
    functions: set[str] = field(default_factory=set)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)


def read_module(name: str, text: str) -> Module:
    """The module called ``name``, which holds ``text``."""
    found = Module(name, ast.parse(text))
    found.functions = {one.name for one in functions_of(found.tree)}
    found.constants = constants_of(found.tree, name)
    for node in found.tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            found.imports |= {n.asname or n.name: (node.module, n.name) for n in node.names}
    return found


def constants_of(scope: ast.Module | Function, module: str) -> dict[str, Key]:
    """The names in ``scope`` that stand for a text."""
    found = {}
    for node in nodes_of(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if text := text_of(value):
                found[name] = Key(text, place_of(value, module))
    return found


def text_of(value: ast.expr) -> str:
    """What ``value`` is as a key, where that can be told; else empty."""
    match value:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), ast.FormattedValue()]):
            return start + "{}"
    return ""


def place_of(value: ast.expr, module: str) -> str:
    """Where ``value`` stands: the module's name, the line, the column."""
    return f"{module}:{value.lineno}:{value.col_offset}"


def nodes_of(scope: ast.Module | Function) -> Iterator[ast.AST]:
    """Everything in ``scope`` but what stands in functions within it."""
    waiting: list[ast.AST] = list(scope.body)
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Function):
            yield node
            waiting.extend(ast.iter_child_nodes(node))


def functions_of(tree: ast.Module) -> list[Function]:
    """Every function in ``tree``, those in classes and functions too."""
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def called(function: ast.expr, module: Module) -> str:
    """The full name of a function of ours, or the name alone of another."""
    match function:
        case ast.Name(id=name) if name in module.imports:
            return ".".join(module.imports[name])
        case ast.Name(id=name):
            return f"{module.name}.{name}" if name in module.functions else name
        case ast.Attribute(value=ast.Name(id=source), attr=name) if source in module.imports:
            return ".".join((*module.imports[source], name))
        case ast.Attribute(attr=name):
            return name
    return ""
