"""Which line of the professional loop stands for which line of the hand-written one."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache

from groundup.engine.lesson import table
from groundup.parsing import syntax_tree


@dataclass(frozen=True)
class Counterpart:
    """One thing that both programs do, the beginnings of the lines that do it, and what moved."""

    name: str
    by_hand: tuple[str, ...]
    by_module: tuple[str, ...]
    said: str


@cache
def counterparts() -> tuple[Counterpart, ...]:
    """Those of ``training_loop.py`` and ``nn_module.py``, in the order of the program."""
    listed = table("nn_module")["counterparts"]
    return tuple(
        Counterpart(
            entry["name"], tuple(entry["by_hand"]), tuple(entry["by_module"]), entry["said"]
        )
        for entry in listed
    )


def by_line(text: str, side: str) -> dict[int, Counterpart]:
    """Line number of ``text`` to its counterpart; ``side`` is ``by_hand`` or ``by_module``.

    Comments, blank lines and the docstring have none.
    """
    quoted = _docstring_lines(text)
    lines = {}
    for number, line in enumerate(text.splitlines(), 1):
        start = line.strip()
        if start and not start.startswith("#") and number not in quoted:
            match = (
                counterpart
                for counterpart in counterparts()
                if start.startswith(getattr(counterpart, side))
            )
            if counterpart := next(match, None):
                lines[number] = counterpart
    return lines


def lines_of(text: str, side: str, name: str) -> list[int]:
    """The lines of ``text`` that belong to the counterpart called ``name``."""
    return [
        number for number, counterpart in by_line(text, side).items() if counterpart.name == name
    ]


def _docstring_lines(text: str) -> range:
    first = syntax_tree(text).body[0]
    quoted = isinstance(first, ast.Expr)
    return range(first.lineno, (first.end_lineno or 0) + 1) if quoted else range(0)
