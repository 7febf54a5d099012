"""A lesson's text as such: its syntax tree, its places, and how it differs from another."""

from __future__ import annotations

import ast
import difflib
from functools import lru_cache

from groundup.parsing import syntax_tree


@lru_cache(maxsize=64)
def parsed(text: str) -> ast.Module:
    """The syntax tree of ``text``, parsed once for all who ask: read it, and never change it.

    Raises:
        SyntaxError: if ``text`` is no Python.
    """
    return syntax_tree(text)


def docstring(text: str) -> str:
    """What ``text`` says about itself; empty if it says nothing."""
    return ast.get_docstring(parsed(text)) or ""


def times(passage: str, text: str) -> str:
    """How often ``passage`` stands in ``text``, in words, for a message."""
    count = text.count(passage)
    return {0: "not at all", 1: "once", 2: "twice"}.get(count, f"{count} times")


def place_of(passage: str, text: str) -> int:
    """The index in ``text`` at which ``passage`` begins.

    Raises:
        ValueError: unless it stands there exactly once, saying which passage and how often it
            does.
    """
    if not passage or text.count(passage) != 1:
        shown = passage if len(passage) <= 200 else passage[:197] + "..."
        raise ValueError(
            f"a passage must stand exactly once in this text, and stands there "
            f"{times(passage, text)}: {shown!r}."
        )
    return text.index(passage)


def line_of(passage: str, text: str) -> int:
    """The line of ``text``, from 1, on which ``passage`` begins (line breaks before it aside).

    Raises:
        ValueError: unless ``passage`` stands there exactly once.
    """
    before = text[: place_of(passage, text)]
    return before.count("\n") + len(passage) - len(passage.lstrip("\n")) + 1


def epoch_loop(tree: ast.Module) -> ast.For | None:
    """The loop over epochs: the first ``for epoch in …`` at the top level, if there is one.

    Where nothing is passed over, as on a landscape without data, it reads ``for step in …``.
    """
    for statement in tree.body:
        if (
            isinstance(statement, ast.For)
            and isinstance(statement.target, ast.Name)
            and statement.target.id in {"epoch", "step"}
        ):
            return statement
    return None


def loop_line(text: str) -> int | None:
    """The line of ``text`` where the loop over epochs begins, if there is one."""
    loop = epoch_loop(parsed(text))
    return loop.lineno if loop else None


def changed_lines(before: str, after: str) -> list[int]:
    """Line numbers (from 1) of ``after`` that are new or changed against ``before``.

    Where lines were only taken out, the line that now stands in their place is given.
    """
    numbers: list[int] = []
    matcher = difflib.SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False)
    for tag, _, _, start, stop in matcher.get_opcodes():
        if tag != "equal":
            numbers.extend(range(start + 1, max(stop, start + 1) + 1))
    return numbers
