"""The app on a real server, and its log looked through in the end."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.browser.server_log import complaints
from tests.waiting import free_port, wait_for_server

ROOT = Path(__file__).parents[2]
STREAMLIT = (sys.executable, "-m", "streamlit", "run", "app.py")


@contextmanager
def serve(
    log: Path, command: Sequence[str] = STREAMLIT, folder: Path = ROOT, **environment: str
) -> Iterator[str]:
    """Serve the app and yield its address; fail in the end where its ``log`` complains of it."""
    port = free_port()
    here = ["--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"]
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, *here],
            cwd=folder,
            stdout=out,
            stderr=out,
            env={**os.environ, **environment},
        )
        try:
            wait_for_server(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            _stop(process)
    said = complaints(log.read_text(), ROOT)
    assert not said, said


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
