"""A typed call such as ``nn.Conv2d(6, 16, kernel_size=5)``: read, checked, and never evaluated."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

from groundup.engine.literals import Shape, plain_minus
from groundup.parsing import expression_tree

MAX_CHARACTERS = 200
MAX_NUMBERS = 6

SIGNATURES: dict[str, dict[str, int | None]] = {
    "cat": {"dim": 0},
    "stack": {"dim": 0},
    "unsqueeze": {"dim": None},
    "transpose": {"dim0": None, "dim1": None},
    "nn.Linear": {"in_features": None, "out_features": None},
    "nn.Conv2d": {
        "in_channels": None,
        "out_channels": None,
        "kernel_size": None,
        "stride": 1,
        "padding": 0,
    },
    "nn.MaxPool2d": {"kernel_size": None, "stride": 0, "padding": 0},
    "nn.Embedding": {"num_embeddings": None, "embedding_dim": None},
}
"""The numbers of operations that have a name for each, with defaults; None: it must be given."""

_CALL = re.compile(r"(?:\w+\.){0,3}([A-Za-z]\w*)", re.ASCII)
_NAMES = {name.removeprefix("nn."): name for name in SIGNATURES}


@dataclass(frozen=True)
class Call:
    """An operation's name, its whole numbers in order, and those that were given by name."""

    name: str
    numbers: Shape = ()
    named: dict[str, int | bool | Shape] = field(default_factory=dict)


def read_call(text: str) -> Call:
    """Read ``nn.Linear(400, 10)``, ``flatten(1)``, ``x.view(-1, 400)``.

    Raises:
        ValueError: with a sentence for the learner.
    """
    try:
        tree = expression_tree(plain_minus(text.strip()[: MAX_CHARACTERS + 1]))
        if len(text.strip()) > MAX_CHARACTERS or not isinstance(tree, ast.Call):
            raise ValueError
        name = _name_of(ast.unparse(tree.func))
        given = [_value(node) for node in tree.args]
        named = {word.arg: _value(word.value) for word in tree.keywords if word.arg}
    except (SyntaxError, ValueError, MemoryError, RecursionError, TypeError) as error:
        raise ValueError(
            f"“{text.strip()[:40]}” cannot be read as an operation and its whole numbers, such as "
            "nn.Linear(400, 10) or flatten(1)."
        ) from error
    numbers = given[0] if len(given) == 1 and isinstance(given[0], tuple) else tuple(given)
    if len(numbers) > MAX_NUMBERS:
        raise ValueError(
            f"Up to {MAX_NUMBERS} whole numbers fit here, and {name} has {len(numbers)}."
        )
    return Call(name, tuple(_single(name, "each number", n) for n in numbers), named)


def _name_of(written: str) -> str:
    match = _CALL.fullmatch(written)
    if not match:
        raise ValueError
    return _NAMES.get(match[1], match[1])


def _value(node: ast.expr) -> int | bool | Shape:
    """A whole number, True, False or a tuple of whole numbers."""
    value = ast.literal_eval(node)
    if isinstance(value, list | tuple) and all(type(n) is int for n in value):
        return tuple(value)
    if isinstance(value, int):
        return value
    raise ValueError


def bind(op: str, numbers: Shape, named: dict[str, int | bool | Shape]) -> Shape:
    """All numbers of ``op`` in the order of its signature.

    Raises:
        ValueError: with a sentence, for one too many, one that is missing or has no such name.
    """
    names = SIGNATURES[op]
    bound = dict(zip(names, numbers, strict=False))
    unknown = next((name for name in named if name not in names or name in bound), None)
    if unknown is not None or len(numbers) > len(names):
        what = f"“{unknown[:20]}”" if unknown else f"{len(numbers)} numbers"
        raise ValueError(f"{op} takes {', '.join(names)} here; {what} cannot be used.")
    for name, value in named.items():
        bound[name] = _single(op, name, value)
    missing = [name for name, default in names.items() if default is None and name not in bound]
    if missing:
        raise ValueError(f"{op} takes {', '.join(names)}; {missing[0]} is missing.")
    return tuple(bound.get(name, default or 0) for name, default in names.items())


def _single(op: str, name: str, value: int | bool | Shape) -> int:
    if isinstance(value, tuple) and len(set(value)) == 1:
        return value[0]
    if type(value) is int:
        return value
    raise ValueError(f"{op}: {name} must be one whole number here.")
