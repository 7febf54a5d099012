"""What a copy answers without a proxy: Streamlit's files packed, headers with all, no metrics."""

import asyncio
import gzip
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.file_util import get_static_dir

from groundup.ui.shell.answers import HEADERS, METRICS, MIDDLEWARE

STATIC = Path(get_static_dir())
SCRIPT = re.search(r"static/js/index\.\S+?\.js", (STATIC / "index.html").read_text("utf-8"))[0]
STYLE = re.search(r"static/css/\S+?\.css", (STATIC / "index.html").read_text("utf-8"))[0]


@pytest.fixture
def ask():
    """``ask(path, header=value)``: status, headers and body; "Streamlit" answers what is left."""
    served = Starlette(
        routes=[Route("/{path:path}", lambda _: PlainTextResponse("Streamlit"))],
        middleware=MIDDLEWARE,
    )

    def of(path, method="GET", **headers):
        said = []
        named = [(key.replace("_", "-").encode(), one.encode()) for key, one in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": named}

        async def receive():
            return {"type": "http.request"}

        async def send(message):
            said.append(message)

        asyncio.run(served(scope | {"query_string": b"", "root_path": ""}, receive, send))
        begun, *rest = said
        answered = {key.decode(): one.decode() for key, one in begun["headers"]}
        return begun["status"], answered, b"".join(one.get("body", b"") for one in rest)

    return of


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
