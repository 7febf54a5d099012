"""A network's training, filmed: its numbers each epoch, and pictures at some of the epochs.

The lesson's text knows nothing of it. Between two epochs the paused script's ``model`` is asked
for its answers over a grid, for each hidden unit's output there, and for its gradients' norms.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from groundup.lesson import Lesson
from groundup.observe import SLICE, Run
from groundup.turns import TURN

WHOLE = 1.0
"""Seconds of computing that a press may take before the rest is delivered in pieces."""

MOST_FRAMES = 60
SIDE = 32
"""Points along one edge of the grid that the network's answer is drawn from."""
MAP_SIDE = 12
"""Points along one edge of a hidden unit's map."""
CURVE = 96
"""Points along a fitted curve, where the input is a single number."""
UNITS = 8
"""Units of a hidden layer that are drawn, at most: the first ones."""


@dataclass(frozen=True)
class View:
    """The part of the input space that is drawn, [low, high] in each input, and the answers' range.

    ``inputs`` is 1 or 2; ``kind`` is ``classes``, ``surface`` or ``curve``.
    """

    kind: str
    low: float
    high: float
    least: float
    most: float

    @property
    def inputs(self) -> int:
        return 1 if self.kind == "curve" else 2

    def grid(self, side: int) -> torch.Tensor:
        """Points of a regular grid, row by row from the top left: (side², 2), or (side, 1)."""
        along = torch.linspace(self.low, self.high, side)
        if self.inputs == 1:
            return along[:, None]
        down, across = torch.meshgrid(along.flip(0), along, indexing="ij")
        return torch.stack([across.flatten(), down.flatten()], dim=1)


@dataclass(frozen=True)
class Frame:
    """The network after ``epoch`` epochs.

    Attributes:
        field: answers over the grid. As bytes 0 to 255 from ``least`` to ``most`` of the view (for
            classes: the probability of class 1); for a curve, the float32 numbers themselves.
        maps: each drawn unit's output over the small grid, one after another, as bytes: 128 is
            zero, and 1 or 255 the unit's largest size.
        gradients: the gradient's norm in each Linear layer's weight; empty before the first step.
        idle: hidden units whose output is the same for every example, in each hidden layer.
    """

    epoch: int
    field: bytes
    maps: bytes
    gradients: tuple[float, ...]
    idle: tuple[int, ...]


def frame_epochs(epochs: int, most: int = MOST_FRAMES) -> list[int]:
    """The epochs to be filmed: 0 and the last, and between them more often early on."""
    last = most - 1
    return sorted({round(epochs * (n / last) ** 1.4) for n in range(most)})


class Film:
    """One learner's network, trained and filmed.

    Attributes:
        lesson: the lesson on the picture.
        run: its run.
        view: what is drawn; None if the text failed before its loop (see ``run.failure``).
        frames: the pictures so far.
        order, at, playing: what the player was last told, or told us.
    """

    def __init__(self, lesson: Lesson) -> None:
        self.order = 0
        self.reset(lesson)

    def reset(self, lesson: Lesson) -> None:
        """Stand before the first epoch of ``lesson``."""
        self.lesson = lesson
        self.run = Run(lesson.text, name=lesson.name)
        self.total = int(lesson.settings["epochs"])
        self.frames: list[Frame] = []
        self._waiting = frame_epochs(self.total)
        while "epoch" not in self.run.variables and self.run.step():
            pass
        self.view = None if self.run.failure else _view(self.run.variables)
        if self.view:
            self._film()
        self.order += 1
        self.at, self.playing = 0, False

    def train(self, lesson: Lesson) -> None:
        """Compute ``lesson`` (all of it, or a second's worth) and play it from the start."""
        self.reset(lesson)
        self.compute()
        self.playing = self.run.epochs > 0

    def compute(self, seconds: float = WHOLE) -> None:
        """Go on for about ``seconds``, letting other learners have their turns."""
        deadline = time.perf_counter() + seconds
        while self.run.state == "paused" and time.perf_counter() < deadline:
            self.run.advance(SLICE, epochs=self._waiting[0] if self._waiting else None)
            if self._waiting and self.run.epochs >= self._waiting[0]:
                self._film()
        if self.run.state == "failed":
            self.total = self.run.epochs

    def held(self, order: int, at: int, playing: bool) -> None:
        """The browser says that the learner holds the run ``at`` so many epochs, or plays on."""
        if order == self.order:
            self.at, self.playing = min(max(at, 0), self.run.epochs), playing

    @property
    def complete(self) -> bool:
        """Whether every epoch was computed."""
        return self.run.state != "paused"

    @property
    def hidden(self) -> list[int]:
        """How many units each hidden layer has."""
        linear = [m for m in self.run.variables["model"] if isinstance(m, nn.Linear)]
        return [layer.out_features for layer in linear[:-1]]

    def _film(self) -> None:
        assert self.view
        self._waiting.pop(0)
        with TURN, torch.no_grad():
            self.frames.append(frame(self.run.epochs, self.run.variables, self.view))


def frame(epoch: int, variables: dict[str, Any], view: View) -> Frame:
    """What ``variables["model"]`` answers now. The caller holds the turn, and no grad mode."""
    model, X = variables["model"], variables["X"]
    side = CURVE if view.kind == "curve" else SIDE
    _, answer = _through(model, view.grid(side).to(X.device))
    small = CURVE // 4 if view.kind == "curve" else MAP_SIDE
    units, _ = _through(model, view.grid(small).to(X.device))
    seen, _ = _through(model, X)
    linear = [m for m in model if isinstance(m, nn.Linear)]
    grads = [layer.weight.grad for layer in linear]
    return Frame(
        epoch,
        _field(answer, view),
        b"".join(_map(layer) for layer in units),
        tuple(g.norm().item() for g in grads if g is not None),
        tuple(int(_still(layer).sum()) for layer in seen),
    )


def _through(model: nn.Sequential, x: torch.Tensor) -> tuple[list[torch.Tensor], torch.Tensor]:
    """Each hidden layer's output after its activation, and the answer; dropout stays out of it."""
    hidden: list[torch.Tensor] = []
    for place, module in enumerate(model):
        if isinstance(module, nn.Linear) and place > 0:
            hidden.append(x)
        x = x if isinstance(module, nn.Dropout) else module(x)
    return hidden, x


def _field(answer: torch.Tensor, view: View) -> bytes:
    if view.kind == "curve":
        return answer.flatten().float().cpu().numpy().astype("<f4").tobytes()
    if answer.shape[1] == 2:
        answer = answer.softmax(dim=1)[:, 1:]
    return _bytes((answer.flatten() - view.least) / (view.most - view.least))


def _map(units: torch.Tensor) -> bytes:
    """``units`` (points, units), drawn ones only, one after another, each to its own largest."""
    drawn = units[:, :UNITS].T
    size = drawn.abs().amax(dim=1, keepdim=True).clamp(min=1e-12)
    return _bytes((128 + 127 * drawn / size) / 255)


def _still(units: torch.Tensor) -> torch.Tensor:
    """Which of the units say the same for every example, (units,)."""
    spread = units.amax(dim=0) - units.amin(dim=0)
    return spread <= 1e-6 * units.abs().amax(dim=0)


def _bytes(shares: torch.Tensor) -> bytes:
    """Shares of the range, 0 to 1, as bytes; NaN is drawn as the middle."""
    whole = (shares.float().nan_to_num(0.5).clamp(0, 1) * 255).round()
    return whole.to(torch.uint8).cpu().contiguous().numpy().tobytes()


def _view(variables: dict[str, Any]) -> View:
    X, y, model = variables["X"], variables["y"], variables["model"]
    reach = 1.06 * max(X.abs().max().item(), 0.5)
    whole = y.unique().tolist()
    if X.shape[1] == 1:
        room = 0.15 * (y.max() - y.min()).item()
        return View("curve", -reach, reach, y.min().item() - room, y.max().item() + room)
    if model[-1].out_features == 2 or set(whole) <= {0.0, 1.0}:
        return View("classes", -reach, reach, 0.0, 1.0)
    return View("surface", -reach, reach, y.min().item(), y.max().item())
