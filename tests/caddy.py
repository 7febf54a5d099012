"""A Caddy that runs while a test does."""

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest


def free_address():
    """Where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


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
            _wait_for(address, running)
            yield
        finally:
            running.terminate()
            running.wait(20)


def _wait_for(address, running):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and running.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=15).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the proxy did not answer")
