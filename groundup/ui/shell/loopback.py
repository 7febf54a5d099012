"""Serve the app to the user of this machine alone: for the mode that runs their own scripts.

Three things keep everybody else out. The server is bound to the loopback address. Everything that
it serves lies under a random name, which whoever did not start it cannot know. And what the browser
says of itself is checked: a foreign site that a user visits can make their browser ask this server
(under a name of its own for the loopback address, too), and is told apart by ``Host`` and
``Origin``.
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
import threading
import tomllib
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit import config

from groundup.ui.shell.answers import MIDDLEWARE
from groundup.ui.shell.serve import SCRIPT, app_file

ADDRESS = "127.0.0.1"
NAMES = frozenset({ADDRESS, "localhost"})
"""What a browser may call this machine; the port is any, for a tunnel may have another."""
VARIABLE = "STREAMLIT_SERVER_ADDRESS"
SETTINGS = app_file().parent / ".streamlit" / "config.toml"
PORTS = range(8501, 8601)
MAX_PORT = 65_535


class OnlyThisMachine:
    """Answers requests that a page of this very server, or the user, made; refuses all others."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, or refuse it."""
        if scope["type"] == "lifespan" or is_own(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(code=1008)(scope, receive, send)
        else:
            refused = PlainTextResponse("This server is for its own machine alone.", 403)
            await refused(scope, receive, send)


def is_own(headers: Headers) -> bool:
    """Whether a request with such ``headers`` was made by a page of this server, or by no page."""
    host, origin = headers.get("host", ""), headers.get("origin")
    return _name(host) in NAMES and (origin is None or urlsplit(origin).netloc == host)


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def refuse_other_addresses() -> None:
    """Look where Streamlit is told to serve.

    Raises:
        ValueError: if the environment or a ``config.toml`` says elsewhere than here.
    """
    for where, address in _addresses():
        if address not in NAMES:
            raise ValueError(
                f"{where} sets Streamlit's server.address to {address}, and a script is opened on "
                f"{ADDRESS} alone. Take that setting away first."
            )


def _addresses() -> Iterator[tuple[str, object]]:
    if VARIABLE in os.environ:
        yield VARIABLE, os.environ[VARIABLE]
    for file in {*config.get_config_files("config.toml"), str(SETTINGS)}:
        if Path(file).is_file():
            server = tomllib.loads(Path(file).read_text("utf-8")).get("server", {})
            if isinstance(server, dict) and "address" in server:
                yield file, server["address"]


def serve(page: str, *, port: int | None, browser: bool) -> None:
    """Serve the app, until it is stopped, and open the page at ``page``.

    Raises:
        ValueError: if Streamlit is told to serve elsewhere, or the ``port`` cannot be had.
    """
    refuse_other_addresses()
    port, name = free_port(port), secrets.token_urlsafe(16)
    address = f"http://{ADDRESS}:{port}/{name}/{page}"
    app = st.App(
        app_file().with_name(SCRIPT),
        middleware=[Middleware(OnlyThisMachine), *MIDDLEWARE],
        lifespan=_said(address, browser),
    )
    sys.argv = [str(app_file())]  # beside which Streamlit looks for its settings
    app.run(config=settings(port, name))


def settings(port: int, name: str) -> dict[str, Any]:
    """Streamlit's options; these go before its files and the environment."""
    return {
        "server.address": ADDRESS,
        "server.port": port,
        "server.baseUrlPath": name,
        "server.headless": True,
        "server.allowedHosts": sorted(NAMES),
        "server.enableCORS": True,
        "server.corsAllowedOrigins": [],
        "server.enableXsrfProtection": True,
        "server.enableAgentApi": False,
        "server.enableStaticServing": False,
        "global.developmentMode": False,
        "logger.hideWelcomeMessage": True,
    }


def free_port(wanted: int | None) -> int:
    """The port ``wanted``, or the first of :data:`PORTS` that is free.

    Raises:
        ValueError: if there is none.
    """
    if wanted is not None and not 1 <= wanted <= MAX_PORT:
        raise ValueError(f"--port {wanted}: a port is a whole number from 1 to {MAX_PORT:,}.")
    for port in PORTS if wanted is None else (wanted,):
        with socket.socket() as probe:
            if probe.connect_ex((ADDRESS, port)) != 0 and _can_bind(port):
                return port
    if wanted is None:
        raise ValueError(f"no port from {PORTS[0]} to {PORTS[-1]} is free: choose one with --port.")
    raise ValueError(f"--port {wanted}: it is in use, or not for you to use. Choose another one.")


def _can_bind(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def _said(address: str, browser: bool) -> Callable[[st.App], Any]:
    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[None]:
        # The socket listens already: a browser that comes now is answered in a moment.
        print(f"groundup is at {address} for this machine alone. Ctrl+C ends it.", flush=True)
        if browser:
            threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()
        yield

    return lifespan
