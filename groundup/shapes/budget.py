"""What a question would cost torch in memory and time, so that nothing large is ever computed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

from groundup.shapes.einsum import read_equation
from groundup.shapes.question import Question, Shape, takes_two
from groundup.shapes.rules import judge
from groundup.shapes.torch_calls import call
from groundup.tensors.lessons import MAX_CELLS
from groundup.tensors.storage import size_text
from groundup.tensors.strides import Layout

WORK = 2_000_000_000
"""Multiplications of one product above which it is described and not computed (0.1 s or so)."""
MAX_RESULT = 10**18
"""More cells than these torch's own arithmetic on sizes may not bear."""
_COPIES = 8
"""A convolution may lay out its windows one by one: so many cells of that weigh as much as one."""


def largest(q: Question) -> int:
    """The most cells that torch would hold or visit for ``q``, scaled so that home() judges it."""
    result = judge(q).result
    cells = max(q.a.numel, q.b.numel, math.prod(result or ()), weights(q))
    if result is None:
        return cells
    if q.op == "@":
        # A batch that is stretched may be copied before the products are taken.
        batch = math.prod(result[:-2])
        sides = [math.prod(s[-2:]) * batch for s in (q.a.shape, q.b.shape)]
        cells = max(cells, *(side // 2 for side in sides))
    if q.op == "nn.Conv2d":
        inputs, _, kernel, *_ = q.numbers
        cells = max(cells, inputs * kernel**2 * math.prod(result[-2:]) // _COPIES)
    return max(cells, cells_of_work(work(q, result)))


def weights(q: Question) -> int:
    """How many numbers the layer of ``q`` learns, its bias left out; 0 for no layer."""
    match q.op:
        case "nn.Linear" | "nn.Embedding":
            return math.prod(q.numbers)
        case "nn.Conv2d":
            return math.prod(q.numbers[:2]) * q.numbers[2] ** 2
    return 0


def work(q: Question, result: Shape) -> int:
    """The multiplications (or comparisons) that make ``result``, where each cell takes many."""
    cells = math.prod(result)
    match q.op:
        case "@":
            return cells * q.a.shape[-1]
        case "nn.Linear":
            return cells * q.numbers[0]
        case "nn.Conv2d":
            return cells * q.numbers[0] * q.numbers[2] ** 2
        case "nn.MaxPool2d":
            return cells * q.numbers[0] ** 2
        case "einsum":
            parts = judge(q).parts
            sizes = (max(part.a or 0, part.b or 0) for part in parts)
            return math.prod(sizes) if read_equation(q.spec).letters else 1
    return 0


def too_big(q: Question) -> str:
    """A sentence where ``q`` is described and not computed; empty where it is computed."""
    if largest(q) <= MAX_CELLS:
        return ""
    return described([q])


def described(questions: Sequence[Question]) -> str:
    """The sentence about the tensors of ``questions``, which are asked one after another."""
    cells, size = held(questions)
    return (
        f"Described, not computed: the largest tensor has {cells:,} cells, and all tensors would "
        f"take {size_text(size)}. The script runs on the meta device, which knows shapes and no "
        "numbers."
    )


def held(questions: Sequence[Question]) -> tuple[int, int]:
    """The most cells of one of the inputs, layers and results, and the bytes of them all.

    A view has no bytes of its own. Each question but the first gets the result of the one before.
    """
    first = questions[0]
    a = _meta(first.a, torch.int64 if first.op == "nn.Embedding" else torch.float32)
    b = _meta(first.b, torch.int64 if first.op == "cross_entropy" else torch.float32)
    tensors = [a, b] if takes_two(first.op, first.spec) else [a]
    for q in questions:
        tensors += [torch.empty(size, device="meta") for size in (weights(q), _biases(q))]
        if judge(q).result is not None:
            tensors.append(call(q, tensors[0] if q is first else tensors[-3], b))
    storages = {x.untyped_storage()._cdata: x.untyped_storage().nbytes() for x in tensors}
    return max(x.numel() for x in tensors), sum(storages.values())


def _meta(layout: Layout, dtype: torch.dtype) -> torch.Tensor:
    return torch.empty_strided(layout.shape, layout.strides, dtype=dtype, device="meta")


def _biases(q: Question) -> int:
    return q.numbers[1] if q.op in {"nn.Linear", "nn.Conv2d"} else 0


def cells_of_work(multiplications: int) -> int:
    """Multiplications in the currency of cells: :data:`WORK` of them weigh as much as a million."""
    return multiplications // (WORK // 1_000_000)
