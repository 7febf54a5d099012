"""A chain: up to four operations in a row on one input, with the shape after each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from groundup.shapes.budget import largest
from groundup.shapes.calls import SIGNATURES, Call, bind, read_call
from groundup.shapes.lab import Lab, refuse_the_endless, typed_shape
from groundup.shapes.numbers import MAY_BE_EMPTY, NUMBERS, checked
from groundup.shapes.question import Question, Verdict, said_of
from groundup.shapes.rules import judge
from groundup.shapes.torch_calls import layout_after
from groundup.shapes.writing import layer, method
from groundup.tensors.lessons import MAX_CELLS
from groundup.tensors.strides import Layout

CHAIN = "chain"
"""The lab's operation that is several."""
MAX_LINKS = 4
LINKS = tuple(op for op in NUMBERS if op not in {"cat", "stack", "index", "einsum"})
SHAPELESS = {"ReLU", "relu", "GELU", "gelu", "Sigmoid", "sigmoid", "Tanh", "tanh", "Dropout"}
"""Operations that keep every shape, so that a chain does without them."""

_BETWEEN = re.compile(r"→|->|;|\n|\|")


@dataclass(frozen=True)
class Link:
    """One operation: the question that it asks of what it gets, and the verdict."""

    question: Question
    verdict: Verdict

    @property
    def text(self) -> str:
        """The operation as it is written in a chain: ``nn.Linear(400, 120)``."""
        return written(self.question)


@dataclass(frozen=True)
class Chain:
    """The links that are reached; ``after`` are those behind one that fails, without a shape."""

    links: tuple[Link, ...]
    after: tuple[Question, ...] = ()

    @property
    def broken(self) -> Link | None:
        """The link that fails, if one does: it is the last that is reached."""
        return self.links[-1] if self.links[-1].verdict.result is None else None

    @property
    def verdict(self) -> Verdict:
        """What comes out of the whole chain."""
        last = self.links[-1].verdict
        number = len(self.links)
        traps = [
            f"Operation {n}: {named(one.verdict.trap, n)}"
            for n, one in enumerate(self.links, 1)
            if one.verdict.trap
        ]
        if last.result is None:
            why = f"Operation {number}, {self.links[-1].text}: {named(last.why, number)}"
            return Verdict(None, why)
        why = f"{number} operations, one after another." if number > 1 else last.why
        return Verdict(last.result, why, trap=next(iter(traps), ""))


def written(q: Question) -> str:
    """An operation of a chain as it is typed."""
    return layer(q) if q.op.startswith("nn.") else method(q)


def named(why: str, number: int) -> str:
    """A sentence about ``a``, said of what operation ``number`` gets: the second's is x1."""
    return why if number == 1 else said_of(f"x{number - 1}", why)


def read_chain(lab: Lab) -> Chain:
    """The chain that ``lab`` asks for, judged link by link.

    Raises:
        ValueError: with a sentence for the learner.
    """
    operations = _operations(lab.chain)
    links: list[Link] = []
    layout = Layout(typed_shape("a", lab.a))
    for number, operation in enumerate(operations):
        question = replace(operation, a=layout)
        refuse_the_endless(question)
        links.append(Link(question, judge(question)))
        if links[-1].verdict.result is None:
            return Chain(tuple(links), tuple(operations[number + 1 :]))
        layout = layout_after(question, largest(question) <= MAX_CELLS)
    return Chain(tuple(links))


def _operations(typed: str) -> list[Question]:
    pieces = [piece for part in _BETWEEN.split(typed[:500]) for piece in _apart(part)]
    if not 1 <= len(pieces) <= MAX_LINKS:
        raise ValueError(
            f"A chain has one to {MAX_LINKS} operations with → or ; between them, and here are "
            f"{len(pieces)}. Those that keep every shape, such as nn.ReLU, can be left out."
        )
    operations = [_operation(piece) for piece in pieces]
    if any(one.op == "nn.Embedding" for one in operations[1:]):
        raise ValueError("nn.Embedding looks up whole numbers: here it can only come first.")
    return operations


def _apart(part: str) -> list[str]:
    """The pieces between the commas that stand in no brackets, as in ``nn.Sequential``."""
    pieces, depth = [""], 0
    for sign in part:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += sign
    return [piece.strip() for piece in pieces if piece.strip()]


def _operation(piece: str) -> Question:
    call = read_call(piece.lstrip("."))
    if call.name in SHAPELESS:
        raise ValueError(f"{call.name} keeps every shape: leave it out of the chain.")
    if call.name == "Flatten":
        call = replace(call, name="flatten", numbers=call.numbers or (1,))
    if call.name not in LINKS:
        raise ValueError(f"“{call.name[:30]}” is no operation here. There are {', '.join(LINKS)}.")
    keepdim = call.named.get("keepdim") is True
    numbers = _numbers(call)
    if not numbers and call.name not in MAY_BE_EMPTY | {"reshape", "view", "permute", "expand"}:
        raise ValueError(f"{call.name} takes {NUMBERS[call.name][0]}.")
    return Question(call.name, Layout(()), Layout(()), checked(call.name, numbers), keepdim)


def _numbers(call: Call) -> tuple[int, ...]:
    if call.name in SIGNATURES:
        return bind(call.name, call.numbers, call.named)
    given = dict(call.named)
    if call.name in {"sum", "mean"}:
        given.pop("keepdim", None)
    numbers = call.numbers
    for name in {"flatten": ("start_dim", "end_dim")}.get(call.name, ("dim",)):
        value = given.pop(name, None)
        if value is not None and not (name == "dim" and numbers):
            start = (0,) if name == "end_dim" and not numbers else ()
            numbers = (*numbers, *start, *(value if isinstance(value, tuple) else (int(value),)))
    if given:
        wrong = next(iter(given))[:20]
        raise ValueError(f"{call.name} takes {NUMBERS[call.name][0]}, not {wrong}.")
    return numbers
