"""Pictures of a network: its answers over a grid, its units' outputs, its gradients' norms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import nn

MAX_FRAMES = 60
SIDE = 31
"""Points along one edge of the grid that the network's answer is drawn from."""
CURVE = 91
"""Points along a fitted curve, where the input is a single number."""
NEAR, SPARSE_EVERY, MANY = 3, 5, 96
"""A hidden unit's map holds each third point of the grid; each fifth in a network of more units."""


@dataclass(frozen=True)
class Viewport:
    """The part of the input space that is drawn, [low, high] in each input, and the answers' range.

    ``kind`` is ``classes``, ``surface`` or ``curve``; ``every`` tells which points of the grid a
    hidden unit's map holds: each third, or each fifth.
    """

    kind: str
    low: float
    high: float
    lowest_answer: float
    highest_answer: float
    every: int = NEAR

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the grid: (down, across), or (across,) where the input is a single number."""
        return (CURVE,) if self.kind == "curve" else (SIDE, SIDE)

    @property
    def map_shape(self) -> tuple[int, ...]:
        """Of a hidden unit's map."""
        return tuple((side - 1) // self.every + 1 for side in self.shape)

    def grid(self) -> torch.Tensor:
        """Points of a regular grid, row by row from the top left: (points, inputs)."""
        along = torch.linspace(self.low, self.high, self.shape[-1])
        if self.kind == "curve":
            return along[:, None]
        down, across = torch.meshgrid(along.flip(0), along, indexing="ij")
        return torch.stack([across.flatten(), down.flatten()], dim=1)


@dataclass(frozen=True)
class Frame:
    """The network after ``epoch`` epochs.

    Attributes:
        field: answers over the grid. As bytes, 0 to 255 from the view's lowest to its highest
            (for classes: the probability of class 1); for a curve, the float32 numbers as they are.
        maps: each hidden unit's output over its part of the grid, one after another, as bytes:
            128 is zero, and 1 or 255 the unit's largest size.
        gradients: the gradient's norm in each Linear layer's weight; empty before the first step.
        idle: 1 for each hidden unit whose output is the same for every example, else 0.
    """

    epoch: int
    field: bytes
    maps: bytes
    gradients: tuple[float, ...]
    idle: bytes


class RawPicture(NamedTuple):
    """What was seen at ``epoch``, before it is made a :class:`Frame`.

    ``answer`` (seen, outputs) and ``hidden``, one (seen, units) a layer, hold what the network said
    of the points of the grid, and then of the examples.
    """

    epoch: int
    answer: torch.Tensor
    hidden: list[torch.Tensor]
    gradients: tuple[float, ...]


def frame_epochs(epochs: int, max_frames: int = MAX_FRAMES) -> list[int]:
    """The epochs to be recorded: 0 and the last, and between them more often early on."""
    last = max_frames - 1
    return sorted({round(epochs * (n / last) ** 1.4) for n in range(max_frames)})


def take_picture(epoch: int, model: nn.Sequential, asked: torch.Tensor) -> RawPicture:
    """What ``model`` says now of ``asked`` (seen, inputs), in one pass for every picture.

    The caller holds the turn, and no grad mode.
    """
    hidden, answer = _through(model, asked)
    grads = [layer.weight.grad for layer in model if isinstance(layer, nn.Linear)]
    return RawPicture(epoch, answer, hidden, tuple(g.norm().item() for g in grads if g is not None))


def finish_pictures(shots: Sequence[RawPicture], view: Viewport) -> list[Frame]:
    """The frames of ``shots``, whose ``asked`` began with the view's grid."""
    points = math.prod(view.shape)
    answers = torch.stack([picture.answer for picture in shots])
    layers = zip(*(picture.hidden for picture in shots), strict=True)
    # The empty part is for a network without hidden layers.
    units = torch.cat([answers[:, :, :0], *map(torch.stack, layers)], dim=2)
    rows = zip(
        shots,
        _field(answers[:, :points], view),
        _maps(units[:, :points], view),
        _still(units[:, points:]).tolist(),
        strict=True,
    )
    return [
        Frame(picture.epoch, f, m, picture.gradients, bytes(still)) for picture, f, m, still in rows
    ]


def _through(model: nn.Sequential, x: torch.Tensor) -> tuple[list[torch.Tensor], torch.Tensor]:
    """Each hidden layer's output after its activation, and the answer; dropout stays out of it."""
    hidden: list[torch.Tensor] = []
    for place, module in enumerate(model):
        if isinstance(module, nn.Linear) and place > 0:
            hidden.append(x)
        x = x if isinstance(module, nn.Dropout) else module(x)
    return hidden, x


def _field(answers: torch.Tensor, view: Viewport) -> list[bytes]:
    """``answers`` (frames, points, outputs), each frame's as bytes."""
    if view.kind == "curve":
        return [answer.numpy().astype("<f4").tobytes() for answer in answers[:, :, 0].float().cpu()]
    if answers.shape[2] == 2:
        answers = answers.softmax(dim=2)[:, :, 1:]
    return _bytes(
        (answers.flatten(1) - view.lowest_answer) / (view.highest_answer - view.lowest_answer)
    )


def _maps(units: torch.Tensor, view: Viewport) -> list[bytes]:
    """``units`` (frames, points of the grid, units), one after another, each to its own largest."""
    each = (slice(None, None, view.every),) * len(view.shape)
    whole = units.reshape(len(units), *view.shape, units.shape[2])
    part = whole[(slice(None), *each)].flatten(1, -2).transpose(1, 2)
    size = part.abs().amax(dim=2, keepdim=True).clamp(min=1e-12)
    return _bytes(((128 + 127 * part / size) / 255).flatten(1))


def _still(units: torch.Tensor) -> torch.Tensor:
    """Which of ``units`` (frames, examples, units) say the same for every example."""
    low, high = units.aminmax(dim=1)
    return high - low <= 1e-6 * torch.maximum(high.abs(), low.abs())


def _bytes(shares: torch.Tensor) -> list[bytes]:
    """Rows of shares of the range, 0 to 1, as bytes; NaN is drawn as the middle."""
    whole = (shares.float().nan_to_num(0.5).clamp(0, 1) * 255).round().to(torch.uint8)
    return [row.tobytes() for row in whole.cpu().contiguous().numpy()]


def view_of(variables: dict[str, Any]) -> Viewport:
    """What is to be drawn of a script whose ``X``, ``y`` and ``model`` are in ``variables``."""
    X, y, model = variables["X"], variables["y"], variables["model"]
    reach = 1.06 * max(X.abs().max().item(), 0.5)
    every = NEAR if sum(hidden_units(model)) <= MANY else SPARSE_EVERY
    whole = y.unique().tolist()
    if X.shape[1] == 1:
        room = 0.15 * (y.max() - y.min()).item()
        low, high = y.min().item() - room, y.max().item() + room
        return Viewport("curve", -reach, reach, low, high, every)
    if model[-1].out_features == 2 or set(whole) <= {0.0, 1.0}:
        return Viewport("classes", -reach, reach, 0.0, 1.0, every)
    return Viewport("surface", -reach, reach, y.min().item(), y.max().item(), every)


def hidden_units(model: nn.Sequential) -> list[int]:
    """How many units each hidden layer has."""
    return [layer.out_features for layer in model if isinstance(layer, nn.Linear)][:-1]
