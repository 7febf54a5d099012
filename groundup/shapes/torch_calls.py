"""An operation of the lab called in torch on given tensors, whatever they are made of.

Tensors without numbers (the meta device) tell strides; tensors whose every stride is 0 hold one
number and are as large as one likes: with these torch checks sizes as with any others.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import torch
from torch.nn import functional

from groundup.shapes.indexing import Item, read_index
from groundup.shapes.question import Question
from groundup.tensors.strides import Layout


def call(q: Question, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """What torch answers to ``q`` for ``a`` and ``b``; layers get weights of a's own kind.

    Raises:
        Exception: what torch raises.
    """
    if q.op in _CALLS:
        result = _CALLS[q.op](q, a, b)
    elif q.op in {"reshape", "view", "permute", "expand"}:
        result = getattr(a, q.op)(q.numbers)
    else:
        result = getattr(a, q.op)(*q.numbers)
    assert isinstance(result, torch.Tensor)
    return result


def _linear(q: Question, a: torch.Tensor, _: torch.Tensor) -> torch.Tensor:
    inputs, outputs = q.numbers
    return functional.linear(a, _like(a, (outputs, inputs)), _like(a, (outputs,)))


def _conv2d(q: Question, a: torch.Tensor, _: torch.Tensor) -> torch.Tensor:
    inputs, outputs, kernel, stride, padding = q.numbers
    weight = _like(a, (outputs, inputs, kernel, kernel))
    return functional.conv2d(a, weight, _like(a, (outputs,)), stride, padding)


def _max_pool2d(q: Question, a: torch.Tensor, _: torch.Tensor) -> torch.Tensor:
    kernel, stride, padding = q.numbers
    return functional.max_pool2d(a, kernel, stride, padding)


def _indexed(a: torch.Tensor, items: tuple[Item, ...]) -> torch.Tensor:
    """``a[…]``: one index alone is no tuple to Python, and torch words its errors otherwise."""
    return a[items[0] if len(items) == 1 else items]


def _like(a: torch.Tensor, shape: tuple[int, ...]) -> torch.Tensor:
    if a.is_meta:
        return torch.empty(shape, device="meta")
    return torch.zeros(()).expand(shape)


@lru_cache(maxsize=256)
def layout_after(q: Question, computed: bool = False) -> Layout:
    """Sizes and strides of the result of ``q``, which torch must be able to answer.

    A convolution of a turned picture may leave its result turned, and the meta device does not know
    it: with ``computed`` such a one is computed, which the caller must be able to afford.
    """
    turned = q.op in {"nn.Conv2d", "nn.MaxPool2d"} and q.a != Layout(q.a.shape)
    device = "cpu" if turned and computed else "meta"
    dtype = torch.int64 if q.op == "nn.Embedding" else torch.float32
    a, b = (
        torch.empty_strided(one.shape, one.strides, dtype=dtype, device=device).zero_()
        for one in (q.a, q.b)
    )
    result = call(q, a, b)
    return Layout(tuple(result.shape), tuple(result.stride()))


_CALLS: dict[str, Callable[[Question, torch.Tensor, torch.Tensor], torch.Tensor]] = {
    "@": lambda q, a, b: a @ b,
    "+": lambda q, a, b: a + b,
    "-": lambda q, a, b: a - b,
    "*": lambda q, a, b: a * b,
    "/": lambda q, a, b: a / b,
    "cat": lambda q, a, b: torch.cat([a, b], dim=q.numbers[0]),
    "stack": lambda q, a, b: torch.stack([a, b], dim=q.numbers[0]),
    "index": lambda q, a, b: _indexed(a, read_index(q.spec)),
    "sum": lambda q, a, b: a.sum(q.numbers or None, keepdim=q.keepdim),
    "mean": lambda q, a, b: a.mean(q.numbers or None, keepdim=q.keepdim),
    "einsum": lambda q, a, b: torch.einsum(q.spec, *((a, b) if "," in q.spec else (a,))),
    "nn.Linear": _linear,
    "nn.Conv2d": _conv2d,
    "nn.MaxPool2d": _max_pool2d,
    "nn.Embedding": lambda q, a, b: functional.embedding(a, _like(a, q.numbers)),
    "cross_entropy": lambda q, a, b: functional.cross_entropy(a, b),
}
"""The operations that are no method of a whose arguments are the numbers."""
