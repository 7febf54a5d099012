"""Steps that come before the operation of the lab: ``b.mT; a.flatten(1)``."""

from __future__ import annotations

import re

from groundup.engine.literals import plain_minus
from groundup.shapes.calls import SIGNATURES, bind, read_call
from groundup.shapes.numbers import checked
from groundup.shapes.question import PAIRS, Question, said_of
from groundup.shapes.rules import judge
from groundup.shapes.torch_calls import layout_after
from groundup.shapes.writing import method
from groundup.tensors.strides import Layout

MAX_STEPS = 4
MOVES = ("unsqueeze", "squeeze", "flatten", "permute", "transpose", "reshape", "view")
"""Operations that can be a step: they leave the cells as many as they are."""

_STEP = re.compile(r"([ab])\.(mT|contiguous\(\)|(\w+)\([-\d, ]{0,60}\))", re.ASCII)


def read_steps(steps: str, op: str) -> list[str]:
    """The steps one by one.

    Raises:
        ValueError: for a step that is none of the known ones, or too many.
    """
    written = [step.strip() for step in plain_minus(steps).split(";") if step.strip()]
    for step in written:
        known = _STEP.fullmatch(step)
        if not known or known[3] not in (None, *MOVES) or (known[1] == "b" and op not in PAIRS):
            raise ValueError(
                f"“{step[:30]}” is no step here. Use a.mT, a.unsqueeze(0), a.squeeze(1), "
                "a.flatten(1), a.permute(0, 2, 1) or a.contiguous(). With two tensors, b has "
                "the same steps. Or clear the box."
            )
    if len(written) > MAX_STEPS:
        raise ValueError(f"{len(written)} steps are too many: up to {MAX_STEPS} fit here.")
    return written


def after(step: str, layout: Layout) -> Layout:
    """The layout when ``step`` is done.

    Raises:
        ValueError: with a sentence, where torch would refuse it.
    """
    if step.endswith(".contiguous()"):
        return Layout(layout.shape)
    if step.endswith(".mT"):
        return _turned(step, layout)
    question = question_of(step[2:], layout)
    if method(question) != step[2:]:
        raise ValueError(f"“{step[:30]}” is written {step[:2]}{method(question)} here.")
    verdict = judge(question)
    if verdict.result is None:
        why = said_of(step[0], verdict.why)
        raise ValueError(f"{step}: {why} Clear the box “First do”, or change the step.")
    return layout_after(question)


def question_of(written: str, layout: Layout) -> Question:
    """The question that a move such as ``flatten(1)`` asks of ``layout``."""
    call = read_call(written)
    numbers = call.numbers
    if call.name in SIGNATURES:
        numbers = bind(call.name, numbers, call.named)
    return Question(call.name, layout, numbers=checked(call.name, numbers))


def _turned(step: str, layout: Layout) -> Layout:
    if len(layout.shape) < 2:
        raise ValueError(
            f"{step} swaps the last two dimensions, and {step[0]} has {len(layout.shape)}. "
            "Clear the box “First do”, or unsqueeze first."
        )
    return layout.transposed()
