"""The Caddyfile in a real Caddy, before two stand-ins for copies of the app."""

import http.server
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

CADDYFILE = Path(__file__).parents[2] / "deploy" / "Caddyfile"


class Copy(http.server.BaseHTTPRequestHandler):
    """Answers with the port it listens on."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(self.server.server_port).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def copies():
    """Two servers."""
    both = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), Copy) for _ in range(2)]
    for one in both:
        threading.Thread(target=one.serve_forever, args=(0.05,), daemon=True).start()
    yield both
    for one in both:
        stop(one)


def stop(server):
    server.shutdown()
    server.server_close()


@pytest.fixture
def proxy(copies, tmp_path):
    """The proxy's address, and the file of its log."""
    if not shutil.which("caddy"):
        if os.environ.get("CI") == "true":
            pytest.fail("CI must try the proxy, and found no caddy")
        pytest.skip("no caddy on this machine: install Debian's package `caddy`")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    replicas = " ".join(f"127.0.0.1:{one.server_port}" for one in copies)
    command = ["caddy", "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    there = {"SITE": address, "REPLICAS": replicas, "HOME": str(tmp_path)}
    with (tmp_path / "log").open("w") as log:
        running = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **there})
        wait_for(address, running)
        yield address, tmp_path / "log"
        running.terminate()
        running.wait(20)


def wait_for(address, running):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and running.poll() is None:
        try:
            return ask(address)
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the proxy did not answer")


def ask(address, cookie=""):
    """What a visitor with this cookie gets: the port of a copy, and the headers."""
    request = urllib.request.Request(address, headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=15) as answer:
        return int(answer.read()), answer.headers


def test_a_learner_stays_at_one_copy_and_moves_when_it_is_gone(proxy, copies):
    address, log = proxy
    first, headers = ask(f"{address}/training_loop?program=secret")
    cookie = headers["Set-Cookie"].partition(";")[0]
    assert {ask(address, cookie)[0] for _ in range(6)} == {first}
    assert {ask(address)[0] for _ in range(20)} == {one.server_port for one in copies}
    stop(next(one for one in copies if one.server_port == first))
    assert ask(f"{address}/training_loop?program=secret", cookie)[0] != first
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "secret" not in log.read_text()


def test_strangers_do_not_see_the_metrics(proxy):
    address, _ = proxy
    with pytest.raises(urllib.error.HTTPError, match="404"):
        ask(f"{address}/_stcore/metrics")
