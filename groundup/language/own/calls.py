"""Calls: of listed things, of the text's own, and the few that have a form of their own."""

from __future__ import annotations

import ast
import builtins
import inspect
from functools import cache

from torch.nn import functional

from groundup.language.own import sentences
from groundup.language.own.checker import Checker, handles
from groundup.language.own.dots import readable
from groundup.language.own.formats import filled
from groundup.language.own.listed import LOADER
from groundup.language.own.names import absent, path_of
from groundup.language.own.nn_words import LOADER_SETTINGS

_TYPE = "type is called with one value, as in type(x)."
_TYPE_OF_CLASS = "type of a class makes new classes, and is not in this language."
_SUPER = "super is called as super(), and a method behind it: super().__init__()."
_FILE = "print writes on the page alone. Take file= out."
_LOADER_STARS = "what a DataLoader is given is written out here, without stars."
_LOADER_PLACES = "a DataLoader takes the data, batch_size and shuffle by place, the rest by name."
_LOADER_NAME = "a DataLoader is not given {name} here."
_WORKERS = "no other process loads data here: num_workers is 0."
_PINNED = "there is no GPU that memory could be pinned for: pin_memory is False."
_SETTING = "F.{function} calls this {twin}."
_INIT = "__init__ is called on super(), or on the class that this one derives from."
_WRAPPED = "{name} is not here. The text does the same without it."
_GPU = ".cuda() asks for a GPU, and there is none here. Leave it out."
_PLAIN = ".numpy() makes a NumPy array, and NumPy is not here. A list is as good."


@handles(ast.Call)
def call(check: Checker, node: ast.Call) -> None:
    """A call: the function by its name, then what it is given."""
    function = node.func
    owned = isinstance(function, ast.Name) and check.scopes.owns(function)
    match function:
        case _ if node.args and _wraps(check, function):
            check.refuse(
                node, _WRAPPED.format(name=check.source(function)), check.source(node.args[0])
            )
        case ast.Name(id="type") if not owned:
            _one(check, node)
        case ast.Name(id="super") if not owned:
            check.refuse(node, _SUPER)
        case ast.Name(id="print") if any(k.arg == "file" for k in node.keywords):
            check.refuse(node, _FILE)
        case ast.Attribute():
            _method(check, node, function)
        case _ if path_of(check, function) == LOADER:
            _loader(check, node)
        case _:
            check.visit(function)
    check.each([*node.args, *node.keywords])
    _settings(check, node)


@handles(ast.keyword)
def keyword(check: Checker, node: ast.keyword) -> None:
    """What is given by name."""
    if node.arg and node.arg.startswith("_"):
        check.refuse(node, sentences.UNDERSCORE_NAME.format(name=node.arg[:40]))
    check.visit(node.value)


def _wraps(check: Checker, function: ast.expr) -> bool:
    """Whether ``function`` gives back what it is given, as far as a text can tell."""
    match function:
        case ast.Name():
            return absent(check, function).startswith("tqdm.")
        case ast.Attribute(attr="compile", value=owner):
            return path_of(check, owner) == "torch"
    return False


def _one(check: Checker, node: ast.Call) -> None:
    """``type`` of one value: of three it would make a class that nobody has checked."""
    match node:
        case ast.Call(args=[value], keywords=[]) if not isinstance(value, ast.Starred):
            if _is_class(check, value):
                check.refuse(node, _TYPE_OF_CLASS)
        case _:
            check.refuse(node, _TYPE)


def _is_class(check: Checker, node: ast.expr) -> bool:
    """Whether ``node`` names a class, as far as the text shows."""
    match node:
        case ast.Call(func=ast.Name(id="type")):
            return True
        case ast.Name(id=name) if path_of(check, node) is None:
            return name in check.bindings.classes or isinstance(vars(builtins).get(name), type)
    return (path_of(check, node) or "").rpartition(".")[2][:1].isupper()


def _method(check: Checker, node: ast.Call, function: ast.Attribute) -> None:
    if path_of(check, function) == LOADER:
        _loader(check, node)
    elif function.attr == "__init__":
        _initializer(check, node, function.value)
    elif _is_super(function.value):
        _of_super(check, function)
    elif function.attr == "cuda" and path_of(check, function) is None:
        check.refuse(node, _GPU, check.source(function.value))
        check.visit(function.value)
    elif function.attr == "numpy" and path_of(check, function) is None and not node.args:
        check.refuse(node, _PLAIN, f"{check.source(function.value)}.tolist()")
        check.visit(function.value)
    elif function.attr == "format" and isinstance(function.value, ast.Constant):
        filled(check, function.value)
    else:
        check.visit(function)


def _is_super(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="super"), args=[] | [ast.Name(), ast.Name()], keywords=[]):
            return True
    return False


def _of_super(check: Checker, function: ast.Attribute) -> None:
    """A method behind ``super()``, whose own call has its right form."""
    owner = function.value
    readable(check, function, ast.Tuple(owner.args if isinstance(owner, ast.Call) else []))


def _initializer(check: Checker, node: ast.Call, owner: ast.expr) -> None:
    """``super().__init__()``, or the same on the class's name."""
    if _is_super(owner):
        check.each(owner.args if isinstance(owner, ast.Call) else [])
        return
    own = isinstance(owner, ast.Name) and owner.id in check.bindings.own_classes
    if not own and path_of(check, owner) != "torch.nn.Module":
        check.refuse(node, _INIT)


def _loader(check: Checker, node: ast.Call) -> None:
    """A DataLoader: it would start processes if it were asked to."""
    if any(isinstance(a, ast.Starred) for a in node.args) or None in {k.arg for k in node.keywords}:
        check.refuse(node, _LOADER_STARS)
    if len(node.args) > 3:
        check.refuse(node, _LOADER_PLACES)
    for given in node.keywords:
        value = given.value.value if isinstance(given.value, ast.Constant) else ...
        if given.arg == "num_workers" and (value is ... or value != 0):
            check.refuse(given, _WORKERS, "num_workers=0")
        elif given.arg in {"pin_memory", "persistent_workers"} and value is not False:
            check.refuse(given, _PINNED, f"{given.arg}=False")
        elif given.arg is not None and given.arg not in LOADER_SETTINGS:
            check.refuse(given, _LOADER_NAME.format(name=given.arg[:40]))


_TWINS = {"axis": "dim", "keepdims": "keepdim"}


def _settings(check: Checker, node: ast.Call) -> None:
    """NumPy's names of settings, which torch's functions know and those of F do not."""
    named = [given for given in node.keywords if given.arg in _TWINS]
    path = path_of(check, node.func) if named else None
    if not path or not path.startswith("torch.nn.functional."):
        return
    name = path.rpartition(".")[2]
    for given in named:
        right = _TWINS[given.arg or ""]
        if right in _parameters(name):
            reason = _SETTING.format(function=name, twin=f"{right}=")
            check.refuse(given, reason, f"{right}={check.source(given.value)}")


@cache
def _parameters(name: str) -> frozenset[str]:
    """What a function of torch.nn.functional takes, where Python can tell."""
    function = getattr(functional, name)
    named = inspect.signature(function).parameters if inspect.isfunction(function) else ()
    return frozenset(named)
