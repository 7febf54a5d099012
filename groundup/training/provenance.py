"""With which weights the numbers of a text were computed, read from its statements.

A loss stands in its variable until it is computed anew, so after an update it is older than the
weights. Which statement computes what from what does not change while a text runs: it is found
once, in the text, and whoever walks through a recording of it needs no more than this.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from groundup.parsing import syntax_tree

WEIGHTS, GUESS, LOSS = ("w", "b"), "y_hat", "loss"

GRADIENT = "backward()"
"""What stands for the gradients, among the names that are computed."""


@lru_cache(maxsize=64)
def names_to_follow(text: str) -> Mapping[str, Any]:
    """The names that a picture of the training loop follows, and :func:`computations` of them."""
    names = {"loop": "epoch", "weights": list(WEIGHTS), "guess": GUESS, "loss": LOSS}
    return names | {"gradient": GRADIENT, "computed": computations(text), "batch": batch(text)}


def batch(text: str) -> str | None:
    """What ``text`` calls the numbers of the examples that a prediction is made for.

    >>> batch("y_hat = X[batch] @ w + b"), batch("y_hat = X @ w + b")
    ('batch', None)
    """
    for _, made, value in _statements(text):
        for node in ast.walk(value) if made == GUESS else ():
            match node:
                case ast.Subscript(value=ast.Name(id="X"), slice=ast.Name(id=name)):
                    return name
    return None


def computations(text: str) -> dict[int, list[str]]:
    """Line of each statement of ``text`` that computes from the weights, to what it computes and
    then the names that it reads for it: weights, or what was computed from them.

    >>> computations("w = b = 1\\ny_hat = w * b\\nloss = y_hat**2\\nloss.backward()")
    {2: ['y_hat', 'b', 'w'], 3: ['loss', 'y_hat'], 4: ['backward()', 'loss']}
    """
    found = [(line, made, _names(value)) for line, made, value in _statements(text)]
    known, before = set(WEIGHTS), set[str]()
    while known != before:
        before = set(known)
        known |= {made for _, made, read in found if read & known}
    return {line: [made, *sorted(read & known)] for line, made, read in found if read & known}


def _statements(text: str) -> Iterator[tuple[int, str, ast.expr]]:
    """Line, what is computed, and from what, of each statement that may compute something."""
    for node in ast.walk(syntax_tree(text)):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name not in WEIGHTS:
                yield node.lineno, name, value
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=value, attr="backward"))):
                yield node.lineno, GRADIENT, value


def _names(value: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
