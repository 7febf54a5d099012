"""The places of a text at which something is recorded: statements, loops, functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple


class Site(NamedTuple):
    """A statement that is recorded, or its part: a loop's header, a ``return`` with its value.

    ``loops`` are the loops that it stands in within its own function, the outermost first; the
    header of a loop stands in that loop.
    """

    line: int
    kind: str
    loops: tuple[int, ...]
    node: ast.stmt | ast.ExceptHandler | ast.match_case | None


class Loop(NamedTuple):
    """A loop of the text: its line, what its passes assign to (empty for ``while``), its twin out.

    ``outer`` is the index of the loop around it in the same function, if there is one.
    """

    line: int
    target: str
    outer: int | None


class Scope(NamedTuple):
    """A function or class body of the text, or the text itself (``name`` is empty).

    Names are not read inside a ``hidden`` one: it holds on to what ``locals()`` gave it, and before
    Python 3.13 reading a frame's names changes that dictionary.
    """

    line: int
    name: str
    kind: str
    hidden: bool


_LOOKS_AT_ITSELF = {"locals", "vars", "f_locals", "currentframe", "_getframe"}


def looks_at_its_names(body: list[ast.stmt]) -> bool:
    """Whether a function of this ``body`` might hold on to the dictionary of its own names."""
    return any(
        (isinstance(node, ast.Name) and node.id in _LOOKS_AT_ITSELF)
        or (isinstance(node, ast.Attribute) and node.attr in _LOOKS_AT_ITSELF)
        for statement in body
        for node in ast.walk(statement)
    )


def loops_by_line(loops: list[tuple[int, ast.For | ast.While | ast.AsyncFor]]) -> dict[int, int]:
    """Line to the innermost loop whose body it lies in."""
    found: dict[int, int] = {}
    for index, node in loops:  # inner ones come later
        found.update((line, index) for line in _lines(node))
    return found


def _lines(node: ast.For | ast.While | ast.AsyncFor) -> Iterator[int]:
    last = node.body[-1]
    return iter(range(node.body[0].lineno, (last.end_lineno or last.lineno) + 1))
