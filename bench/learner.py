"""A learner without a browser: speaks Streamlit's own websocket protocol."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from typing import Any, NamedTuple
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

# Seconds without any word from the server, after which there is no answer to wait for.
SILENCE = 120
PLAYER = "groundup_player"
EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class Widget(NamedTuple):
    """What the server sent: its identity, the fragment it stands in, and its kind."""

    identity: str
    fragment: str
    kind: str

    def holding(self, value: Any) -> WidgetState:
        """What a browser says when the widget holds ``value``, or was pressed."""
        state = WidgetState(id=self.identity)
        match self.kind:
            case "button":
                state.trigger_value = True
            case "slider":
                state.double_array_value.data.append(value)
            case "bidi_component":
                state.json_value = json.dumps(value)
            case "number_input" if isinstance(value, int):
                state.int_value = value
            case "number_input":
                state.double_value = value
            case _:
                state.string_value = value
        return state


class Learner:
    """One session; remembers the widgets that the server sent it, by label, components by key."""

    def __init__(self, address: str, page: str = "", **settings: object) -> None:
        self._url = f"ws://{address}/_stcore/stream"
        self._page, self._query = page, urlencode(settings)
        self._widgets: dict[str, Widget] = {}
        self._clock: tuple[str, float] | None = None
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
        self.largest = self.epochs = 0
        return await self.set(label)

    async def set(self, label: str, value: Any = None) -> float:
        """Let the control hold ``value``; return the seconds until its answer is complete."""
        widget = self._widgets[label]
        return await self._rerun(widget.holding(value), widget.fragment)

    async def follow(self) -> float:
        """Ask for what is fed in pieces until all is there; return the longest wait for one."""
        worst = 0.0
        while self._clock:
            fragment, seconds = self._clock
            await asyncio.sleep(seconds)
            worst = max(worst, await self._rerun(fragment=fragment))
        return worst

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
            # One that ends early for a rerun is followed by another, which is the answer.
            if answer.WhichOneof("type") == "script_finished" and answer.script_finished != EARLY:
                return time.perf_counter() - start

    def _take(self, answer: ForwardMsg, size: int) -> None:
        kind = answer.WhichOneof("type")
        if kind == "auto_rerun":
            self._clock = (answer.auto_rerun.fragment_id, answer.auto_rerun.interval)
        if kind == "new_session" and not answer.metadata.run.fragment_ids:
            self._clock = None
        if kind == "navigation":
            # The one in new_session is script.py's: a rerun of it would be the first page.
            self._page_hash = answer.navigation.page_script_hash
        if kind != "delta":
            return
        element = answer.delta.new_element
        name = element.WhichOneof("type")
        if name == "exception":
            self.errors.append(element.exception.message)
        if name == "bidi_component" and element.bidi_component.component_name == PLAYER:
            run = json.loads(element.bidi_component.json)[0]["runs"][0]
            self.largest, self.epochs = size, len(base64.b64decode(run["loss"])) // 4
        if name == "bidi_component":
            # An identity ends in the key that the page gave it.
            identity = element.bidi_component.id
            key = identity.rpartition("-")[2]
            self._widgets[key] = Widget(identity, answer.delta.fragment_id, name)
        self._note(getattr(element, name) if name else None, answer.delta.fragment_id, name or "")

    def _note(self, widget: Any, fragment: str, kind: str) -> None:
        # A link to a page has a label too, and nothing to press from here.
        label, identity = getattr(widget, "label", ""), getattr(widget, "id", "")
        if label and identity:
            self._widgets[label] = Widget(identity, fragment, kind)
