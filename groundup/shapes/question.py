"""A question about shapes, and the form of its answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from groundup.tensors.strides import Layout

Shape = tuple[int, ...]

_OF_A = re.compile(r"\ba(?= has\b|'s\b)|(?<= of )a(?= has\b|[ .:,]|$)(?! \w+ of)")
ELEMENTWISE = ("+", "-", "*", "/")
PAIRS = ("@", *ELEMENTWISE, "cat", "stack", "einsum", "cross_entropy")
"""Operations on two tensors; the others take one. Einsum may do with one."""
LAYERS = ("nn.Linear", "nn.Conv2d", "nn.Embedding")
"""Operations that have numbers of their own, to be learned."""
OPERATIONS = (
    *("@", "+", "-", "*", "/", "cat", "stack"),
    *("reshape", "view", "flatten", "permute", "transpose", "squeeze", "unsqueeze"),
    *("expand", "index", "sum", "mean", "einsum"),
    *("nn.Linear", "nn.Conv2d", "nn.MaxPool2d", "nn.Embedding", "cross_entropy"),
)


@dataclass(frozen=True)
class Question:
    """An operation and the tensors it gets.

    ``numbers`` are the operation's own whole numbers: the dim of ``cat``, the sizes of ``reshape``,
    the order of ``permute``, the dims of ``sum`` (empty for all), in and out of ``nn.Linear``; for
    ``nn.Conv2d`` in, out, kernel, stride and padding, for ``nn.MaxPool2d`` the last three.
    ``spec`` is what an operation is told in another way: einsum's equation, and the index.
    """

    op: str
    a: Layout
    b: Layout = field(default_factory=lambda: Layout(()))
    numbers: Shape = ()
    keepdim: bool = False
    spec: str = ""


@dataclass(frozen=True)
class Part:
    """What one dimension does: its size in each tensor (None: it has no such dimension)."""

    a: int | None
    b: int | None
    result: int | None
    mark: str
    """``same``, ``stretched``, ``clash``, ``row``, ``column``, ``inner``, ``joined``, ``new``,
    ``gone``, ``kept``, ``moved``, ``window``."""
    a_dim: int | None = None
    b_dim: int | None = None
    note: str = ""
    """What the mark is to say here, where its usual words do not tell enough."""


@dataclass(frozen=True)
class Verdict:
    """``result`` is the shape that comes out, or None where torch refuses; ``why`` says why.

    ``trap`` warns of a result that torch gives without complaint and that is seldom meant.
    """

    result: Shape | None
    why: str
    parts: tuple[Part, ...] = ()
    trap: str = ""

    @property
    def clashes(self) -> tuple[Part, ...]:
        """The dimensions that are to blame, from the left."""
        return tuple(part for part in self.parts if part.mark == "clash")


def takes_two(op: str, spec: str) -> bool:
    """Whether there is a tensor b."""
    return op in PAIRS and (op != "einsum" or "," in spec)


def wrap(dim: int, ndim: int) -> int | None:
    """``dim`` counted from 0, or None if a tensor with ``ndim`` dimensions has no such one."""
    return dim % ndim if -ndim <= dim < ndim else None


def out_of_range(dim: int, ndim: int) -> str:
    """The sentence about a dimension that is not there."""
    return f"There is no dimension {dim}: here they go from {-ndim} to {ndim - 1}."


def said_of(name: str, why: str) -> str:
    """The sentence ``why`` about the tensor a, said of the tensor called ``name``."""
    return _OF_A.sub(name, why)


def dims_text(count: int) -> str:
    """``1 dimension``, ``3 dimensions``."""
    return f"{count} dimension{'s' * (count != 1)}"
