"""Waiting for another thread, for a while and no longer."""

import time
from collections.abc import Callable


def wait_until(holds: Callable[[], object], seconds: float = 20) -> None:
    """Return when ``holds()``; TimeoutError when it does not within ``seconds``."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"it did not come about within {seconds} s")
        time.sleep(0.001)
