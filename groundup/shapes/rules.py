"""PyTorch's shape rules: what comes out of an operation, or which dimension is to blame.

The rules are the documented ones (broadcasting semantics, ``torch.matmul``, ``torch.cat``, …),
written out so that each dimension's part can be shown. Torch itself is the judge: the tests hold
every verdict against it.
"""

from __future__ import annotations

from collections.abc import Callable

from groundup.shapes import einsum, flatten_expand, indexing, layers, losses
from groundup.shapes import one_tensor as singles
from groundup.shapes import reductions as many
from groundup.shapes import two_tensors as pairs
from groundup.shapes.question import (
    ELEMENTWISE,
    LAYERS,
    OPERATIONS,
    PAIRS,
    Part,
    Question,
    Verdict,
)

__all__ = ["ELEMENTWISE", "LAYERS", "OPERATIONS", "PAIRS", "Part", "Question", "Verdict", "judge"]

_RULES: dict[str, Callable[[Question], Verdict]] = {
    "@": pairs.matmul,
    **dict.fromkeys(ELEMENTWISE, pairs.elementwise),
    "cat": pairs.cat,
    "stack": pairs.stack,
    "reshape": singles.reshape,
    "view": singles.view,
    "flatten": flatten_expand.flatten,
    "permute": singles.permute,
    "transpose": singles.transpose,
    "squeeze": singles.squeeze,
    "unsqueeze": singles.unsqueeze,
    "expand": flatten_expand.expand,
    "index": indexing.index,
    "sum": many.reduce,
    "mean": many.reduce,
    "einsum": einsum.einsum,
    "nn.Linear": layers.linear,
    "nn.Conv2d": layers.conv2d,
    "nn.MaxPool2d": layers.max_pool2d,
    "nn.Embedding": layers.embedding,
    "cross_entropy": losses.cross_entropy,
}


def judge(question: Question) -> Verdict:
    """Say what torch will answer to ``question``, and why."""
    return _RULES[question.op](question)
