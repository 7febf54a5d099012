"""Two models side by side: which line of the one is the same brick as which line of the other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

MATCHED_LINES = {
    "class": "a model is a class",
    "init": "its layers are made here",
    "super": "nn.Module starts keeping track of them",
    "layer": "a layer: a matrix of weights",
    "activation": "an activation: no parameters",
    "forward": "what happens to the data",
    "use layer": "X @ w + b",
    "use activation": "bends each number on its own",
    "use": "each number times another",
    "return": "the answer goes back",
}
"""What a line is for."""


@dataclass(frozen=True)
class MatchedLine:
    """One row of the comparison; a side is empty where that model has no such line."""

    left: str
    right: str
    brick: str


def matched(left: str, right: str) -> list[MatchedLine]:
    """Match the lines of the first class in the text ``left`` with those in ``right``.

    Lines of the same kind are paired in order; the rows follow ``right``, the longer model.
    """
    waiting = list(_lines(left))
    rows = []
    for kind, line in _lines(right):
        partner = next((entry for entry in waiting if entry[0] == kind), None)
        if partner:
            waiting.remove(partner)
        rows.append(MatchedLine(partner[1] if partner else "", line, MATCHED_LINES[kind]))
    return rows + [MatchedLine(line, "", MATCHED_LINES[kind]) for kind, line in waiting]


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Each line of the first class in ``text``, with the kind of brick it is."""
    model = next(n for n in ast.parse(text).body if isinstance(n, ast.ClassDef))
    rows = text.splitlines()
    yield "class", rows[model.lineno - 1].strip()
    layers: dict[str, str] = {}
    for function in (n for n in model.body if isinstance(n, ast.FunctionDef)):
        first = function.name == "__init__"
        yield ("init" if first else "forward"), rows[function.lineno - 1].strip()
        for statement in function.body:
            line = ast.unparse(statement)
            yield (_made(statement, layers) if first else _used(statement, layers)), line


def _made(statement: ast.stmt, layers: dict[str, str]) -> str:
    """The kind of a line of ``__init__``; ``layers`` learns what it makes."""
    match statement:
        case ast.Assign(
            targets=[ast.Attribute(attr=name)], value=ast.Call(func=ast.Attribute(attr=kind))
        ):
            layers[name] = "layer" if kind == "Linear" else "activation"
            return layers[name]
    return "super"


def _used(statement: ast.stmt, layers: dict[str, str]) -> str:
    """The kind of a line of ``forward``: that of the layer it calls."""
    calls = [n.func for n in ast.walk(statement) if isinstance(n, ast.Call)]
    called = [layers[f.attr] for f in calls if isinstance(f, ast.Attribute) and f.attr in layers]
    if called:
        return f"use {called[0]}"
    return "return" if isinstance(statement, ast.Return) else "use"
