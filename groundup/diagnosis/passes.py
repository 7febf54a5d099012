"""Listen to backward passes: what each was made from, and which gradients it left."""

from __future__ import annotations

import math
from contextlib import suppress

import torch

from groundup.diagnosis.graph import Note, Seen, note, walk
from groundup.diagnosis.history import Broken, History
from groundup.diagnosis.leaves import Leaf, identity, sample, size_of
from groundup.diagnosis.mode import Call, Listeners, tensors

LAYERS = ("linear", "conv1d", "conv2d", "batch_norm", "layer_norm")
KEPT = 4_000
"""So many losses, and so many marks, are kept."""


class Passes:
    """Hears each call for what goes into a loss, and each backward()."""

    def __init__(self, history: History, listeners: Listeners) -> None:
        self._of = history
        self._now: list[tuple[Leaf, torch.Tensor]] = []
        listeners.always.append(self._computed)
        listeners.add(
            *LAYERS, "matmul", "mm", "__matmul__", after=lambda call, _: self._given(call)
        )
        listeners.add("backward", before=self._before, after=self._after)

    # What goes into a result

    def _computed(self, call: Call, result: object) -> None:
        # Of a view whose base was written to as PyTorch forbids, nothing can be asked.
        with suppress(RuntimeError):
            self._note(call, result)

    def _note(self, call: Call, result: object) -> None:
        results = tensors((result,))
        if not results:
            return
        operands = tensors((*call.args, *call.kwargs.values()) if call.kwargs else call.args)
        uses = self._uses(operands, call.line)
        marks = self._of.marks.handed_on(operands, results[0]) if self._of.marks else []
        for one in results:
            if marks and all(one is not operand for operand in operands):
                self._of.marks.put(one, marks)
            if one.requires_grad:
                if uses or marks:
                    note(one, Note(call.line, uses, tuple(marks)))
                elif one.is_leaf:
                    self._of.leaves.of(one, call.line)

    def _given(self, call: Call) -> None:
        """What a layer is given, or multiplied with a parameter, is no parameter itself."""
        one, other = (*call.args, None, None)[:2]
        leaf = self._of.leaves.known(one)
        multiplied = isinstance(other, torch.Tensor) and other.is_leaf and other.requires_grad
        if leaf is not None and not leaf.parameter and (call.name in LAYERS or multiplied):
            self._of.data.add(leaf.number)

    def _uses(
        self, operands: list[torch.Tensor], line: int
    ) -> tuple[tuple[int, tuple[int, int]], ...]:
        found = []
        for one in operands:
            if one.requires_grad and one.is_leaf:
                leaf = self._of.leaves.of(one, line)
                if leaf is not None:
                    leaf.forward |= torch.is_grad_enabled()
                    found.append((leaf.number, leaf.key(one)))
        return tuple(found)

    # Before a backward pass

    def _before(self, call: Call) -> None:
        loss = call.first
        self._now = []
        if not isinstance(loss, torch.Tensor) or not loss.requires_grad:
            return
        self._of.backwards += 1
        self._of.backward_line = call.line
        self._finite(loss, call.line)
        seen = walk(loss)
        for tensor in seen.leaves:
            leaf = self._of.leaves.of(tensor, call.line)
            if leaf is not None:
                self._now.append((leaf, tensor))
                self._begin(leaf, tensor, call.line)
        self._present(seen, call.line)
        self._passed(seen, loss)
        self._cleared_elsewhere()

    def _finite(self, loss: torch.Tensor, line: int) -> None:
        if loss.numel() != 1 or loss.is_meta:
            return
        value = float(loss.detach())
        if len(self._of.losses) < KEPT:
            self._of.losses.append((line, value))
        if math.isfinite(value):
            self._of.held.add("finite")
        else:
            before = next((v for _, v in self._of.losses[::-1] if math.isfinite(v)), None)
            self._of.broke("finite", line, self._of.backwards, value, before)

    def _begin(self, leaf: Leaf, tensor: torch.Tensor, line: int) -> None:
        self._of.reached.add(leaf.number)
        if leaf.pending and self._of.by_hand > leaf.seen_by_hand:
            leaf.passed_over += 1
        leaf.seen_by_hand = self._of.by_hand
        if leaf.start is None:
            leaf.start = sample(tensor)
        gradient = tensor.grad
        left = 0.0
        if leaf.stale or (gradient is not None and identity(gradient) == leaf.used):
            left = size_of(gradient)
        leaf.stale = (leaf.stale or (line, left, left)) if left else None
        leaf.used = leaf.used if left else None
        if leaf.updates and not left:
            self._of.held.add("fresh")

    def _present(self, seen: Seen, line: int) -> None:
        now = {leaf.number: (leaf, leaf.key(tensor)) for leaf, tensor in self._now}
        for told in seen.notes:
            for number, key in told.uses:
                leaf, present = now.get(number, (None, key))
                if leaf is not None and key != present and leaf.updates:
                    self._of.broke("present", told.line, line, leaf.used_line, leaf=leaf)
        if now:
            self._of.held.add("present")

    def _passed(self, seen: Seen, loss: torch.Tensor) -> None:
        marks = [mark for told in seen.notes for mark in told.marks]
        for mark in (*marks, *self._of.marks.of(loss)):
            if len(self._of.through) < KEPT:
                self._of.through[mark.kind, mark.line] = mark

    def _cleared_elsewhere(self) -> None:
        """Were gradients cleared, but only of parameters that this loss does not know?"""
        now = {leaf.number for leaf, _ in self._now}
        stale = any(leaf.stale for leaf, _ in self._now)
        clears = self._of.clears
        if stale and clears and not now & {number for _, number in clears}:
            self._of.elsewhere = self._of.elsewhere or clears[-1][0]

    # After it

    def _after(self, call: Call, _: object) -> None:
        given = [self._received(leaf, tensor, call.line) for leaf, tensor in self._now]
        self._now = []
        if any(given):
            self._of.held.add("nonzero")
        elif given and self._of.zeros is None:
            loss = self._of.losses[-1][1] if self._of.losses else None
            self._of.zeros = Broken(call.line, (len(given), loss))

    def _received(self, leaf: Leaf, tensor: torch.Tensor, line: int) -> bool:
        leaf.given_line, leaf.pending = line, True
        if leaf.stale and leaf.stale[0] == line and "fresh" not in self._of.broken:
            leaf.stale = (*leaf.stale[:2], size_of(tensor.grad))
        if leaf.changed and leaf.passes > 2:
            # It learns: how large each later gradient is would cost time to know.
            leaf.given = leaf.given or 1.0
            leaf.passes += 1
            return True
        leaf.given = size_of(tensor.grad)
        if math.isnan(leaf.given):
            leaf.nan_line = leaf.nan_line or line
        leaf.passes += leaf.given != 0
        leaf.idle += leaf.given == 0
        return leaf.given != 0
