"""How the server answers: Streamlit's own files packed, each page with its base, headers with all.

Streamlit sends its scripts as they are (3.7 MB travelled in a first visit; packed, 1.8 do) and
leaves the packing to a proxy: it would pack anew for each visitor. Here each is packed once.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Mapping
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.file_util import get_static_dir

METRICS = "GROUNDUP_METRICS"
"""Set to 1, this variable of the environment opens ``/_stcore/metrics`` to all who come."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""With every answer. Not ``X-Frame-Options``: a course may embed a page."""

_FOLDER = "/static/"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
# As Streamlit says: a file's name changes with what is in it.
_KEEP = "public, immutable, max-age=31536000"


class PackedFiles:
    """Streamlit's scripts and styles, each packed when it is first asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # Nothing else can be asked for, so no visitor can have more kept than these hold.
        self._files = _files(Path(get_static_dir()) / "static")
        self._packed: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file asked for, or hand the request on."""
        name = _asked(scope)
        if name not in self._files:
            await self._app(scope, receive, send)
            return
        if name not in self._packed:
            self._packed[name] = await run_in_threadpool(_packed, self._files[name])
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Cache-Control": _KEEP}
        kind = _TYPES[self._files[name].suffix]
        await Response(self._packed[name], headers=headers, media_type=kind)(scope, receive, send)


def _files(folder: Path) -> Mapping[str, Path]:
    return {
        file.relative_to(folder).as_posix(): file
        for file in folder.rglob("*")
        if file.suffix in _TYPES
    }


def _asked(scope: Scope) -> str:
    """The file under ``static/`` that may be sent packed; "" for everything else."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return ""
    headers = Headers(scope=scope)
    if "gzip" not in headers.get("accept-encoding", "") or "range" in headers:
        return ""
    # Before it stands what ``server.baseUrlPath`` says, and a proxy's own prefix.
    return str(scope["path"]).rpartition(_FOLDER)[2]


def _packed(file: Path) -> bytes:
    return _pack(file.read_bytes())


def _pack(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)


_BASE = b"""<head>
<script>
  window.__streamlit ??= {
    BACKEND_BASE_URL: new URL(".", location.href).href,
    HOST_CONFIG:
      parent === window
        ? { allowedOrigins: [location.origin], useExternalAuthToken: false }
        : undefined,
  }
</script>"""


class PageBase:
    """Says in a page what Streamlit's script otherwise asks before it connects to the server.

    At ``/tensors`` it asks ``/tensors/_stcore/health`` first, in case the whole app lies under
    there, is refused, and waits 0.1 s before it asks ``/_stcore/health``. It is the browser that
    works out the address, since a proxy may have cut off what stands before a page's name; the
    page's own scripts lie beside it in the same way. Where no other page is around it, it connects
    at once: what it would wait for is which pages may be, and whether one of them signs it in.
    https://github.com/streamlit/streamlit/pull/13342
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, and add to what comes back if it is a page's text."""
        if not _is_page(scope):
            await self._app(scope, receive, send)
            return
        packs = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        unpacked = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        begun: list[Message] = []

        async def with_base(message: Message) -> None:
            begun.append(message)
            if message["type"] == "http.response.start" or message.get("more_body"):
                return
            start, *parts = begun
            content = b"".join(part.get("body", b"") for part in parts)
            headers = MutableHeaders(scope=start)
            if start["status"] == 200 and headers.get("content-type", "").startswith("text/html"):
                content = _with_base(content, headers, packs)
            await send(start)
            await send({"type": "http.response.body", "body": content})

        await self._app({**scope, "headers": unpacked}, receive, with_base)


def _with_base(content: bytes, headers: MutableHeaders, packs: bool) -> bytes:
    """A page's text as it is sent, with the ``headers`` that go with it."""
    content = content.replace(b"<head>", _BASE, 1)
    # These two are of the text as it was.
    del headers["etag"], headers["last-modified"]
    headers["Vary"] = "Accept-Encoding"
    if packs:
        content = _pack(content)
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(content))
    return content


def _is_page(scope: Scope) -> bool:
    """Whether what is asked for lies right under where the app does, and has no ending."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    folder, _, name = str(scope["path"]).rpartition("/")
    base: str = config.get_option("server.baseUrlPath")
    return folder.strip("/") == base.strip("/") and "." not in name


class Doors:
    """Headers with every answer, and no way to what is the host's alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._metrics = os.environ.get(METRICS) == "1"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, unless it is for the host."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if "/_stcore/metrics" in scope["path"] and not self._metrics:
            await PlainTextResponse("Not Found", 404)(scope, receive, with_headers)
        else:
            await self._app(scope, receive, with_headers)


MIDDLEWARE = [Middleware(Doors), Middleware(PackedFiles), Middleware(PageBase)]
