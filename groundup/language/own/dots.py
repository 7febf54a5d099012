"""Attributes: what stands behind a dot, and whether it may be read or assigned there."""

from __future__ import annotations

import ast
from difflib import get_close_matches

from groundup.language.own import attributes, sentences
from groundup.language.own.checker import Checker, handles
from groundup.language.own.listed import WORDS, inside
from groundup.language.own.names import MAX_NAME, absent, bare, path_of, restricted


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
        restricted(check, node, path)


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
        plain = bare(name)
        reason = sentences.UNDERSCORE_ATTRIBUTE.format(name=name[:MAX_NAME])
        return reason, plain and f"{owner}.{plain}"
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
        plain, source = bare(name), check.source(node.value)
        reason = sentences.UNDERSCORE_ATTRIBUTE.format(name=name[:MAX_NAME])
        check.refuse(node, reason, plain and f"{source}.{plain}")
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
