"""Shapes that fit by accident: a column against a row, and a square matrix against a vector."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from groundup.diagnosis.findings import Finding
from groundup.diagnosis.marks import Mark
from groundup.diagnosis.mode import Call, Listeners
from groundup.diagnosis.rule import Rule, Scene

ELEMENTWISE = (
    "sub",
    "rsub",
    "mul",
    "div",
    "true_divide",
    "add",
    "__rsub__",
    "__rdiv__",
    "subtract",
)
LOSSES = ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss")
COMPARED = ("eq", "__eq__", "ne", "__ne__", "gt", "lt")
REDUCED = ("sum", "mean", "amax", "amin", "std", "norm", "logsumexp", "vector_norm", "var")


class Shapes(Rule):
    """Hears what is broadcast, and whether a loss or a score was made of it."""

    def listen(self, to: Listeners) -> None:
        """Differences, losses, comparisons; and reductions, for what comes of them."""
        self._scores: dict[int, tuple[Any, Any]] = {}
        self._squares: dict[int, tuple[Any, Any, int]] = {}
        to.add(*ELEMENTWISE, before=self._against_its_own)
        to.add(*ELEMENTWISE, *COMPARED, after=self._broadcast)
        to.add(*LOSSES, before=self._loss)
        to.add(*REDUCED, before=self._scored, after=self._reduced)

    def _broadcast(self, call: Call, result: Any) -> None:
        shapes = column_and_row(call)
        if shapes and type(result) is torch.Tensor:
            one, other = call.args[:2]
            compared = call.name in COMPARED
            if compared or one.requires_grad != other.requires_grad:
                self.of.marks.put(result, [Mark("wide", call.line, shapes, "shape")])

    def _loss(self, call: Call) -> None:
        shapes = column_and_row(call)
        if shapes:
            self._scores[call.line] = shapes

    def _scored(self, call: Call) -> None:
        mark = self.of.marks.one(call.first, "wide")
        if mark and len(call.args) == 1 and not call.kwargs:
            self._scores[mark.line] = mark.what

    def _reduced(self, call: Call, result: Any) -> None:
        dim = call.get(2 if call.name in {"norm", "vector_norm"} else 1, "dim")
        source = call.first
        if type(dim) is not int or not isinstance(source, torch.Tensor):
            return
        gone = isinstance(result, torch.Tensor) and result.dim() < source.dim()
        if source.dim() > 1 and dim % source.dim() and gone:
            what = (id(source), tuple(source.shape), dim % source.dim())
            self.of.marks.put(result, [Mark("reduced", call.line, what)])

    def _against_its_own(self, call: Call) -> None:
        if len(call.args) < 2:
            return
        for one, other in (call.args[:2], call.args[1::-1]):
            mark = self.of.marks.one(other, "reduced")
            if mark and mark.what[:2] == (id(one), tuple(getattr(one, "shape", ()))):
                self._squares.setdefault(
                    call.line, (mark.what[1], tuple(other.shape), mark.what[2])
                )

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """Each line once."""
        for line, (one, other) in self._scores.items():
            count = max(one[0], other[0])
            yield Finding(
                "broadcast",
                line,
                f"{one} against {other} is broadcast to {(count, count)}: each of {count} answers "
                f"meets all {count} targets.",
                evidence=(f"{count * count} numbers for {count} samples",),
                fix="Give both the same shape: y.unsqueeze(1), or the answers' squeeze(1).",
                mistake="targets_by_hand",
            )
        for line, (matrix, vector, dim) in self._squares.items():
            yield Finding(
                "square",
                line,
                f"{matrix} meets {vector}, its own sum or mean over dim {dim}. Broadcasting lays "
                "it along the last dimension, not along the one that is left.",
                evidence=(f"With another number of rows than columns {vector} would not fit.",),
                fix="Reduce with keepdim=True.",
            )


def column_and_row(call: Call) -> tuple[Any, Any] | None:
    """The shapes of the first two operands, if one is (N, 1) and the other (N,), of more than 1."""
    pair = (call.get(0, "input"), call.get(1, "target"))
    if not all(isinstance(one, torch.Tensor) for one in pair):
        return None
    first, second = (tuple(one.shape) for one in pair)
    column, row = (first, second) if len(first) == 2 else (second, first)
    fits = len(column) == 2 and len(row) == 1 and column == (row[0], 1) and row[0] > 1
    if not fits or pair[0].is_meta or _one_memory(*pair):
        return None
    return first, second


def _one_memory(one: torch.Tensor, other: torch.Tensor) -> bool:
    return one.untyped_storage().data_ptr() == other.untyped_storage().data_ptr()
