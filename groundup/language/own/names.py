"""Names: what each one stands for, and whether it may be read or bound where it stands."""

from __future__ import annotations

import ast
import keyword

from groundup.language.own import sentences
from groundup.language.own.checker import Checker, handles
from groundup.language.own.listed import RESTRICTED, WORDS, inside
from groundup.language.own.python_words import BUILTINS, CALLED_ALONE, DECORATORS, NEVER, UNLISTED

MAX_NAME = 80


@handles(ast.Name)
def name(check: Checker, node: ast.Name) -> None:
    """A name that is read, bound or deleted."""
    if not isinstance(node.ctx, ast.Load):
        bound(check, node, node.id)
        if isinstance(node.ctx, ast.Del) and node.id in UNLISTED:
            check.refuse(node, sentences.NOT_DELETED.format(name=node.id))
        return
    path = path_of(check, node)
    if path in WORDS:
        check.refuse(node, sentences.MODULE_AS_VALUE.format(name=node.id, path=path))
    elif path is None:
        _free(check, node)
    else:
        restricted(check, node, path)


def _free(check: Checker, node: ast.Name) -> None:
    """A name that stands for nothing imported."""
    name = node.id
    if name.startswith("_") and name not in {"_", "__name__"}:
        check.refuse(node, sentences.UNDERSCORE_NAME.format(name=name[:MAX_NAME]), bare(name))
    elif module := absent(check, node):
        check.refuse(node, sentences.absent_module(module))
    elif name in CALLED_ALONE | DECORATORS and not check.scopes.owns(node):
        if not check.annotating:
            check.refuse(node, sentences.CALLED_ALONE[name])
    elif name in UNLISTED and not name.startswith("_") and not check.scopes.owns(node):
        check.refuse(node, sentences.builtin(name))
    elif meant := _in_other_letters(check, name):
        check.refuse(node, sentences.CLOSE_NAME.format(name=name[:MAX_NAME], close=meant), meant)


def _in_other_letters(check: Checker, name: str) -> str:
    """The name that is meant by one without a value, if it is the same in other letters.

    What has no value at all is left to the run: Python says so with the line.
    """
    known = (check.bindings.bound, check.bindings.paths, BUILTINS)
    if any(name in names for names in (*known, UNLISTED)) or len(name) < 3:
        return ""
    meant = [one for names in known for one in sorted(names) if one.lower() == name.lower()]
    return meant[0] if meant else _ELSEWHERE.get(name.lower(), "")


_ELSEWHERE = {"null": "None", "nil": "None"}


def bound(check: Checker, node: ast.AST, name: str) -> None:
    """A name that the text gives a value by anything else than an import."""
    path = check.bindings.paths.get(name)
    if name.startswith("_") and name != "_":
        reason = sentences.UNDERSCORE_NAME.format(name=name[:MAX_NAME])
        check.refuse_name(node, name, reason, bare(name))
    elif name in NEVER | CALLED_ALONE:
        check.refuse_name(node, name, sentences.NEVER_OWN.format(name=name))
    elif path in WORDS or path in RESTRICTED:
        check.refuse_name(node, name, sentences.NAME_OF_MODULE.format(name=name, path=path))
    elif len(name) > MAX_NAME:
        check.refuse_name(node, name, sentences.LONG_NAME.format(most=MAX_NAME))


def bare(name: str) -> str | None:
    """A name without its underscores; None where none is left, or where Python gives it meaning."""
    plain = name.strip("_")
    usable = plain.isidentifier() and not keyword.iskeyword(plain)
    return plain if usable and not name.endswith("__") else None


def absent(check: Checker, node: ast.Name) -> str:
    """The module that is not here for which a name stands; empty if it stands for none."""
    if node.id in check.bindings.bound or node.id in check.bindings.paths:
        return ""
    return check.bindings.absent.get(node.id) or sentences.CONVENTIONAL.get(node.id, "")


def path_of(check: Checker, node: ast.expr) -> str | None:
    """The full name of the listed module or thing that ``node`` stands for.

    None if it is a value of the text; empty if it would be something in a module that is not
    listed there.
    """
    match node:
        case ast.Name(id=name):
            path = check.bindings.paths.get(name)
            # A name that stood for a function may get another value; that of a module may not.
            shared = name in check.bindings.bound and path not in RESTRICTED and path not in WORDS
            return None if shared else path
        case ast.Attribute(value=owner, attr=attr):
            path = path_of(check, owner)
            return inside(path, attr) if path in WORDS else path if path == "" else None
    return None


def restricted(check: Checker, node: ast.expr, path: str) -> None:
    """Refuse what is listed and can be no value, where it would be one."""
    if not check.annotating and (path in RESTRICTED or path.startswith("typing.")):
        check.refuse(node, sentences.restricted(path))
