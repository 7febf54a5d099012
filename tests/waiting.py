"""Waiting for another thread or a server, for a while and no longer."""

import asyncio
import socket
import subprocess
import time
import urllib.request
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


def free_port() -> int:
    """Where nothing listens on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_server(address: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Return when ``process`` answers at ``address``; RuntimeError when it ends before, or late."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nothing answered at {address}")


def run_to_end(coroutine: Coroutine[Any, Any, object]) -> None:
    """Run ``coroutine`` in a thread of its own.

    The browser fixture keeps an event loop running in the thread of the tests, which allows no
    second one there.
    """
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, coroutine).result()
