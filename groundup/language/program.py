"""The small safe language: a few lines of assignments, checked word by word before they run.

``check(text)`` returns a :class:`Program` or raises :class:`ProgramError` with a line, a column and
a sentence. Only what is listed passes (:mod:`groundup.language.vocabulary`); Python's own syntax
tree is the judge, so a text that passed means to Python what it means here. ``check`` executes
nothing.

``Program.sizes`` then finds every tensor's size, and what all calls touch, before anything is
allocated: call it before the text runs. ``Program.evaluate`` computes the program with tensors of
the caller's own (say, in float64).
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import torch

from groundup.language import vocabulary
from groundup.language.evaluate import MAX_ELEMENTS, TOO_MANY, Apply, Evaluator, Sizing, plain
from groundup.language.grammar import Checker, ProgramError, parsed
from groundup.language.twins import plain_spaces
from groundup.parsing import syntax_tree

__all__ = ["MAX_ELEMENTS", "Program", "ProgramError", "Shape", "Sizes", "check"]

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Sizes:
    """The shape of every name, and how many numbers all calls of the program touch."""

    shapes: dict[str, Shape]
    touched: int


@dataclass(frozen=True)
class Program:
    """A checked text.

    Attributes:
        text: the text, its lines ended by ``\\n``.
        inputs: names that are read before they are assigned, in the order of their first use.
        names: names that are assigned, in that order.
        output: the tensor assigned last.
        words: the functions it calls by a bare name or from ``F``, as they are written.
    """

    text: str
    inputs: tuple[str, ...]
    names: tuple[str, ...]
    output: str
    words: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def imports(self) -> list[str]:
        """The import lines that the text needs in order to run as Python."""
        return vocabulary.imports(self.words)

    @cached_property
    def tree(self) -> ast.Module:
        """The text as Python's own syntax tree."""
        return syntax_tree(self.text)

    def evaluate(self, inputs: Mapping[str, torch.Tensor], apply: Apply = plain) -> dict[str, Any]:
        """Compute the program with ``inputs``; return every name's value (tensors, numbers).

        ``apply(node, function, arguments, keywords)`` may stand in for each single call.

        Raises:
            ValueError: if an input is missing.
            Exception: whatever torch raises.
        """
        missing = [name for name in self.inputs if name not in inputs]
        if missing:
            raise ValueError(f"the program needs a value for {', '.join(missing)}.")
        evaluator = Evaluator(dict(inputs), apply)
        for statement in self.tree.body:
            evaluator.statement(statement)
        return evaluator.values

    def shapes(self, inputs: Mapping[str, Shape]) -> dict[str, Shape]:
        """Every name's shape: :attr:`Sizes.shapes` of :meth:`sizes`."""
        return self.sizes(inputs).shapes

    def sizes(self, inputs: Mapping[str, Shape]) -> Sizes:
        """How large everything is, from the shapes of the ``inputs``, with nothing allocated.

        Raises:
            ProgramError: if a tensor would hold more than :data:`MAX_ELEMENTS` numbers, if the
                calls would touch more than :data:`~groundup.language.cost.MAX_TOUCHED` together,
                or if shapes do not fit (in torch's own words).
        """
        for name, shape in inputs.items():
            if torch.Size(shape).numel() > MAX_ELEMENTS:
                raise ProgramError(1, 1, f"the input {name} is too large. {TOO_MANY}")
        empty = {name: torch.empty(shape, device="meta") for name, shape in inputs.items()}
        sizing = Sizing(self.text)
        values = self.evaluate(empty, sizing)
        shapes = {n: tuple(v.shape) for n, v in values.items() if isinstance(v, torch.Tensor)}
        return Sizes(shapes, sizing.touched)


def check(text: str) -> Program:
    """Check ``text`` and return the :class:`Program` that it is.

    Raises:
        ProgramError: pointing at the first thing that is not in the language.
    """
    text = plain_spaces(text.replace("\r\n", "\n")).rstrip() + "\n"
    checker = Checker(text)
    for statement in parsed(text).body:
        checker.statement(statement)
    if not checker.assigned:
        raise ProgramError(1, 1, "there is nothing here yet. Write a line such as `z = x * y`.")
    if not checker.inputs and not checker.makes_tensors:
        raise ProgramError(1, 1, "no tensor is in it. Use a name, such as x in `y = x ** 2`.")
    return Program(
        text,
        tuple(checker.inputs),
        tuple(checker.assigned),
        checker.last,
        frozenset(checker.words),
    )
