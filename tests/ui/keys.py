"""Under which keys the app's widgets and components stand, read from its syntax trees.

A key is written where it is used, or as a constant that may be used many times: each such place
*declares* it. What is filled in (``f"fix_{number}"``) is kept as ``fix_{}``. A function that has a
parameter ``key`` declares, at each of its calls, whatever it makes of that.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.ui.syntax import (
    Function,
    Key,
    Module,
    called,
    constants_of,
    functions_of,
    nodes_of,
    place_of,
    read_module,
    text_of,
)

ROOT = Path(__file__).parents[2]
# What draws a control takes its key from the control's declaration.
CONTROLS = {*ROOT.glob("groundup/ui/controls/*.py"), *ROOT.glob("groundup/ui/settings/*.py")}
FILES = sorted({*ROOT.glob("groundup/ui/**/*.py"), *ROOT.glob("app_pages/*.py")} - CONTROLS)
# In these, key= is no widget's.
SORTING = {"min", "max", "sorted", "sort"}


class UnreadableError(Exception):
    """A key that the syntax tree does not tell."""


class Wrapper(NamedTuple):
    """A function with a parameter ``key``: at which position, and what it puts after the key.

    It is found by its full name; a method is not, for whose it is no syntax tree tells: it takes
    its key by name, as widgets do.
    """

    position: int
    endings: frozenset[str]


WIDGET = Wrapper(-1, frozenset({""}))
"""What is no function of ours."""


def texts_of_app() -> dict[str, str]:
    """The full names of the app's modules that draw, and their texts."""
    names = (".".join(file.relative_to(ROOT).with_suffix("").parts) for file in FILES)
    return dict(zip(names, (file.read_text("utf-8") for file in FILES), strict=True))


def keys(texts: Mapping[str, str]) -> list[Key]:
    """Every key that the modules ``texts`` declare.

    Raises:
        UnreadableError: for one that is neither a text, nor a constant, nor a text that is filled
            in at its end, nor made of the parameter ``key``.
    """
    modules = {name: read_module(name, text) for name, text in texts.items()}
    wrappers = _wrappers(modules)
    return sorted({key for m in modules.values() for key in _declared(m, modules, wrappers)})


def doubles(found: Iterable[Key]) -> list[str]:
    """Pairs of places that may declare the same key."""
    listed = [one for one in found if not one.linked]
    pairs = ((a, b) for n, a in enumerate(listed) for b in listed[n + 1 :] if a.meets(b))
    return [f"{a.text!r} at {a.place} and {b.text!r} at {b.place}" for a, b in pairs]


# What becomes of a parameter called key


def _wrappers(modules: Mapping[str, Module]) -> dict[str, Wrapper]:
    """By their full names, the functions that have a parameter ``key``."""
    found: dict[str, Wrapper] = {}
    before = None
    functions = [(f, m) for m in modules.values() for f in functions_of(m.tree) if _takes_key(f)]
    while found != before:
        before = dict(found)
        for one, module in functions:
            endings = _endings(one, module, found)
            found[f"{module.name}.{one.name}"] = Wrapper(_position(one), endings)
    return found


def _takes_key(scope: ast.Module | Function) -> bool:
    return isinstance(scope, Function) and "key" in _parameters(scope)


def _parameters(function: Function) -> list[str]:
    arguments = (*function.args.args, *function.args.kwonlyargs)
    return [one.arg for one in arguments if one.arg != "self"]


def _position(function: Function) -> int:
    names = [one.arg for one in function.args.args if one.arg != "self"]
    return names.index("key") if "key" in names else -1


def _endings(function: Function, module: Module, known: Mapping[str, Wrapper]) -> frozenset[str]:
    pairs = ((_ending(value), wrapper) for _, value, wrapper in _given(function, module, known))
    return frozenset(
        end + more for end, wrapper in pairs if end is not None for more in wrapper.endings
    )


def _ending(value: ast.expr) -> str | None:
    """What ``value`` puts after the parameter ``key``; None where it is not made of that."""
    match value:
        case ast.Name(id="key"):
            return ""
        case ast.JoinedStr(
            values=[ast.FormattedValue(value=ast.Name(id="key")), ast.Constant(value=str(ending))]
        ):
            return ending
    return None


# Where keys are given


def _given(
    scope: ast.Module | Function, module: Module, known: Mapping[str, Wrapper]
) -> Iterator[tuple[ast.Call, ast.expr, Wrapper]]:
    """Each call in ``scope`` that is given a key, that key, and what the call makes of it."""
    for node in nodes_of(scope):
        if isinstance(node, ast.Call) and (name := called(node.func, module)) not in SORTING:
            wrapper = known.get(name, WIDGET)
            given = [one.value for one in node.keywords if one.arg == "key"]
            if not given and 0 <= wrapper.position < len(node.args):
                given = [node.args[wrapper.position]]
            yield from ((node, value, wrapper) for value in given if wrapper.endings)


def _declared(
    module: Module, modules: Mapping[str, Module], known: Mapping[str, Wrapper]
) -> Iterator[Key]:
    for scope in (module.tree, *functions_of(module.tree)):
        for call, value, wrapper in _given(scope, module, known):
            if not (_takes_key(scope) and _ending(value) is not None):
                key = _read(value, scope, module, modules)
                linked = any(one.arg == "bind" for one in call.keywords)
                yield from (Key(key.text + end, key.place, linked) for end in wrapper.endings)


def _read(
    value: ast.expr, scope: ast.Module | Function, module: Module, modules: Mapping[str, Module]
) -> Key:
    if text := text_of(value):
        return Key(text, place_of(value, module.name))
    if isinstance(value, ast.Name):
        source, name = module.imports.get(value.id, (module.name, value.id))
        here = modules[source].constants if source in modules else {}
        if found := constants_of(scope, module.name).get(value.id) or here.get(name):
            return found
    raise UnreadableError(f"{place_of(value, module.name)}: key={ast.unparse(value)}")


# What is read and set


def keys_of_calls(texts: Mapping[str, str]) -> list[Key]:
    """The keys that ``texts`` hand as texts to ``ui.state``, to read or to set what they hold."""
    nodes = ((node, name) for name, text in texts.items() for node in ast.walk(ast.parse(text)))
    found = [(value, name) for node, name in nodes for value in _addressed(node)]
    return [Key(text, place_of(value, name)) for value, name in found if (text := text_of(value))]


def _addressed(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]):
            if name in {"stored", "is_stored", "forget"}:
                return [first]
            if name == "put" and isinstance(first, ast.Dict):
                return [key for key in first.keys if key]
    return []
