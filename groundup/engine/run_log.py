"""What a run writes down: numbers at the end of each epoch, and at each update within one.

A text's docstring names them, in lines such as ``Records each epoch: loss, w``, ``Records after
step 3: w.grad`` (the value that stood there last is the epoch's) and ``Records each update: w``.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

from groundup.engine.limits import LimitError, Limits
from groundup.engine.text import docstring

_EACH = r"^Records each {}: (.+)$"
_AFTER_STEP = re.compile(r"^Records after step (\d+): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class LogSpec:
    """Names of numbers: of each epoch, after a numbered step, and of each update."""

    each_epoch: tuple[str, ...] = ()
    after_step: dict[str, int] = field(default_factory=dict)
    each_update: tuple[str, ...] = ()


def log_spec(text: str) -> LogSpec:
    """What the docstring of ``text`` names."""
    said = docstring(text)
    after = {
        name: int(number)
        for number, listed in _AFTER_STEP.findall(said)
        for name in listed.split(", ")
    }
    return LogSpec(_listed("epoch", said), after, _listed("update", said))


def _listed(what: str, said: str) -> tuple[str, ...]:
    match = re.search(_EACH.format(what), said, re.MULTILINE)
    return tuple(match[1].split(", ")) if match else ()


@dataclass
class UpdateLog:
    """Numbers at each update, or at every ``stride``-th: never more than :attr:`MAX_KEPT` are kept.

    Where there would be more, every second one is dropped. ``count`` is how many updates there
    were, ``in_epoch`` how many make an epoch (None until one is complete).
    """

    columns: dict[str, array[float]]
    stride: int = 1
    count: int = 0
    in_epoch: int | None = None

    MAX_KEPT = 4096

    def add(self, read: Callable[[str], float]) -> None:
        """One more update was made; ``read`` gives a name's number after it."""
        self.count += 1
        if self.count % self.stride:
            return
        for name, column in self.columns.items():
            column.append(read(name))
        if self.count // self.stride > self.MAX_KEPT:
            self.columns = {name: column[1::2] for name, column in self.columns.items()}
            self.stride *= 2

    @property
    def every(self) -> float:
        """Epochs between two kept numbers; infinite until an epoch is complete."""
        return self.stride / self.in_epoch if self.in_epoch else math.inf


class RunLog:
    """A run's numbers so far.

    Attributes:
        columns: name to its numbers (float64), one an epoch; NaN where it was no single number.
        track: the numbers at each update; empty where the text names none.
        epochs: how many epochs are complete.
    """

    def __init__(self, names: LogSpec, read: Callable[[str], float | None], limits: Limits) -> None:
        """``read`` gives the number that a name holds now, and None where it holds none."""
        self._limits = limits
        self.names = names
        self.columns = {n: array("d") for n in (*names.each_epoch, *names.after_step)}
        self.track = UpdateLog({n: array("d") for n in names.each_update})
        self.epochs = 0
        self._latest = dict.fromkeys(names.after_step, math.nan)
        self._read = read
        self._appends = [(name, self.columns[name].append) for name in names.each_epoch]
        kept = (UpdateLog.MAX_KEPT + 1) * len(self.track.columns)
        fitting = (limits.recorded_bytes // 8 - kept) // max(len(self.columns), 1)
        # So many epochs may be without a look, which a step of a race would feel.
        self._sure = min(limits.epochs, fitting)

    @property
    def _next_bytes(self) -> int:
        """How large it is with one more epoch."""
        track = self.track.columns
        tracked = sum(len(column) for column in track.values()) if track else 0
        return 8 * (len(self.columns) * (self.epochs + 1) + tracked)

    def after(self, number: int | None) -> Callable[[], None] | None:
        """What to do after a statement of the step ``number``; None if nothing."""
        names = [n for n, step in self.names.after_step.items() if step == number]
        return (lambda: self._sample(names)) if names else None

    def end_of_update(self) -> None:
        """A pass of a loop within the epoch is over."""
        if self.track.columns:
            self.track.add(self._latest_of)

    def end_of_epoch(self) -> None:
        """Write down an epoch's numbers.

        Raises:
            LimitError: if there were as many epochs, or bytes, as may be.
        """
        if self.epochs >= self._sure:
            self._look_for_room()
        read = self._read
        for name, append in self._appends:
            value = read(name)
            append(math.nan if value is None else value)
        for name, value in self._latest.items():
            self.columns[name].append(value)
        self.epochs += 1
        if not self.track.in_epoch:
            self.track.in_epoch = self.track.count

    def _look_for_room(self) -> None:
        if self.epochs >= self._limits.epochs:
            raise LimitError(f"it had run more than {self._limits.epochs:,} epochs")
        if self._next_bytes > self._limits.recorded_bytes:
            most = self._limits.recorded_bytes
            raise LimitError(f"it would have recorded more than {most:,} bytes")

    def _latest_of(self, name: str) -> float:
        # What is zeroed at the end of a pass was sampled before.
        return self._latest[name] if name in self._latest else self._number(name)

    def _sample(self, names: list[str]) -> None:
        for name in names:
            self._latest[name] = self._number(name)

    def _number(self, name: str) -> float:
        value = self._read(name)
        return math.nan if value is None else value
