"""Waiting for another thread, for a while and no longer."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def wait_until(holds: Callable[[], object], seconds: float = 20) -> None:
    """Return when ``holds()``; TimeoutError when it does not within ``seconds``."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"it did not come about within {seconds} s")
        time.sleep(0.001)


def run_to_end(coroutine: Coroutine[Any, Any, object]) -> None:
    """Run ``coroutine`` in a thread of its own.

    The browser fixture keeps an event loop running in the thread of the tests, which allows no
    second one there.
    """
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, coroutine).result()
