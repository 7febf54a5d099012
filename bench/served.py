"""A Streamlit server in a process of its own, for the length of a measurement."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Served(NamedTuple):
    """A running server: ``host:port`` and the process's number."""

    address: str
    pid: int

    def megabytes(self) -> float:
        """The most memory the process has held so far."""
        return self._said("VmHWM")

    def megabytes_now(self) -> float:
        """The memory that the process holds."""
        return self._said("VmRSS")

    def _said(self, name: str) -> float:
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) / 1024
        return float("nan")


@contextmanager
def served(script: Path = ROOT / "app.py", options: Sequence[str] = ()) -> Iterator[Served]:
    """Serve ``script``, with Streamlit's ``options``, until the block is left.

    Raises:
        RuntimeError: if the server does not answer within a minute.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    flags = ["--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *flags, *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield Served(f"127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer at {address}")
