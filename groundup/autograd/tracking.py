"""Watch what autograd knows of every tensor of a text, statement by statement."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import torch

from groundup.engine.failures import Failure, Notice
from groundup.engine.observe import Run
from groundup.engine.snapshot import Snapshot, brief, number, snapshot
from groundup.parsing import syntax_tree

NO_GRADIENT, ZERO, GRADIENT = "none", "zero", "some"
"""What ``.grad`` holds: no tensor at all, a tensor full of zeros, or slopes."""

_SHOWN = 4


@dataclass(frozen=True)
class Tracked:
    """One tensor at one moment; ``gradient`` is one of the three states above."""

    seen: Snapshot
    gradient: str

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts that a reader compares between two moments, by name."""
        shown = {
            key: getattr(self.seen, key)
            for key in ("requires_grad", "is_leaf", "grad_fn", "version", "retains_grad", "value")
        }
        return shown | {"grad": (self.gradient, self.seen.grad)}


@dataclass(frozen=True)
class TrackedMoment:
    """Every tensor after the statement on ``line``; ``failed`` if that statement raised."""

    line: int
    tensors: Mapping[str, Tracked]
    failed: bool = False


@dataclass(frozen=True)
class TrackedRun:
    """A text that was run: its moments, and which tensors each tensor was made from."""

    moments: tuple[TrackedMoment, ...]
    operands: Mapping[str, tuple[str, ...]]
    failure: Failure | None
    notices: tuple[Notice, ...]


def track_run(text: str) -> TrackedRun:
    """Run ``text``; keep a moment for each statement from the first tensor on."""
    run, moments = Run(text), []
    while step := run.step():
        tensors = tracked(run.variables)
        if tensors:
            moments.append(TrackedMoment(step.line, tensors))
    if run.failure:
        moments.append(TrackedMoment(run.failure.line or 1, tracked(run.variables), failed=True))
    names = set(moments[-1].tensors) if moments else set()
    return TrackedRun(tuple(moments), operands(text, names), run.failure, tuple(run.notices))


def tracked(variables: Mapping[str, Any]) -> dict[str, Tracked]:
    """The tensors among ``variables``, in the order in which they were made."""
    return {
        name: Tracked(_snapshot(name, value), gradient_state(value))
        for name, value in variables.items()
        if isinstance(value, torch.Tensor)
    }


def _snapshot(name: str, tensor: torch.Tensor) -> Snapshot:
    """A snapshot with all values of a small tensor."""
    seen = snapshot(name, tensor)
    grad = written(tensor.grad) if seen.grad is not None and tensor.grad is not None else None
    return replace(seen, value=written(tensor), grad=grad)


def written(tensor: torch.Tensor) -> str:
    """The numbers of a small tensor in the brackets of its shape; the first few of a larger one.

    >>> written(torch.tensor([[1.0], [-2.5]])), written(torch.tensor(0.5))
    ('[[1], [−2.5]]', '0.5')
    """
    return _nested(tensor.tolist()) if tensor.numel() <= _SHOWN else brief(tensor, _SHOWN)


def _nested(numbers: Any) -> str:
    if isinstance(numbers, list):
        return f"[{', '.join(map(_nested, numbers))}]"
    return number(float(numbers))


def gradient_state(tensor: torch.Tensor) -> str:
    """:data:`NO_GRADIENT`, :data:`ZERO` or :data:`GRADIENT`."""
    # Asking a non-leaf for its grad makes torch warn.
    if not (tensor.is_leaf or tensor.retains_grad) or tensor.grad is None:
        return NO_GRADIENT
    return GRADIENT if bool(tensor.grad.any()) else ZERO


def moment_at(run: TrackedRun, line: int) -> int:
    """The index of the last moment at or before ``line``; 0 where there is none."""
    return max((n for n, moment in enumerate(run.moments) if moment.line <= line), default=0)


def changes(before: TrackedMoment | None, now: TrackedMoment) -> dict[str, set[str]]:
    """Name of a tensor to the facts that are new or changed since ``before``."""
    changed = {}
    for name, tensor in now.tensors.items():
        old = before.tensors.get(name) if before else None
        known = old.facts if old else {}
        changed[name] = {k for k, v in tensor.facts.items() if known.get(k, ...) != v}
    return changed


def operands(text: str, names: set[str]) -> dict[str, tuple[str, ...]]:
    """Each assigned name to those of ``names`` that its statement reads."""
    named: dict[str, tuple[str, ...]] = {}
    for statement in syntax_tree(text).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target in names:
                read = [node for node in ast.walk(value) if isinstance(node, ast.Name)]
                read.sort(key=lambda node: (node.lineno, node.col_offset))
                named[target] = tuple(dict.fromkeys(n.id for n in read if n.id in names))
    return named


def destiny(tensor: Tracked) -> str:
    """Where the gradient goes that reaches ``tensor``, in words."""
    if not tensor.seen.requires_grad:
        return "none comes: it is not tracked"
    if tensor.seen.is_leaf:
        return f"stays here: added to `{tensor.seen.name}.grad`"
    if tensor.seen.retains_grad:
        return f"passes on to its operands; `{tensor.seen.name}.grad` keeps a copy"
    return "passes on to its operands, and is not kept"
