"""Torch's own words about a mistake at sizes that no machine here could hold.

The meta device knows shapes but words its errors in its own way. So the same operation is asked of
real tensors that hold one number, read again and again (all strides 0): torch checks their sizes
as it would check any, and refuses before it computes.
"""

from __future__ import annotations

import math

import torch
from torch.nn import functional

from groundup.engine.failures import Failure
from groundup.shapes.question import Question
from groundup.shapes.rules import judge
from groundup.shapes.torch_calls import call
from groundup.tensors.strides import Layout

ON_STRIDES = ("reshape", "view", "permute", "transpose", "squeeze", "unsqueeze", "flatten", "index")
"""Operations that look at strides; the meta device answers these in the words of all others."""


def words(q: Question, line: int | None = None) -> Failure | None:
    """What torch says against ``q``, as if it stood on ``line``; None if the rules allow it."""
    if judge(q).result is not None:
        return None
    try:
        _ask(q)
    except Exception as error:  # whatever torch raises is what is wanted
        return Failure(line, type(error).__name__, str(error))
    return None


def _ask(q: Question) -> None:
    if q.op in ON_STRIDES:
        call(q, torch.empty_strided(q.a.shape, q.a.strides, device="meta"), _one(q.b))
    elif q.op == "@" and min(len(q.a.shape), len(q.b.shape)) and not _folds(q):
        _batches(q)
    elif q.op == "cross_entropy" and q.a.shape not in ((), q.b.shape):
        # cross_entropy would first take a logarithm of all scores; its check is nll_loss's.
        functional.nll_loss(_one(q.a), _one(q.b, torch.int64))
    else:
        whole = q.op == "cross_entropy"
        call(q, _one(q.a), _one(q.b, torch.int64 if whole else torch.float32))


def _one(layout: Layout, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    """A tensor of any size that holds one number."""
    return torch.zeros((), dtype=dtype).expand(layout.shape)


def _folds(q: Question) -> bool:
    """Whether matmul puts the batch and the rows into one dimension, as torch decides by strides.

    Source: ``should_fold`` in ATen's LinearAlgebra.cpp.
    """
    big, small = (q.a, q.b) if len(q.a.shape) >= len(q.b.shape) else (q.b.transposed(), q.a)
    if len(big.shape) < 3 or len(small.shape) > 2:
        return len(big.shape) < 3
    if big.numel == 0:
        return True
    if len(q.a.shape) == 2:
        return False
    sizes, strides = big.shape[:-1], big.strides[:-1]
    inner = zip(strides[:-1], strides[1:], sizes[1:], strict=True)
    return all(outer == step * size for outer, step, size in inner)


def _batches(q: Question) -> None:
    """The products of a batch as matmul takes them: one matrix each, all in one dimension."""
    a, b = _one(q.a), _one(q.b)
    a = a.unsqueeze(0) if a.ndim == 1 else a
    b = b.unsqueeze(1) if b.ndim == 1 else b
    batch = _batch(a, b)
    rows = a.expand(*batch, *a.shape[-2:]).reshape(math.prod(batch), *a.shape[-2:])
    columns = b.expand(*batch, *b.shape[-2:]).reshape(math.prod(batch), *b.shape[-2:])
    torch.bmm(rows, columns)


def _batch(a: torch.Tensor, b: torch.Tensor) -> tuple[int, ...]:
    """The dimensions in front, broadcast; their mismatch is an addition's."""
    fronts = [torch.zeros(()).expand(one.shape[:-2]) for one in (a, b)]
    return tuple((fronts[0] + fronts[1]).shape)
