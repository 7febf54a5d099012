"""The tensors that learn: each leaf that requires a gradient, as the watcher knows it."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch

SAMPLE = 256
"""So many numbers of a large tensor are compared."""
MOST = 500
"""So many leaves are known; a text with more is told of the first."""


@dataclass(slots=True, eq=False)
class Leaf:
    """A leaf, and what became of it; it does not keep the tensor alive.

    Attributes:
        line: where it was first seen, which is where it was made.
        extra: how often it was written to without its version counting that (through ``.data``).
        start: some of its values at the first backward pass.
        changed: whether it has ever differed from those.
        given: the size of the gradient that it got last and that no update has had since.
        pending: whether a backward pass reached it after its last update.
        passes: how many backward passes gave it a gradient other than zero.
        idle: how many gave it nothing but zeros.
        updates: how many updates were meant for it: steps of its optimizer, or writes by hand.
        passed_over: how many steps of optimizers left it out while it had a new gradient.
        unmoved: of the first update that did not change it, the gradient before and then.
        used: its gradient as the last update had it: its identity and version.
        stale: the line of the backward() that began with it, its size then, and after it.
        cleared_unused: how often its gradient was cleared before an update had it.
        read: how often the text itself looked at its gradient.
        forward: whether something was computed from it after its gradient was cleared.
        early_line: the step that came between that and its backward().
        slopes: the cosines between the first updates by hand and the gradient.
        pulls: how long the gradient was at each of those.
        seen_by_hand: how many updates by hand there were when it was last reached.
        filled_line: where one number was written over all of it.
        nan_line: the backward() that gave it a gradient that is not a number.
        jump: how far its first update moved its numbers, and how large they were.
        name: what the text calls it.
    """

    ref: weakref.ref[torch.Tensor]
    number: int
    line: int
    shape: tuple[int, ...]
    parameter: bool
    extra: int = 0
    start: Any = None
    changed: bool = False
    given: float = 0.0
    given_line: int = 0
    pending: bool = False
    passes: int = 0
    idle: int = 0
    updates: int = 0
    first_update: int = 0
    passed_over: int = 0
    unmoved: tuple[float, float] | None = None
    in_optimizer: bool = False
    used: tuple[int, int] | None = None
    used_line: int = 0
    stale: tuple[int, float, float] | None = None
    cleared_line: int = 0
    forward: bool = False
    early_line: int = 0
    cleared_unused: int = 0
    read: int = 0
    slopes: list[float] = field(default_factory=list)
    pulls: list[float] = field(default_factory=list)
    hand_line: int = 0
    seen_by_hand: int = 0
    filled_line: int = 0
    nan_line: int = 0
    jump: tuple[float, float] = (0.0, 0.0)
    name: str = ""

    def key(self, tensor: torch.Tensor) -> tuple[int, int]:
        """What is another one after each write to it."""
        return (0 if tensor.is_inference() else tensor._version, self.extra)


class Leaves:
    """All leaves that were met, by the identity of their tensors."""

    def __init__(self, made_at: Callable[[torch.Tensor], int] = lambda _: 0) -> None:
        """``made_at`` says where a tensor was made, if that is known."""
        self.made_at = made_at
        self.all: list[Leaf] = []
        self._alive: dict[int, Leaf] = {}

    def known(self, tensor: torch.Tensor) -> Leaf | None:
        """The leaf that ``tensor`` is, if it was met before."""
        return self._alive.get(id(tensor))

    def of(self, tensor: torch.Tensor, line: int) -> Leaf | None:
        """The leaf that ``tensor`` is; one that is met for the first time was made at ``line``."""
        found = self._alive.get(id(tensor))
        if found is None and len(self.all) < MOST and len(self._alive) < MOST:
            found = self._new(tensor, line)
        return found

    def _new(self, tensor: torch.Tensor, line: int) -> Leaf:
        place = id(tensor)
        reference = weakref.ref(tensor, lambda _: self._alive.pop(place, None))
        parameter = isinstance(tensor, torch.nn.Parameter)
        line = self.made_at(tensor) or line
        made = Leaf(reference, len(self.all), line, tuple(tensor.shape), parameter)
        self.all.append(made)
        self._alive[place] = made
        return made

    def alive(self) -> list[tuple[Leaf, torch.Tensor]]:
        """Those whose tensors are there still."""
        found = ((leaf, leaf.ref()) for leaf in list(self._alive.values()))
        return [(leaf, tensor) for leaf, tensor in found if tensor is not None]


def sample(tensor: torch.Tensor) -> Any:
    """A copy of some of the values of ``tensor``; None if they cannot be read."""
    if tensor.layout is not torch.strided or tensor.is_meta:
        return None
    flat = tensor.detach().reshape(-1)
    size = flat.numel()
    return flat.clone() if size <= SAMPLE else flat[:: size // SAMPLE + 1].clone()


def same(values: Any, tensor: torch.Tensor) -> bool:
    """Whether ``tensor`` still has the ``values`` of a :func:`sample`."""
    now = sample(tensor)
    if values is None or now is None or values.shape != now.shape:
        return False
    return bool(torch.equal(values, now))


def size_of(gradient: torch.Tensor | None) -> float:
    """The number in ``gradient``, or of many the largest amount; 0 for none.

    It is 1 for what cannot be read, such as a sparse one.
    """
    if gradient is None or not gradient.numel():
        return 0.0
    if gradient.layout is not torch.strided or gradient.is_meta:
        return 1.0
    plain = gradient.detach()
    return float(plain if plain.numel() == 1 else plain.abs().max())


def identity(gradient: torch.Tensor | None) -> tuple[int, int] | None:
    """What tells a gradient, as it is now, from others and from what becomes of it."""
    if gradient is None or gradient.is_inference():
        return None
    return (id(gradient), gradient._version)
