"""A Caddy that runs while a test does."""

import os
import shutil
import subprocess
from contextlib import contextmanager

import pytest

from tests.waiting import free_port, wait_for_server


def free_address():
    """Where nothing listens."""
    return f"http://127.0.0.1:{free_port()}"


@contextmanager
def caddy(file, address, folder, **told):
    """Caddy with the Caddyfile ``file`` at ``address``; its log is ``folder / "log"``."""
    if not shutil.which("caddy"):
        if os.environ.get("CI") == "true":
            pytest.fail("CI must try the proxy, and found no caddy")
        pytest.skip("no caddy on this machine: install Debian's package `caddy`")
    command = ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"]
    there = {**os.environ, **told, "HOME": str(folder)}
    with (folder / "log").open("w") as log:
        running = subprocess.Popen(command, stdout=log, stderr=log, env=there)
        try:
            wait_for_server(address, running)
            yield
        finally:
            running.terminate()
            running.wait(20)
