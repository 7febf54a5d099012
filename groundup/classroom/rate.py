"""How often something may be tried."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable


class Rate:
    """At most ``most`` times in ``seconds``."""

    def __init__(
        self, most: int, seconds: float = 60, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._times: deque[float] = deque(maxlen=most)
        self._seconds, self._clock, self._lock = seconds, clock, threading.Lock()

    def is_full(self) -> bool:
        """Whether it was counted so often that one has to wait."""
        with self._lock:
            whole = len(self._times) == self._times.maxlen
            return whole and self._clock() - self._times[0] < self._seconds

    def count(self) -> None:
        """Once more."""
        with self._lock:
            self._times.append(self._clock())
