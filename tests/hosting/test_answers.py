"""What a copy answers without a proxy: Streamlit's files packed, headers with all, no metrics."""

import asyncio
import gzip
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from streamlit import config
from streamlit.file_util import get_static_dir
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from groundup.ui.shell.answers import HEADERS, METRICS, MIDDLEWARE
from tests.waiting import run_to_end

STATIC = Path(get_static_dir())
SCRIPT = re.search(r"static/js/index\.\S+?\.js", (STATIC / "index.html").read_text("utf-8"))[0]
STYLE = re.search(r"static/css/\S+?\.css", (STATIC / "index.html").read_text("utf-8"))[0]


def asker(*routes):
    """``ask(path, header=value)`` of a server with these routes: status, headers and body."""
    served = Starlette(routes=routes, middleware=MIDDLEWARE)

    def of(path, method="GET", **headers):
        said, asked = [], [b""]
        named = [(key.replace("_", "-").encode(), one.encode()) for key, one in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": named}

        async def receive():
            if asked:
                return {"type": "http.request", "body": asked.pop()}
            return await asyncio.Event().wait()  # the visitor stays

        async def send(message):
            said.append(message)

        run_to_end(served(scope | {"query_string": b"", "root_path": ""}, receive, send))
        begun, *rest = said
        answered = {key.decode(): one.decode() for key, one in begun["headers"]}
        return begun["status"], answered, b"".join(one.get("body", b"") for one in rest)

    return of


@pytest.fixture
def ask():
    """Where "Streamlit" answers all that is left."""
    return asker(Route("/{path:path}", lambda _: PlainTextResponse("Streamlit")))


@pytest.fixture
def ask_streamlit():
    """Where Streamlit itself does, with its own files and its page."""
    return asker(_streamlit_under(""))


def _streamlit_under(base):
    return Mount(f"/{base}", create_streamlit_static_handler(get_static_dir(), base))


@pytest.mark.parametrize("before", ["/", "/course/", "/a/longer/prefix/"])
@pytest.mark.parametrize(("file", "kind"), [(SCRIPT, "javascript"), (STYLE, "css")])
def test_a_file_comes_packed_whatever_the_address_begins_with(ask, before, file, kind):
    for _ in range(2):
        status, headers, body = ask(f"{before}{file}", accept_encoding="br, gzip")
        assert status == 200
        assert gzip.decompress(body) == (STATIC / file).read_bytes()
        assert len(body) < (STATIC / file).stat().st_size / 2
        assert kind in headers["content-type"]
        assert headers["content-encoding"] == "gzip"
        assert headers["vary"] == "Accept-Encoding"
        assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (f"/{SCRIPT}", {}),
        (f"/{SCRIPT}", {"accept_encoding": "br"}),
        (f"/{SCRIPT}", {"accept_encoding": "gzip", "range": "bytes=0-9"}),
        (f"/{SCRIPT}", {"accept_encoding": "gzip", "method": "HEAD"}),
        (f"/{SCRIPT}", {"accept_encoding": "gzip", "method": "POST"}),
        *(
            (path, {"accept_encoding": "gzip"})
            for path in (
                *("/", "/tensors", "/static/", "/static", "/static/js", "/static/index.html"),
                *("/static/js/../index.html", "/static/js//x.js", f"/static/./{SCRIPT[7:]}"),
                *("/static/../../config.py", "/static/js/index.js", "/app/static/mine.js", "//"),
            )
        ),
    ],
)
def test_all_else_is_streamlits_to_answer(ask, path, named):
    status, headers, body = ask(path, **named)
    assert "content-encoding" not in headers
    assert status in {200, 405}
    assert body == b"Streamlit" or named["method"] in {"HEAD", "POST"}


BASE = re.compile(rb"(?<=<head>)\n<script>\s*window.__streamlit \?\?= .*?</script>", re.DOTALL)


@pytest.mark.parametrize("accepts", [{}, {"accept_encoding": "br"}, {"accept_encoding": "gzip"}])
def test_a_page_says_where_its_server_is(ask_streamlit, accepts):
    plain = (STATIC / "index.html").read_bytes()
    for path in ("/", "/tensors", "/no_such_page"):
        status, headers, body = ask_streamlit(path, **accepts)
        packed = accepts.get("accept_encoding") == "gzip"
        assert status == 200
        assert int(headers["content-length"]) == len(body)
        assert headers.get("content-encoding") == ("gzip" if packed else None)
        text = gzip.decompress(body) if packed else body
        assert BASE.subn(b"", text) == (plain, 1)
        assert "etag" not in headers


@pytest.mark.parametrize("path", ["/favicon.png", "/a/page", "/tensors/x", f"/{SCRIPT}"])
def test_what_is_no_page_comes_as_it_is(ask_streamlit, path):
    status, headers, body = ask_streamlit(path)
    assert status == 200
    assert not BASE.search(body)
    assert "etag" in headers


def test_a_part_of_a_page_is_a_part_of_streamlits(ask_streamlit):
    status, headers, body = ask_streamlit("/tensors", range="bytes=0-9", accept_encoding="gzip")
    assert (status, body) == (206, (STATIC / "index.html").read_bytes()[:10])
    assert "content-encoding" not in headers


def test_a_page_lies_under_the_servers_own_prefix(monkeypatch):
    monkeypatch.setattr(config, "get_option", {"server.baseUrlPath": "/course/"}.get)
    ask = asker(_streamlit_under("course"), _streamlit_under(""))
    for path in ("/course/tensors", "/course/"):
        assert BASE.search(ask(path)[2])
    # "./static" means another folder there, or nothing of the app is there at all.
    for path in ("/course", "/course/tensors/x", "/tensors", "/"):
        assert not BASE.search(ask(path)[2])


def test_every_answer_has_the_headers(ask):
    for path in ("/", f"/{SCRIPT}", "/_stcore/metrics"):
        headers = ask(path, accept_encoding="gzip")[1]
        assert {key.lower(): one for key, one in HEADERS.items()}.items() <= headers.items()


def test_the_headers_are_those_of_the_proxy():
    proxy = (Path(__file__).parents[2] / "deploy" / "Caddyfile").read_text("utf-8")
    for key, one in HEADERS.items():
        assert re.search(rf'{key} "?{re.escape(one)}"?\n', proxy)


@pytest.mark.parametrize("said", ["", "0", "true", "1"])
def test_the_metrics_are_shown_where_the_host_wants_it_alone(ask, monkeypatch, said):
    monkeypatch.setenv(METRICS, said)
    for path in ("/_stcore/metrics", "/course/_stcore/metrics"):
        assert ask(path)[0] == (200 if said == "1" else 404)
