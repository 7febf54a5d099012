"""What a text binds and calls, read from its tree."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator

from groundup.parsing import syntax_tree

_ASIDE = {
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENCODING, tokenize.ENDMARKER),
    *(tokenize.INDENT, tokenize.DEDENT),
}


def is_empty(text: str) -> bool:
    """Whether ``text`` holds nothing but comments."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return False
    return all(one.type in _ASIDE for one in tokens)


def bound(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The names that a text binds anywhere, each with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id, node.lineno
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0], node.lineno
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name, node.lineno


def calls(text: str) -> tuple[str, ...]:
    """The names of the methods and functions that ``text`` calls, from its top to its end."""
    found = [node for node in ast.walk(syntax_tree(as_text(text))) if isinstance(node, ast.Call)]
    found.sort(key=lambda node: (node.end_lineno or 0, node.end_col_offset or 0))
    return tuple(name for node in found if (name := _called(node.func)))


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def as_text(text: str) -> str:
    """``text``, which may be the body of a loop, as a text of its own."""
    return f"if True:\n{text}" if text[:1] == " " else text
