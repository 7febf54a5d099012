"""PyTorch's shape rules: what comes out of an operation, or which dimension is to blame.

The rules are the documented ones (broadcasting semantics, ``torch.matmul``, ``torch.cat``, …),
written out so that each dimension's part can be shown. Torch itself is the judge: the tests hold
every verdict against it.
"""

from __future__ import annotations

from collections.abc import Callable

from groundup.shapes import one_tensor as singles
from groundup.shapes import two_tensors as pairs
from groundup.shapes.question import OPERATIONS, PAIRS, Part, Question, Verdict

__all__ = ["OPERATIONS", "PAIRS", "Part", "Question", "Verdict", "judge"]

_RULES: dict[str, Callable[[Question], Verdict]] = {
    "@": pairs.matmul,
    "+": pairs.elementwise,
    "-": pairs.elementwise,
    "*": pairs.elementwise,
    "cat": pairs.cat,
    "stack": pairs.stack,
    "reshape": singles.reshape,
    "view": singles.view,
    "permute": singles.permute,
    "squeeze": singles.squeeze,
    "unsqueeze": singles.unsqueeze,
    "sum": singles.reduce,
    "mean": singles.reduce,
    "nn.Linear": singles.linear,
}


def judge(question: Question) -> Verdict:
    """Say what torch will answer to ``question``, and why."""
    return _RULES[question.op](question)
