"""Syntax trees of texts, made by one thread at a time."""

from __future__ import annotations

import ast
import threading
from typing import Any

# Python 3.11 counts how deep a tree is that it makes in one place for all threads, and raises
# SystemError where two of them make trees in turns.
_PARSING = threading.Lock()


def syntax_tree(text: str) -> ast.Module:
    """The syntax tree of the script ``text``.

    Raises:
        SyntaxError: if ``text`` is no Python.
    """
    with _PARSING:
        return ast.parse(text)


def expression_tree(text: str) -> ast.expr:
    """The syntax tree of ``text``, an expression.

    Raises:
        SyntaxError: if ``text`` is none.
    """
    with _PARSING:
        return ast.parse(text, mode="eval").body


def literal_value(text: str) -> Any:
    """The value of ``text``, which is a literal.

    Raises:
        ValueError, SyntaxError, TypeError, MemoryError, RecursionError: as ``ast.literal_eval``.
    """
    return ast.literal_eval(expression_tree(text.lstrip(" \t")))
