"""Listen to what behaves otherwise in training than in evaluation: dropout and batch norm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from groundup.diagnosis.history import History
from groundup.diagnosis.mode import Call, Listeners

DROPOUTS = (
    "dropout",
    "alpha_dropout",
    "feature_alpha_dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
)
ON_PURPOSE = 5
"""So many passes of one input through dropout are no mistake: their spread is wanted."""


@dataclass
class Dropping:
    """A layer that drops, or takes the batch's own statistics, at a line of the text."""

    line: int
    name: str
    backwards: int
    dropped: float = 0.0


class Evaluation:
    """Hears the layers, and knows which of them ran outside training.

    Attributes:
        after_training: those in training mode whose result may belong to no backward pass.
        trained: whether one was in training mode where gradients are computed.
        switched_off: lines where one in evaluation mode went into a backward pass.
    """

    def __init__(self, history: History, listeners: Listeners) -> None:
        self._of = history
        self.after_training: list[Dropping] = []
        self.trained = False
        self.switched_off: list[Dropping] = []
        self._outside: dict[int, tuple[Dropping, int]] = {}
        self._asked_at: dict[int, int] = {}
        listeners.add(*DROPOUTS, after=self._drops)
        listeners.add("batch_norm", after=self._normalises)

    def _drops(self, call: Call, result: Any) -> None:
        rate = call.get(1, "p", 0.5)
        if rate and type(result) is torch.Tensor:
            training = bool(call.get(2, "training", call.name != "dropout"))
            self._ran(call, "dropout", training, result)

    def _normalises(self, call: Call, result: Any) -> None:
        if type(result) is torch.Tensor and isinstance(call.get(1, "running_mean"), torch.Tensor):
            self._ran(call, "batch norm", bool(call.get(5, "training", False)), result)

    def _ran(self, call: Call, name: str, training: bool, result: torch.Tensor) -> None:
        outside = not torch.is_grad_enabled()
        if not self._of.updates:
            self.trained = self.trained or (training and not outside)
        elif training:
            self._dropped(call, name, result, outside)
        elif outside:
            self._of.held.add("evaluation")
        else:
            self.switched_off.append(Dropping(call.place.outer, name, self._of.backwards))
            del self.switched_off[:-50]

    def _dropped(self, call: Call, name: str, result: torch.Tensor, outside: bool) -> None:
        self.trained = self.trained or not outside
        made = Dropping(call.place.outer, name, self._of.backwards, _zeros(call, result, name))
        if not outside:
            self.after_training.append(made)
            del self.after_training[:-50]
            return
        earlier, count = self._outside.get(made.line, (made, 0))
        # The same weights and the same question, many times: their spread is wanted.
        same = self._of.updates == self._asked_at.get(made.line)
        self._asked_at[made.line] = self._of.updates
        self._outside[made.line] = (earlier, count + 1 if same else count or 1)

    def conclude(self) -> None:
        """At the end of the run: what ran in training mode where nothing was trained."""
        for made, count in self._outside.values():
            if count < ON_PURPOSE:
                self._of.broke("evaluation", made.line, made.name, made.dropped)
        for one in self.after_training:
            if one.backwards == self._of.backwards and one.backwards:
                self._of.broke("evaluation", one.line, one.name, one.dropped)


def _zeros(call: Call, result: torch.Tensor, name: str) -> float:
    """Which share of what went in, and was not zero, came out as zero."""
    if name != "dropout" or result.is_meta or not result.numel():
        return 0.0
    there = call.first.detach() != 0
    gone = there & (result.detach() == 0)
    return float(gone.sum()) / max(float(there.sum()), 1.0)
