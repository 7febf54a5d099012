"""Whether a text does it in the way that its task asks for, read from its tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from groundup.course.tasks.binding import as_text
from groundup.course.tasks.task import Task, Way
from groundup.parsing import syntax_tree

_AGAIN = (ast.For, ast.While, ast.comprehension)


def other_way(task: Task, text: str) -> str:
    """What is to be said of ``text``, which is right, where it went another way; else empty."""
    used = set(_used(syntax_tree(as_text(text))))
    return next((way.said for way in task.ways if not _is_gone(way, used)), "")


def _is_gone(way: Way, used: set[str]) -> bool:
    return used.issuperset(way.needs) and used.isdisjoint(way.without)


def _used(tree: ast.AST) -> Iterator[str]:
    """The attributes and calls of a text, what attributes are read from, and ``for`` if it loops.

    A name that is only bound, or read, says nothing: anything may be called ``grad``.
    """
    for node in ast.walk(tree):
        if isinstance(node, _AGAIN):
            yield "for"
        if isinstance(node, ast.Attribute):
            yield node.attr
            yield from _named(node.value)
        if isinstance(node, ast.Call):
            yield from _named(node.func)
        if isinstance(node, ast.ClassDef):
            for base in node.bases:
                yield from _named(base)


def _named(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
