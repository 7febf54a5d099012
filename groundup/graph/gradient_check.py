"""A second opinion on gradients: nudge each input a little up and down, and see what comes out.

The central difference (f(x + h) − f(x − h)) / 2h knows nothing of autograd. It is not exact either:
its own error is of the order h², and float64 rounds the numbers on the way to f, which the division
by 2h makes larger. How far rounding can move the two answers is worked out for each number, and a
difference within that says nothing.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
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

    ``error`` is the largest |gradient − difference| over the larger of the two, 0 where rounding
    alone can move them so far; NaN where a number is not finite, None where there is no gradient to
    compare.
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
    rounding = _rounding(program, doubles, gradients)
    checks = []
    for name, gradient in gradients.items():
        difference = central_difference(program, doubles, name, max_elements)
        steps = [nudge_of(value) for value in doubles[name].reshape(-1).tolist()]
        noise = [
            rounding.of_output / step + moved
            for step, moved in zip(steps, rounding.in_float32.get(name, ()), strict=False)
        ]
        checks.append(
            Check(name, gradient, difference, relative_error(gradient, difference, noise))
        )
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
        step = nudge_of(at.reshape(-1)[index].item())
        nudge = torch.zeros_like(at)
        nudge.reshape(-1)[index] = step
        up, down = (_total(program, {**inputs, name: at + n}) for n in (nudge, -nudge))
        slopes.append((up - down) / (2 * step))
    return Values(tuple(at.shape), tuple(slopes))


def nudge_of(value: float) -> float:
    """How far ``value`` is nudged."""
    return STEP * max(1.0, abs(value))


def relative_error(
    gradient: Values | None, difference: Values, rounding: Sequence[float]
) -> float | None:
    """The largest relative difference between the two, over the elements that both have.

    ``rounding`` is how far rounding can move the two apart, for each element.
    """
    if gradient is None:
        return None
    pairs = zip(gradient.numbers, difference.numbers, rounding, strict=False)
    errors = [_error(g, d, noise) for g, d, noise in pairs]
    return math.nan if any(math.isnan(e) for e in errors) else max(errors, default=0.0)


def _error(gradient: float, difference: float, rounding: float) -> float:
    apart = abs(gradient - difference)
    if not math.isfinite(apart):
        return math.nan
    return 0.0 if apart <= rounding else apart / max(abs(gradient), abs(difference))


def _total(program: Program, inputs: Mapping[str, torch.Tensor]) -> float:
    try:
        with torch.no_grad():
            results = program.evaluate({n: t.clone() for n, t in inputs.items()}, _in_double)
    except (IndexError, TypeError) as error:
        # Which of its exceptions torch raises differs from call to call.
        raise RuntimeError(str(error)) from error
    return float(results[program.output].sum())


@dataclass(frozen=True)
class _Rounding:
    """How far rounding can move the output in float64, and how far float32 moved each gradient."""

    of_output: float
    in_float32: dict[str, list[float]]


def _rounding(
    program: Program, inputs: Mapping[str, torch.Tensor], gradients: Mapping[str, Values | None]
) -> _Rounding:
    """Both, from one run in float64, forwards and backwards.

    What float32 did to a gradient is what float64 tells it by. More than rounding can do is no
    rounding, and stays a difference: an epsilon of the largest gradient on the way, for each call.
    """
    leaves = {name: tensor.clone().requires_grad_() for name, tensor in inputs.items()}
    calls = _Watched()
    try:
        named = program.evaluate({n: t.clone() for n, t in leaves.items()}, calls)
        named[program.output].sum().backward()
    except (IndexError, TypeError, RuntimeError):
        return _Rounding(0.0, {name: [0.0] * tensor.numel() for name, tensor in inputs.items()})
    most = calls.count * torch.finfo(torch.float32).eps * calls.largest
    in_float32 = {}
    for name, gradient in gradients.items():
        exact = leaves[name].grad
        numbers = [0.0] * leaves[name].numel() if exact is None else exact.reshape(-1).tolist()
        shown = gradient.numbers if gradient else ()
        apart = [abs(a - b) for a, b in zip(shown, numbers, strict=False)]
        in_float32[name] = [one if one <= most else 0.0 for one in apart]
    return _Rounding(calls.rounding, in_float32)


class _Watched:
    """Calls in float64, and the gradients of what they gave.

    ``rounding`` is how far the rounding of all their results moves the output: half an epsilon of
    each number, times the output's derivative by it. ``largest`` is the largest such derivative.
    """

    def __init__(self) -> None:
        self.count, self.largest, self.rounding = 0, 0.0, 0.0

    def __call__(
        self,
        node: ast.expr | ast.stmt,
        function: Callable[..., Any],
        args: list[Any],
        named: dict[str, Any],
    ) -> Any:
        result = _in_double(node, function, args, named)
        self.count += 1
        if isinstance(result, torch.Tensor) and result.requires_grad:
            # A later line may change the result in place.
            passed = partial(self._passed, result.detach().clone())
            result.register_hook(passed)  # type: ignore[no-untyped-call]  # torch gives it no types
        return result

    def _passed(self, value: torch.Tensor, gradient: torch.Tensor) -> None:
        if gradient.numel():
            self.largest = max(self.largest, float(gradient.abs().max()))
            moved = (value * gradient).abs().sum()
            self.rounding += torch.finfo(torch.float64).eps / 2 * float(moved)


def _in_double(
    node: ast.expr | ast.stmt, function: Callable[..., Any], args: list[Any], named: dict[str, Any]
) -> Any:
    result = function(*args, **named)
    # torch.tensor([1.0]) in the text makes float32, which a matrix product does not mix.
    floating = isinstance(result, torch.Tensor) and result.is_floating_point()
    return result.double() if floating else result
