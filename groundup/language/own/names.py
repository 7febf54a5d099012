"""Names and attributes: what each one stands for, and whether it may be read or bound there."""

from __future__ import annotations

import ast
from difflib import get_close_matches

from groundup.language.own import attributes, sentences
from groundup.language.own.checker import Checker, handles
from groundup.language.own.listed import RESTRICTED, WORDS, inside
from groundup.language.own.python_words import CALLED_ALONE, DECORATORS, NEVER, UNLISTED

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
        _restricted(check, node, path)


def _free(check: Checker, node: ast.Name) -> None:
    """A name that stands for nothing imported."""
    name = node.id
    if name.startswith("_") and name not in {"_", "__name__"}:
        check.refuse(node, sentences.UNDERSCORE_NAME.format(name=name[:MAX_NAME]), _bare(name))
    elif module := absent(check, node):
        check.refuse(node, sentences.absent_module(module))
    elif name in CALLED_ALONE | DECORATORS and not check.scopes.owns(node):
        if not check.annotating:
            check.refuse(node, sentences.CALLED_ALONE[name])
    elif name in UNLISTED and not name.startswith("_") and not check.scopes.owns(node):
        check.refuse(node, sentences.builtin(name))


def bound(check: Checker, node: ast.AST, name: str) -> None:
    """A name that the text gives a value by anything else than an import."""
    path = check.bindings.paths.get(name)
    if name.startswith("_") and name != "_":
        reason = sentences.UNDERSCORE_NAME.format(name=name[:MAX_NAME])
        check.refuse_name(node, name, reason, _bare(name))
    elif name in NEVER | CALLED_ALONE:
        check.refuse_name(node, name, sentences.NEVER_OWN.format(name=name))
    elif path in WORDS or path in RESTRICTED:
        check.refuse_name(node, name, sentences.NAME_OF_MODULE.format(name=name, path=path))
    elif len(name) > MAX_NAME:
        check.refuse_name(node, name, sentences.LONG_NAME.format(most=MAX_NAME))


def _bare(name: str) -> str | None:
    """A name without its underscores; None where none is left, or where Python gives it meaning."""
    bare = name.strip("_")
    return bare if bare.isidentifier() and not name.endswith("__") else None


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


@handles(ast.Attribute)
def attribute(check: Checker, node: ast.Attribute) -> None:
    """Something behind a dot: in a listed module, or of a value."""
    owner = path_of(check, node.value)
    if owner == "":
        check.visit(node.value)
    elif owner in WORDS:
        _in_module(check, node, owner)
    elif (module := _absent_root(check, node)) and isinstance(node.ctx, ast.Load):
        check.refuse(node, *sentences.twin(module, _dotted(node)))
    elif isinstance(node.ctx, ast.Load):
        readable(check, node)
    else:
        _stored(check, node, owner)


def _in_module(check: Checker, node: ast.Attribute, module: str) -> None:
    path = inside(module, node.attr)
    if not isinstance(node.ctx, ast.Load):
        check.refuse(node, sentences.MODULE_CHANGED.format(path=f"{module}.{node.attr}"))
    elif not path:
        check.refuse(node, *sentences.not_in_module(module, node.attr, check.source(node.value)))
    elif path in WORDS:
        check.refuse(node, sentences.MODULE_AS_VALUE.format(name=check.source(node), path=path))
    else:
        _restricted(check, node, path)


def _restricted(check: Checker, node: ast.expr, path: str) -> None:
    if not check.annotating and (path in RESTRICTED or path.startswith("typing.")):
        check.refuse(node, sentences.restricted(path))


def _absent_root(check: Checker, node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return absent(check, node) if isinstance(node, ast.Name) else ""


def _dotted(node: ast.Attribute) -> str:
    """What stands behind the first name, as in ``random.randn``."""
    parts = [node.attr]
    while isinstance(node.value, ast.Attribute):
        node = node.value
        parts.append(node.attr)
    return ".".join(reversed(parts))


def readable(check: Checker, node: ast.Attribute, owner: ast.expr | None = None) -> None:
    """An attribute that is read: whether it may be, whatever it stands behind."""
    name = node.attr
    owner = owner or node.value
    listed = name in attributes.READ or name in check.bindings.attributes
    if name == "__name__" and isinstance(owner, ast.Attribute) and owner.attr == "__class__":
        owner = owner.value
    elif not listed and name not in attributes.UNDERSCORED:
        check.refuse(node, *_unread(check, node))
    check.visit(owner)


def _unread(check: Checker, node: ast.Attribute) -> tuple[str, str | None]:
    """Why an attribute cannot be read, and what can stand there instead."""
    name, owner = node.attr, check.source(node.value)
    if name.startswith("_"):
        bare = _bare(name)
        reason = sentences.UNDERSCORE_ATTRIBUTE.format(name=name[:MAX_NAME])
        return reason, bare and f"{owner}.{bare}"
    if name in sentences.ATTRIBUTES:
        return sentences.ATTRIBUTES[name], None
    known = [*check.bindings.attributes, *attributes.READ]
    if close := get_close_matches(name, known, n=1, cutoff=0.85):
        reason = sentences.CLOSE_ATTRIBUTE.format(name=name[:MAX_NAME], close=close[0])
        return reason, f"{owner}.{close[0]}"
    return sentences.ATTRIBUTE.format(name=name[:MAX_NAME]), None


def _stored(check: Checker, node: ast.Attribute, owner: str | None) -> None:
    """An attribute that is assigned: whether it may be one, whatever it stands behind."""
    name = node.attr
    if isinstance(node.ctx, ast.Del):
        check.refuse(node, sentences.ATTRIBUTE_DELETED)
    elif owner is not None:
        check.refuse(node, sentences.MODULE_CHANGED.format(path=f"{owner}.{name}"))
    elif isinstance(node.value, ast.Call):
        check.refuse(node, sentences.OF_RESULT)
    elif name.startswith("_"):
        bare, source = _bare(name), check.source(node.value)
        reason = sentences.UNDERSCORE_ATTRIBUTE.format(name=name[:MAX_NAME])
        check.refuse(node, reason, bare and f"{source}.{bare}")
    elif name in attributes.foreign() or (
        attributes.called_in_torch(name) and not _of_method(check, node.value)
    ):
        check.refuse(node, sentences.TAKEN.format(name=name))
    check.visit(node.value)


def _of_method(check: Checker, owner: ast.expr) -> bool:
    """Whether ``owner`` is the first argument of a method around it, as ``self`` is."""
    for outer, inner in zip(check.around, check.around[1:], strict=False):
        if isinstance(outer, ast.ClassDef) and isinstance(inner, ast.FunctionDef):
            first = [*inner.args.posonlyargs, *inner.args.args][:1]
            if first and isinstance(owner, ast.Name) and owner.id == first[0].arg:
                return True
    return False
