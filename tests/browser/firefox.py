"""Debian's Firefox, driven by WebDriver BiDi, the standard that it speaks by itself.

Playwright drives only a Firefox of its own. Of its pages' methods those are here that the tests of
this folder need, under the same names: so one test can open a page in either browser.
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

PATIENCE = 30.0
"""Seconds that a page may take to become what is waited for."""
ENTER, ESCAPE, CONTROL = "\ue007", "\ue00c", "\ue009"
EVENTS = ["log.entryAdded", "network.beforeRequestSent"]
# Nothing is asked of the network but what a page asks for.
PREFERENCES = """
user_pref("app.update.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
"""


@contextmanager
def running_firefox(program: str, folder: Path) -> Iterator[Firefox]:
    """A running Firefox with a fresh profile in ``folder``."""
    (folder / "user.js").write_text(PREFERENCES)
    process = subprocess.Popen(
        [program, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", folder],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        # Its thread's pings draw from Python's ``random``, for which Hypothesis blames the test
        # that runs at that moment.
        address = f"{_address(process)}/session"
        with connect(address, max_size=None, ping_interval=None) as socket:
            yield Firefox(socket)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stderr or ():
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
            return found[1]
    raise RuntimeError("Firefox ended before it listened")


class Firefox:
    """The connection to a running Firefox."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._heard: list[dict[str, Any]] = []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=EVENTS)

    def send(self, method: str, **params: Any) -> Any:
        """Ask for something, and wait for the answer."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            told = json.loads(self._socket.recv(timeout=2 * PATIENCE))
            if told.get("id") != number:
                self._heard.append(told)
            elif told["type"] == "error":
                raise RuntimeError(f"{method}: {told['message']}")
            else:
                return told["result"]

    def heard(self, method: str, tab: str) -> list[dict[str, Any]]:
        """What was told of ``tab`` under the name ``method``."""
        told = [one["params"] for one in self._heard if one.get("method") == method]
        return [one for one in told if tab in (one.get("context"), _source(one))]

    def new_page(self, width: int = 1280, height: int = 720) -> Tab:
        """A window of a visitor who was never here."""
        visitor = self.send("browser.createUserContext")["userContext"]
        tab = self.send("browsingContext.create", type="tab", userContext=visitor)["context"]
        self.send(
            "browsingContext.setViewport",
            context=tab,
            viewport={"width": width, "height": height},
        )
        return Tab(self, tab)


def _pressed(key: str) -> list[dict[str, str]]:
    return [{"type": turn, "value": key} for turn in ("keyDown", "keyUp")]


def _source(told: dict[str, Any]) -> str | None:
    source: dict[str, str] = told.get("source", {})
    return source.get("context")


class Tab:
    """A window, asked and pressed as Playwright's pages are."""

    def __init__(self, browser: Firefox, tab: str) -> None:
        self._browser, self._tab = browser, tab

    def goto(self, address: str) -> None:
        self._browser.send(
            "browsingContext.navigate", context=self._tab, url=address, wait="complete"
        )

    def evaluate(self, function: str, arg: object = None) -> Any:
        """What the JavaScript ``function`` returns for ``arg``."""
        told = self._browser.send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({function})({json.dumps(arg)})))()",
            target={"context": self._tab},
            awaitPromise=True,
        )
        if told["type"] == "exception":
            raise AssertionError(told["exceptionDetails"]["text"])
        return json.loads(told["result"].get("value", "null"))

    def wait_for(self, function: str, arg: object = None) -> Any:
        """What ``function`` returns, as soon as that is true."""
        until = time.monotonic() + PATIENCE
        while not (found := self.evaluate(function, arg)):
            assert time.monotonic() < until, f"not within {PATIENCE} s: {function} ({arg!r})"
            time.sleep(0.05)
        return found

    def click(self, x: float, y: float) -> None:
        """Press the mouse at a place of the window."""
        self.move(x, y)
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self._act("pointer", "mouse", [down, up])

    def move(self, x: float, y: float) -> None:
        self._act("pointer", "mouse", [{"type": "pointerMove", "x": round(x), "y": round(y)}])

    def type(self, text: str) -> None:
        """Press the keys of ``text``, one after another."""
        keys = text.replace("\n", ENTER)
        self._act("key", "keys", [turn for key in keys for turn in _pressed(key)])

    def hold(self, first: str, key: str) -> None:
        """Press ``key`` while ``first`` is held."""
        down, up = _pressed(first)
        self._act("key", "keys", [down, *_pressed(key), up])

    def _act(self, kind: str, name: str, actions: list[dict[str, Any]]) -> None:
        source = {"type": kind, "id": name, "actions": actions}
        self._browser.send("input.performActions", context=self._tab, actions=[source])

    @property
    def errors(self) -> list[str]:
        """What went wrong in the page, by its console and by scripts that raised."""
        told = self._browser.heard("log.entryAdded", self._tab)
        return [one["text"] for one in told if one["level"] == "error"]

    @property
    def requests(self) -> list[str]:
        """Addresses that the page asked for."""
        told = self._browser.heard("network.beforeRequestSent", self._tab)
        return [one["request"]["url"] for one in told]

    def screenshot(self) -> str:
        """What is seen, as base64 of a PNG."""
        seen = self._browser.send("browsingContext.captureScreenshot", context=self._tab)
        return str(seen["data"])

    def close(self) -> None:
        self._browser.send("browsingContext.close", context=self._tab)
