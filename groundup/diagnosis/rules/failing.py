"""Why a text that raised did so, as far as its run shows more than PyTorch's words say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from groundup.diagnosis.findings import Finding
from groundup.diagnosis.mode import Call, Listeners
from groundup.diagnosis.rule import Rule, Scene


class Failing(Rule):
    """Hears the call that raised, and the last look at a gradient."""

    def listen(self, to: Listeners) -> None:
        """What raises is remembered as a finding; only the last one can have ended the text."""
        self._raised: Finding | None = None
        self._looked: tuple[int, str] | None = None
        to.raised.append(self._failed)
        to.add("grad.get", after=self._gradient)

    def _failed(self, call: Call, error: BaseException) -> None:
        first = call.first
        self._raised = None
        if call.name == "backward" and isinstance(first, torch.Tensor):
            self._raised = self._backward(call.line, first, "second time" in str(error))
        elif call.name == "tensor" and call.kwargs.get("requires_grad"):
            self._raised = Finding(
                "integers",
                call.line,
                "Whole numbers have no gradient: a tensor that learns holds decimals.",
                fix="Write 1.0 for 1, or dtype=torch.float32.",
                mistake="integer_parameter",
            )
        elif _writes(call) and torch.is_grad_enabled():
            self._raised = Finding(
                "tracked_update",
                call.line,
                "A parameter is changed in place while its calculations are tracked.",
                fix="Update it within torch.no_grad().",
                mistake="update_tracked",
            )

    def _backward(self, line: int, loss: torch.Tensor, again: bool) -> Finding | None:
        done, cut = self.of.marks.one(loss, "done"), self.of.marks.one(loss, "cut")
        if not loss.requires_grad and cut:
            return Finding(
                "cut",
                cut.line,
                f"The graph is cut here ({cut.what}): nothing leads from the loss to a parameter.",
                fix="Let the loss be computed from the result itself.",
                mistake="forward_untracked" if cut.what == "no_grad" else "detached_output",
            )
        if not loss.requires_grad:
            return Finding(
                "nothing_tracked",
                line,
                "Nothing that the loss was computed from requires a gradient.",
                fix="Make the parameters with requires_grad=True.",
                mistake="nothing_tracked",
            )
        if loss.numel() > 1:
            return Finding(
                "many_losses",
                line,
                f"backward() wants one number, and was called of {loss.numel()}.",
                fix="Take the mean first.",
                mistake="backward_on_vector",
            )
        if again:
            where = f" in line {done.line}" if done else ""
            return Finding(
                "used_up",
                line,
                f"The graph of this loss was used up by the backward() before{where}.",
                fix="Call backward() once, or compute the loss again.",
                mistake="backward_twice",
            )
        return None

    def _gradient(self, call: Call, result: Any) -> None:
        self._looked = None
        if result is not None or not isinstance(call.first, torch.Tensor):
            return
        tensor = call.first
        if not tensor.requires_grad:
            why = "requires no gradient: it was made anew where nothing is tracked"
        elif tensor.is_leaf:
            why = "has no gradient: no backward() has reached it"
        else:
            why = "is the result of a calculation and no leaf: no gradient is kept for it"
        self._looked = (call.line, why)

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """For what ended the text."""
        error = scene.error
        if isinstance(error, TypeError | AttributeError) and "None" in str(error) and self._looked:
            line, why = self._looked
            yield Finding(
                "no_gradient",
                line,
                f"The tensor whose .grad is asked for {why}; its .grad is None.",
                fix="Call loss.backward() first, and change parameters in place under no_grad().",
                mistake="update_makes_constant",
            )
        elif isinstance(error, Exception) and self._raised:
            yield self._raised


def _writes(call: Call) -> bool:
    first = call.first
    writes = call.name.endswith("_") or call.name == "__setitem__"
    return writes and isinstance(first, torch.Tensor) and first.requires_grad and first.is_leaf
