"""Texts and how values are written in them: an f-string, or a text and ``%``."""

from __future__ import annotations

import ast
import re
import string

from groundup.language.own.checker import Checker, handles

_SPEC = re.compile(r"(?:[^{}]?[<>=^])?[-+ ]?z?#?0?\d{0,3}[,_]?(?:\.\d{1,2})?[a-zA-Z%]?")
_PERCENT = re.compile(r"%(?:%|[-+ #0]*(?:\d{0,3})(?:\.\d{0,2})?[diouxXeEfFgGcrsa])")

_FORMAT = "a format is written out, such as :.4f or :>8, with a width of at most 3 digits."
_FIELDS = "a field is {}, {0} or {name} here, with a plain format such as {:.4f}."
_FIELDS_WRONG = "this text has fields that Python cannot read: {words}."
_PERCENTS = "behind % stands a plain format, such as %d, %.4f or %8s."
_BYTES = "bytes are not in this language. Write a text without the b."
_HALF = "this text holds half a character, which cannot be shown."
_BIG = "a number here has at most 64 bits. Write a smaller one, or 1e20 with a point or an e."
MAX_INTEGER = 2**64


@handles(ast.Constant)
def constant(check: Checker, node: ast.Constant) -> None:
    """A number, a text, True, False, None or ``...``."""
    value = node.value
    if isinstance(value, bytes):
        check.refuse(node, _BYTES)
    elif type(value) is int and value >= MAX_INTEGER:
        check.refuse(node, _BIG)
    elif isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
        check.refuse(node, _HALF)


@handles(ast.JoinedStr)
def joined(check: Checker, node: ast.JoinedStr) -> None:
    """An f-string."""
    check.each(node.values)


@handles(ast.FormattedValue)
def formatted(check: Checker, node: ast.FormattedValue) -> None:
    """A value in an f-string, and how it is written."""
    check.visit(node.value)
    parts = node.format_spec.values if isinstance(node.format_spec, ast.JoinedStr) else []
    given = [part.value for part in parts if isinstance(part, ast.Constant)]
    # What is filled in stands for a number; how wide that makes the text, the run bounds.
    inner = [part for part in parts if isinstance(part, ast.FormattedValue)]
    if any(part.format_spec or part.conversion >= 0 for part in inner) or not _SPEC.fullmatch(
        "".join(map(str, given))
    ):
        check.refuse(node, _FORMAT)
    check.each(part.value for part in inner)


def filled(check: Checker, node: ast.Constant) -> None:
    """The text before ``.format``: a field names what is given, and nothing inside of that."""
    try:
        fields = list(string.Formatter().parse(node.value)) if isinstance(node.value, str) else []
    except ValueError as error:
        check.refuse(node, _FIELDS_WRONG.format(words=error))
        return
    for _, name, spec, _ in fields:
        plain = name is None or name == "" or name.isalnum() or name.isidentifier()
        if not plain or (name or "").startswith("_") or not _SPEC.fullmatch(spec or ""):
            check.refuse(node, _FIELDS)
            return


def percent(check: Checker, node: ast.expr) -> None:
    """The text before a ``%``, if it is one."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    for part in parts:
        text = part.value if isinstance(part, ast.Constant) else ""
        if isinstance(text, str) and "%" in _PERCENT.sub("", text):
            check.refuse(node, _PERCENTS)
