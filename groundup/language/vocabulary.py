"""The words of the little language: which of torch's functions it knows.

A name that is not listed here cannot be called, however it is spelled.
"""

from __future__ import annotations

import ast
import builtins
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
from torch.nn import functional

_ELEMENTWISE = """
    abs exp expm1 log log1p sqrt rsqrt square reciprocal neg sign sin cos tan tanh sigmoid relu erf
    clamp pow maximum minimum
"""
_WHOLE = "sum mean prod max min amax amin softmax log_softmax logsumexp"
_SHAPES = "matmul dot reshape transpose flatten squeeze unsqueeze clone detach"
_FUNCTIONAL = """
    relu sigmoid tanh softmax log_softmax softplus gelu silu elu leaky_relu linear
    mse_loss l1_loss cross_entropy binary_cross_entropy
"""
_KEYWORDS = """
    alpha beta dim dim0 dim1 keepdim label_smoothing max min negative_slope requires_grad
"""
_BOTH = f"{_ELEMENTWISE} {_WHOLE} {_SHAPES}".split()

TORCH: Mapping[str, Callable[..., Any]] = {
    name: getattr(torch, name) for name in (*_BOTH, "tensor")
}
"""What may be called as ``exp(x)`` or ``torch.exp(x)``."""

FUNCTIONAL: Mapping[str, Callable[..., Any]] = {
    name: getattr(functional, name) for name in _FUNCTIONAL.split()
}
"""What may be called as ``F.mse_loss(y, t)``, and as ``mse_loss(y, t)`` where torch has none."""

METHODS: Mapping[str, Callable[..., Any]] = {
    # As a function t would take away a letter that learners use for targets.
    n: getattr(torch.Tensor, n)
    for n in (*_BOTH, "t")
}
"""What may be called as ``x.exp()``."""

KEYWORDS = frozenset(_KEYWORDS.split())
"""The keyword arguments that may be given, each with a literal."""

OPERATORS: Mapping[type[ast.operator], tuple[str, Callable[..., Any], Callable[..., Any]]] = {
    ast.Add: ("+", operator.add, operator.iadd),
    ast.Sub: ("-", operator.sub, operator.isub),
    ast.Mult: ("*", operator.mul, operator.imul),
    ast.Div: ("/", operator.truediv, operator.itruediv),
    ast.Pow: ("**", operator.pow, operator.ipow),
    ast.MatMult: ("@", operator.matmul, operator.imatmul),
}
"""Operator to its sign, what it does, and what it does in place."""

MODULES = ("torch", "F")
RESERVED = frozenset((*MODULES, *TORCH, *FUNCTIONAL, *dir(builtins)))
"""Names that mean something already, and can be neither an input nor assigned to."""

ALLOWED = (
    "assignments such as `y = x * (a + b)`, numbers, + - * / ** @, += and its kin, and calls such "
    "as `exp(x)`, `x.sum()` or `mse_loss(y, t)`"
)
"""What may be written, in words that end a refusal."""


def function(name: str) -> Callable[..., Any] | None:
    """What a bare ``name`` calls, if it is one of the words."""
    return TORCH.get(name) or FUNCTIONAL.get(name)


def imports(words: Iterable[str]) -> list[str]:
    """The import lines that a text needs which calls ``words``, as they are written.

    >>> imports(["exp", "F.mse_loss"])
    ['import torch', 'from torch import exp', 'import torch.nn.functional as F']
    """
    bare = sorted(word for word in words if "." not in word)
    from_torch = [word for word in bare if word in TORCH]
    functional_only = [word for word in bare if word not in TORCH]
    lines = ["import torch"]
    if from_torch:
        lines.append(f"from torch import {', '.join(from_torch)}")
    if functional_only:
        lines.append(f"from torch.nn.functional import {', '.join(functional_only)}")
    if any(word.startswith("F.") for word in words):
        lines.append("import torch.nn.functional as F")
    return lines
