"""Two models side by side: which line of the one is the same brick as which line of the other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from groundup.parsing import syntax_tree

MATCHED_LINES = {
    "class": "a model is a class",
    "init": "its layers are made here",
    "super": "nn.Module starts keeping track of them",
    "layer": "a layer: a matrix of weights",
    "activation": "an activation: no parameters",
    "forward": "what happens to the data",
    "use layer": "x @ W.T + b",
    "use activation": "bends each number on its own",
    "use": "each number times another",
    "return": "the answer goes back",
}
"""What a line is for; of a layer that has no bias it is said without the b."""


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
    for kind, line, brick in _lines(right):
        partner = next((entry for entry in waiting if entry[0] == kind), None)
        if partner:
            waiting.remove(partner)
        rows.append(MatchedLine(partner[1] if partner else "", line, brick))
    return rows + [MatchedLine(line, "", brick) for _, line, brick in waiting]


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
    """Each line of the first class in ``text``: the kind of brick it is, the line, the brick."""
    model = next(n for n in syntax_tree(text).body if isinstance(n, ast.ClassDef))
    rows = text.splitlines()
    yield "class", rows[model.lineno - 1].strip(), MATCHED_LINES["class"]
    layers: dict[str, ast.Call] = {}
    for function in (n for n in model.body if isinstance(n, ast.FunctionDef)):
        first = function.name == "__init__"
        kind = "init" if first else "forward"
        yield kind, rows[function.lineno - 1].strip(), MATCHED_LINES[kind]
        for statement in function.body:
            line = ast.unparse(statement)
            if first:
                kind = _made(statement, layers)
                yield kind, line, MATCHED_LINES[kind]
            else:
                yield _used(statement, layers)[0], line, _used(statement, layers)[1]


def _made(statement: ast.stmt, layers: dict[str, ast.Call]) -> str:
    """The kind of a line of ``__init__``; ``layers`` learns what it makes."""
    match statement:
        case ast.Assign(
            targets=[ast.Attribute(attr=name)],
            value=ast.Call(func=ast.Attribute()) as made,
        ):
            layers[name] = made
            return _kind(made)
    return "super"


def _kind(made: ast.Call) -> str:
    return "layer" if ast.unparse(made.func) == "nn.Linear" else "activation"


def _used(statement: ast.stmt, layers: dict[str, ast.Call]) -> tuple[str, str]:
    """The kind of a line of ``forward``, that of the layer it calls, and what it computes."""
    calls = [n.func for n in ast.walk(statement) if isinstance(n, ast.Call)]
    called = [layers[f.attr] for f in calls if isinstance(f, ast.Attribute) and f.attr in layers]
    if not called:
        kind = "return" if isinstance(statement, ast.Return) else "use"
        return kind, MATCHED_LINES[kind]
    kind = f"use {_kind(called[0])}"
    brick = MATCHED_LINES[kind]
    if "bias=False" in ast.unparse(called[0]):
        brick = brick.removesuffix(" + b")
    if any(isinstance(node, ast.BinOp) for node in ast.walk(statement)):
        brick += f"; then {MATCHED_LINES['use']}"
    return kind, brick
