"""Who may execute, and with which of torch's process-wide states.

Torch's random state belongs to the process, its grad mode to the thread, and learners share both.
So each run owns a :class:`TorchState`, put in place while it executes and taken out again when it
pauses, and one run executes at a time (:data:`EXECUTION_LOCK`).
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import torch

from groundup.engine.turns import TURNS


class _HeldTime(threading.local):
    """How long a thread has held a lock in all, and since when it holds it."""

    seconds = 0.0
    since = 0.0


class FairLock:
    """A lock that is given to those who wait in the order in which they came.

    ``threading.Lock`` lets a thread that releases it take it again at once, so one learner's long
    run could keep a whole class waiting. Whoever says ``urgent`` when it asks comes before all who
    wait.
    """

    def __init__(self, urgent: Callable[[], bool] = lambda: False) -> None:
        self._urgent = urgent
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False
        self._own = _HeldTime()

    @property
    def seconds(self) -> float:
        """How long this thread has held the lock so far, the time of waiting for it left out."""
        return self._own.seconds

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for it."""
        return bool(self._waiting)

    def __enter__(self) -> None:
        self._wait()
        self._own.since = time.perf_counter()

    @contextmanager
    def passed_on(self) -> Iterator[None]:
        """Let those who wait have their turns, and hold the lock again afterwards."""
        self.__exit__()
        try:
            yield
        finally:
            self.__enter__()

    def _wait(self) -> None:
        with self._mutex:
            if not self._taken:
                self._taken = True
                return
            gate = threading.Lock()
            gate.acquire()
            if self._urgent():
                self._waiting.appendleft(gate)
            else:
                self._waiting.append(gate)
        gate.acquire()

    def __exit__(self, *exc: object) -> None:
        self._own.seconds += time.perf_counter() - self._own.since
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


EXECUTION_LOCK = FairLock(TURNS.is_drawing)
"""Held while any run executes: torch's random state is one for the whole process.

Whoever draws a page in a turn comes first, for all the others wait for that turn meanwhile. Among a
hundred who train networks another's slider waited for 2.6 s at worst without, for 0.5 s so
(``python -m bench classroom``, 29 November 2026)."""


@dataclass
class TorchState:
    """Torch's process- and thread-wide state, as one run left it (or as a fresh process has it)."""

    random: torch.Tensor = field(default_factory=lambda: torch.Generator().get_state())
    # A list of states, one for each device; None until the run has used one.
    cuda: list[torch.Tensor] | None = None
    mps: torch.Tensor | None = None
    grad: bool = True
    dtype: torch.dtype = torch.float32
    threads: int = field(default_factory=torch.get_num_threads)
    warn_always: bool = True

    @classmethod
    def now(cls) -> TorchState:
        """Torch's state as it is at this moment."""
        return cls(
            torch.get_rng_state(),
            _cuda_random(),
            _mps_random(),
            torch.is_grad_enabled(),
            torch.get_default_dtype(),
            torch.get_num_threads(),
            torch.is_warn_always_enabled(),
        )

    def put(self) -> None:
        """Make this torch's state; a GPU's random numbers only where this state holds some."""
        torch.set_rng_state(self.random)
        if self.cuda is not None:
            torch.cuda.set_rng_state_all(self.cuda)
        if self.mps is not None:
            torch.mps.set_rng_state(self.mps)
        torch.set_grad_enabled(self.grad)
        torch.set_default_dtype(self.dtype)
        if torch.get_num_threads() != self.threads:
            torch.set_num_threads(self.threads)
        torch.set_warn_always(self.warn_always)


def _cuda_random() -> list[torch.Tensor] | None:
    """Each CUDA device's random state; None while CUDA is unused, as asking would start it."""
    started = torch.cuda.is_initialized()  # type: ignore[no-untyped-call]  # torch gives it no types
    return torch.cuda.get_rng_state_all() if started else None


def _mps_random() -> torch.Tensor | None:
    """An Apple GPU's random state; None where there is none."""
    return torch.mps.get_rng_state() if torch.backends.mps.is_available() else None
