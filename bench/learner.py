"""A learner without a browser: speaks Streamlit's own websocket protocol."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

# Seconds without any word from the server, after which there is no answer to wait for.
SILENCE = 60
PLAYER = "groundup_player"


class Learner:
    """One session; remembers the widgets that the server sent it, by label."""

    def __init__(self, address: str, page: str = "", **settings: object) -> None:
        self._url = f"ws://{address}/_stcore/stream"
        self._page, self._query = page, urlencode(settings)
        self._widgets: dict[str, tuple[str, str]] = {}
        self._page_hash = ""
        self._socket: ClientConnection | None = None
        self.errors: list[str] = []
        self.largest = 0
        self.epochs = 0

    async def arrive(self) -> None:
        """Open the page and wait until it is there."""
        self._socket = await connect(self._url, subprotocols=["streamlit"], max_size=None)
        await self._rerun()

    async def leave(self) -> None:
        """Close the session, as a closed tab does."""
        if self._socket:
            await self._socket.close()

    async def press(self, label: str) -> float:
        """Press the button and return the seconds until its answer is complete."""
        identity, fragment = self._widgets[label]
        self.largest = self.epochs = 0
        return await self._rerun(WidgetState(id=identity, trigger_value=True), fragment)

    async def slide(self, label: str, value: float) -> float:
        """Move the slider and return the seconds until its answer is complete."""
        identity, fragment = self._widgets[label]
        state = WidgetState(id=identity)
        state.double_array_value.data.append(value)
        return await self._rerun(state, fragment)

    async def _rerun(self, state: WidgetState | None = None, fragment: str = "") -> float:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_name = self._query, self._page
        asked.page_script_hash, asked.fragment_id = self._page_hash, fragment
        asked.widget_states.widgets.extend([state] if state else [])
        start = time.perf_counter()
        assert self._socket
        await self._socket.send(message.SerializeToString())
        while True:
            raw = await asyncio.wait_for(self._socket.recv(), SILENCE)
            answer = ForwardMsg()
            answer.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            self._take(answer, len(raw))
            if answer.WhichOneof("type") == "script_finished":
                return time.perf_counter() - start

    def _take(self, answer: ForwardMsg, size: int) -> None:
        kind = answer.WhichOneof("type")
        if kind == "navigation":
            # The one in new_session is app.py's: a rerun of it would be the first page.
            self._page_hash = answer.navigation.page_script_hash
        if kind != "delta":
            return
        element = answer.delta.new_element
        name = element.WhichOneof("type")
        if name == "exception":
            self.errors.append(element.exception.message)
        if name == "bidi_component" and element.bidi_component.component_name == PLAYER:
            run = json.loads(element.bidi_component.json)["runs"][0]
            self.largest, self.epochs = size, len(base64.b64decode(run["loss"])) // 4
        self._note(getattr(element, name) if name else None, answer.delta.fragment_id)

    def _note(self, widget: Any, fragment: str) -> None:
        # A link to a page has a label too, and nothing to press from here.
        label, identity = getattr(widget, "label", ""), getattr(widget, "id", "")
        if label and identity:
            self._widgets[label] = (identity, fragment)
