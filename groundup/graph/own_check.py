"""The central differences of a script in the whole language: nudge a leaf, and run it again.

The text itself runs, in float64: whatever a call takes in float32 is made float64 first, and the
leaf that is asked for is nudged when it is first used. It runs up to its first ``backward()``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from groundup.graph.gradient_check import MAX_NUDGED, Check, nudge_of, relative_error
from groundup.graph.graph_watch import BACKWARD
from groundup.graph.operations import TURNED, asked_by, frame_of, is_call, name_of, tensors_in
from groundup.graph.own_program import FILE, run
from groundup.graph.script import Script
from groundup.graph.values import Values

MAX_RUNS = 60
"""How often the text is run for all its leaves together."""

Nudge = tuple[int, int, float] | None


class _There(BaseException):
    """The text has come to its backward(); no ``Exception``, or the text could catch it."""


class _Exact(TorchFunctionMode):
    """Runs a text in float64, with one number of one leaf moved by a little.

    ``nudge`` is the leaf's place in the order of first use, its number's place, and how far.
    """

    def __init__(self, lines: range, nudge: Nudge) -> None:
        super().__init__()
        self.leaves: list[torch.Tensor] = []
        self.output: float | None = None
        self._lines, self._nudge = lines, nudge
        self._seen: dict[int, torch.Tensor] = {}

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        kwargs = kwargs or {}
        if func in BACKWARD:
            self.output = _summed(args, kwargs)
            raise _There
        # Reading x.grad or x.shape asks nothing of its numbers.
        reads = getattr(func, "__name__", "") == "__get__" and name_of(func) not in TURNED
        before = [t for t in tensors_in((*args, *kwargs.values())) if id(t) not in self._seen]
        if not reads and self._in_text():
            for tensor in before:
                self._take(tensor)
        result = func(*args, **kwargs)
        if is_call(func, result) and id(result) not in self._seen and self._in_text():
            self._take(result)
        return result

    def _in_text(self) -> bool:
        frame = frame_of(FILE)
        return frame is not None and frame.f_lineno in self._lines and asked_by(frame) != "torch"

    def _take(self, tensor: torch.Tensor) -> None:
        self._seen[id(tensor)] = tensor
        if tensor.dtype == torch.float32:
            tensor.data = tensor.data.double()
        if not (tensor.requires_grad and tensor.is_leaf):
            return
        self.leaves.append(tensor.detach().clone())
        if self._nudge and self._nudge[0] == len(self.leaves) - 1:
            tensor.data.reshape(-1)[self._nudge[1]] += self._nudge[2]


def _summed(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> float:
    root = args[0] if args else kwargs.get("outputs")
    root = root[0] if isinstance(root, list | tuple) else root
    weight = args[1] if len(args) > 1 else kwargs.get("gradient")
    if not isinstance(root, torch.Tensor):
        return math.nan
    weighted = root * weight if isinstance(weight, torch.Tensor) else root
    return float(weighted.detach().sum())


def check_own(script: Script, gradients: Mapping[str, Values | None]) -> list[Check]:
    """Compare each of ``gradients``, in the order of the leaves, with its central difference.

    Raises:
        RuntimeError: if the script does not come to its backward().
    """
    leaves = _run(script, None).leaves
    shared = max(1, MAX_RUNS // (2 * max(len(gradients), 1)))
    checks = []
    for place, ((name, gradient), leaf) in enumerate(zip(gradients.items(), leaves, strict=False)):
        difference = _difference(script, place, leaf, min(MAX_NUDGED, shared))
        # Float32 rounds each operation's result; a run's own rounding is not known here.
        noise = [1e-5 * max(map(abs, difference.numbers), default=0.0)] * len(difference.numbers)
        error = relative_error(gradient, difference, noise)
        checks.append(Check(name, gradient, difference, error))
    return checks


def _difference(script: Script, place: int, leaf: torch.Tensor, most: int) -> Values:
    slopes = []
    for index, number in enumerate(leaf.reshape(-1)[:most].tolist()):
        moved = nudge_of(number)
        up, down = (_run(script, (place, index, n)).output for n in (moved, -moved))
        slopes.append((_there(up) - _there(down)) / (2 * moved))
    return Values(tuple(leaf.shape), tuple(slopes))


def _there(output: float | None) -> float:
    if output is None:
        raise RuntimeError("the script does not come to its backward()")
    return output


def _run(script: Script, nudge: Nudge) -> _Exact:
    exact = _Exact(script.lines, nudge)
    with suppress(_There):
        run(script, exact)
    _there(exact.output)
    return exact
