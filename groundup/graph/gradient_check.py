"""A second opinion on gradients: nudge each input a little up and down, and see what comes out.

The central difference (f(x + h) − f(x − h)) / 2h knows nothing of autograd; its own error is of the
order h², and float64 keeps the rounding near 1e-10.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch

from groundup.graph.values import Values
from groundup.language.program import Program

MAX_NUDGED = 24
"""How many of an input's numbers are nudged."""

MAX_OPERATIONS = 30_000
"""How many operations all the nudges may take together; a long program's inputs get fewer."""

MAX_TOUCHED_BY_CHECK = 2**26
"""How many numbers all the nudges may touch together, for the same reason."""

STEP = 1e-6
"""The nudge, relative to the number (to 1, for small ones)."""


@dataclass(frozen=True)
class Check:
    """An input's gradient beside its central difference.

    ``error`` is the largest |gradient − difference| over the larger of the two; NaN where a number
    is not finite, None where there is no gradient to compare.
    """

    name: str
    gradient: Values | None
    difference: Values
    error: float | None


def check_gradients(
    program: Program, inputs: Mapping[str, torch.Tensor], gradients: Mapping[str, Values | None]
) -> list[Check]:
    """Compare each of ``gradients`` with the central difference of the program's output (summed).

    Raises:
        RuntimeError: if the program fails on the nudged inputs.
    """
    sizes = program.sizes({name: tuple(tensor.shape) for name, tensor in inputs.items()})
    max_elements = _affordable(program, len(gradients), sizes.touched)
    doubles = {name: tensor.detach().double() for name, tensor in inputs.items()}
    checks = []
    for name, gradient in gradients.items():
        difference = central_difference(program, doubles, name, max_elements)
        checks.append(Check(name, gradient, difference, relative_error(gradient, difference)))
    return checks


def _affordable(program: Program, inputs: int, touched: int) -> int:
    """How many numbers of each of so many inputs can be nudged, up and down."""
    kinds = ast.BinOp | ast.UnaryOp | ast.Call | ast.AugAssign
    operations = sum(isinstance(node, kinds) for node in ast.walk(program.tree))
    runs = min(MAX_OPERATIONS // max(operations, 1), MAX_TOUCHED_BY_CHECK // max(touched, 1))
    return min(MAX_NUDGED, max(1, runs // (2 * max(inputs, 1))))


def central_difference(
    program: Program, inputs: Mapping[str, torch.Tensor], name: str, max_elements: int = MAX_NUDGED
) -> Values:
    """d(sum of output)/d(input ``name``), by element, for the first ``max_elements``."""
    at = inputs[name]
    slopes = []
    for index in range(min(at.numel(), max_elements)):
        step = STEP * max(1.0, abs(at.reshape(-1)[index].item()))
        nudge = torch.zeros_like(at)
        nudge.reshape(-1)[index] = step
        up, down = (_total(program, {**inputs, name: at + n}) for n in (nudge, -nudge))
        slopes.append((up - down) / (2 * step))
    return Values(tuple(at.shape), tuple(slopes))


def relative_error(gradient: Values | None, difference: Values) -> float | None:
    """The largest relative difference between the two, over the elements that both have."""
    if gradient is None:
        return None
    pairs = list(zip(gradient.numbers, difference.numbers, strict=False))
    errors = [_error(g, d) for g, d in pairs]
    return math.nan if any(math.isnan(e) for e in errors) else max(errors, default=0.0)


def _error(gradient: float, difference: float) -> float:
    if not (math.isfinite(gradient) and math.isfinite(difference)):
        return math.nan
    # Below the rounding of a difference, two numbers cannot be told apart.
    largest = max(abs(gradient), abs(difference), 1e-3)
    return abs(gradient - difference) / largest


def _total(program: Program, inputs: Mapping[str, torch.Tensor]) -> float:
    try:
        with torch.no_grad():
            results = program.evaluate({n: t.clone() for n, t in inputs.items()}, _in_double)
    except (IndexError, TypeError) as error:
        # Which of its exceptions torch raises differs from call to call.
        raise RuntimeError(str(error)) from error
    return float(results[program.output].sum())


def _in_double(
    node: ast.expr | ast.stmt, function: Callable[..., Any], args: list[Any], named: dict[str, Any]
) -> Any:
    result = function(*args, **named)
    # torch.tensor([1.0]) in the text makes float32, which a matrix product does not mix.
    floating = isinstance(result, torch.Tensor) and result.is_floating_point()
    return result.double() if floating else result
