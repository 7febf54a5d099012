"""The Caddyfile in a real Caddy, before two stand-ins for copies of the app."""

import http.server
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.caddy import caddy, free_address

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
    address = free_address()
    replicas = " ".join(f"127.0.0.1:{one.server_port}" for one in copies)
    with caddy(CADDYFILE, address, tmp_path, SITE=address, REPLICAS=replicas):
        yield address, tmp_path / "log"


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
