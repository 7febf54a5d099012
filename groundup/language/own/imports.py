"""Imports: of listed modules, and of what is listed in them."""

from __future__ import annotations

import ast

from groundup.language.own import sentences
from groundup.language.own.checker import Checker, handles
from groundup.language.own.listed import RESTRICTED, WORDS, inside, resolves
from groundup.language.own.python_words import NEVER, UNLISTED

_STAR = "import * hides which names it makes. Name what you need."
_RELATIVE = "there is no package around this text. Import torch and what belongs to it."
_TWICE = "{name} stands for {path} already. Choose another name behind `as`."
_OWN_WORD = "{name} is Python's own word. Choose another name behind `as`."


@handles(ast.Import)
def import_(check: Checker, node: ast.Import) -> None:
    """``import torch.nn as nn``: a listed module under its own name, or another."""
    for alias in node.names:
        root = alias.name.partition(".")[0]
        if alias.name not in WORDS:
            alone = len(node.names) == 1
            reason, new = sentences.absent_module(alias.name), ""
            if resolves(alias.name):
                reason, new = _of_module(alias.name)
            check.refuse(node, reason, new if alone else None)
        else:
            path = alias.name if alias.asname else root
            _named(check, alias, alias.asname or root, path)


_OF_MODULE = "{path} is no module. Write `{new}`."


def _of_module(path: str) -> tuple[str, str]:
    module, _, name = path.rpartition(".")
    new = f"from {module} import {name}"
    return _OF_MODULE.format(path=path, new=new), new


@handles(ast.ImportFrom)
def import_from(check: Checker, node: ast.ImportFrom) -> None:
    """``from torch import nn, optim``: what is listed in a listed module."""
    module = node.module or ""
    if node.level:
        check.refuse(node, _RELATIVE)
        return
    if module not in WORDS:
        check.refuse(node, sentences.absent_module(module), "")
        return
    for alias in node.names:
        if alias.name == "*":
            check.refuse(alias, _STAR)
        elif path := inside(module, alias.name):
            _named(check, alias, alias.asname or alias.name, path)
        else:
            reason, new = sentences.not_in_module(module, alias.name, module)
            close = new and new.startswith(f"{module}.") and new.count(".") == module.count(".") + 1
            check.refuse(alias, reason, new.rpartition(".")[2] if new and close else None)


def _named(check: Checker, alias: ast.alias, name: str, path: str) -> None:
    """An imported thing's name: one meaning in the whole text, where it is a module."""
    known = check.bindings.paths.get(name)
    if name.startswith("_"):
        check.refuse(alias, sentences.UNDERSCORE_NAME.format(name=name))
    elif alias.asname and (name in NEVER or name in UNLISTED):
        check.refuse(alias, _OWN_WORD.format(name=name))
    elif known != path and {known, path} & {*WORDS, *RESTRICTED}:
        check.refuse(alias, _TWICE.format(name=name, path=known))
