"""Probabilities where a loss wants scores, or the other way round, or along the wrong dimension."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from groundup.diagnosis.findings import Finding
from groundup.diagnosis.marks import Mark
from groundup.diagnosis.mode import Call, Listeners
from groundup.diagnosis.rule import Rule, Scene

MOST = 50
"""So many lines are told of."""


class Classes(Rule):
    """Hears softmax and sigmoid, and what is done with their results."""

    def listen(self, to: Listeners) -> None:
        """What makes probabilities, and what takes scores."""
        self._told: dict[int, Finding] = {}
        self._at: dict[int, int] = {}
        to.add("softmax", after=self._probabilities)
        to.add("log_softmax", after=self._logarithms)
        to.add("log", after=self._logarithm)
        to.add("sigmoid", after=self._sigmoid)
        to.add("cross_entropy", before=self._cross_entropy)
        to.add("binary_cross_entropy_with_logits", before=self._with_logits)
        to.add("nll_loss", before=self._nll)
        to.add("matmul", "mm", "bmm", "__matmul__", before=self._weighted)
        to.add("argmax", after=self._chosen)
        to.add("eq", "__eq__", before=self._right)

    def _tell(self, finding: Finding) -> None:
        if len(self._told) < MOST:
            self._told.setdefault(finding.line, finding)

    def _probabilities(self, call: Call, result: Any) -> None:
        dim, source = call.get(1, "dim"), call.first
        if type(result) is not torch.Tensor or type(dim) is not int or not source.dim():
            return
        dim %= source.dim()
        self.of.marks.put(result, [Mark("softmax", call.line, dim)])
        if source.shape[dim] == 1 and source.requires_grad and source.dim() > 1:
            self.of.marks.put(result, [Mark("alone", call.line, tuple(source.shape), "all")])

    def _logarithms(self, call: Call, result: Any) -> None:
        dim, source = call.get(1, "dim"), call.first
        if type(result) is torch.Tensor and type(dim) is int and source.dim() == 2:
            self.of.marks.put(result, [Mark("logarithms", call.line, dim % 2)])

    def _logarithm(self, call: Call, result: Any) -> None:
        mark = self.of.marks.one(call.first, "softmax")
        if mark and type(result) is torch.Tensor and call.first.dim() == 2:
            self.of.marks.put(result, [mark._replace(kind="logarithms")])

    def _sigmoid(self, call: Call, result: Any) -> None:
        if type(result) is torch.Tensor:
            self.of.marks.put(result, [Mark("sigmoid", call.line, None)])

    def _cross_entropy(self, call: Call) -> None:
        scores, target = call.get(0, "input"), call.get(1, "target")
        mark = self.of.marks.one(scores, "softmax")
        if mark:
            self._tell(_twice(mark.line, "softmax", "cross_entropy"))
        if scores.dim() == 2 and scores.shape[1] == 1 and scores.shape[0] > 1:
            self._tell(_alone(call.line, tuple(scores.shape), "cross_entropy"))
        if scores.dim() == 2 and isinstance(target, torch.Tensor):
            self.of.marks.put(target, [Mark("classes", call.line)])

    def _with_logits(self, call: Call) -> None:
        mark = self.of.marks.one(call.get(0, "input"), "sigmoid")
        if mark:
            self._tell(_twice(mark.line, "sigmoid", "binary_cross_entropy_with_logits"))

    def _nll(self, call: Call) -> None:
        scores = call.get(0, "input")
        made = self.of.marks.one(scores, "logarithms")
        if made and made.what == 0 and scores.shape[0] > 1:
            self._tell(
                Finding(
                    "softmax_dim",
                    made.line,
                    "Down dim 0, over the samples, these probabilities sum to 1; nll_loss takes "
                    "dim 1 for the classes.",
                    fix="softmax(…, dim=1).",
                )
            )
        mark = self.of.marks.one(scores, "softmax")
        if mark or bool((scores.detach() > 0).any()):
            largest = float(scores.detach().max())
            self._tell(
                Finding(
                    "no_logarithms",
                    mark.line if mark else call.line,
                    f"nll_loss wants logarithms of probabilities, none above 0, and gets "
                    f"{largest:.4g}.",
                    fix="Give it log_softmax(scores, dim=1), or give cross_entropy the scores.",
                )
            )

    def _weighted(self, call: Call) -> None:
        mark = self.of.marks.one(call.first, "softmax")
        if mark and call.first.dim() > 1 and mark.what != call.first.dim() - 1:
            self._tell(
                Finding(
                    "softmax_dim",
                    mark.line,
                    f"Along dim {mark.what} these weights sum to 1, and the product sums along "
                    f"dim {call.first.dim() - 1}: there they do not.",
                    fix="softmax(…, dim=-1).",
                )
            )

    def _chosen(self, call: Call, result: Any) -> None:
        source, dim = call.first, call.get(1, "dim")
        if type(dim) is int and source.dim() == 2 and dim % 2 == 0 and type(result) is torch.Tensor:
            self.of.marks.put(result, [Mark("of classes", call.line, tuple(source.shape))])

    def _right(self, call: Call) -> None:
        one, other = call.args[:2] if len(call.args) > 1 else (None, None)
        for answers, target in ((one, other), (other, one)):
            mark = self.of.marks.one(answers, "of classes")
            if mark and self.of.marks.of(target, "classes"):
                self._tell(
                    Finding(
                        "argmax_dim",
                        mark.line,
                        f"argmax goes down dim 0 of {mark.what}, over the samples; the classes "
                        "that cross_entropy compared lie along dim 1.",
                        fix="argmax(dim=1).",
                    )
                )

    def findings(self, scene: Scene) -> Iterator[Finding]:
        """Each line once."""
        for (kind, line), mark in self.of.through.items():
            if kind == "alone":
                self._tell(_alone(line, mark.what, "softmax"))
        yield from self._told.values()


def _twice(line: int, what: str, loss: str) -> Finding:
    return Finding(
        "twice",
        line,
        f"{loss} applies its own {what}, and gets what went through one already: the loss cannot "
        "come near 0.",
        fix=f"Give it the scores, without {what}.",
        mistake="softmax_before_loss",
    )


def _alone(line: int, shape: Any, what: str) -> Finding:
    return Finding(
        "one_class",
        line,
        f"{what} over the one class of {shape} is the same whatever the model says: nothing "
        "can be learned.",
        fix="Use sigmoid for one output, or give the model an output for each class.",
    )
