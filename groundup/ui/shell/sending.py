"""What a run of a page draws goes to the browser together, when the run gives up its turn.

Streamlit sends each element by itself. The server's own thread, which sends, then takes turns with
the one that draws: a run of 28 ms took 40 to 160 on two cores that a browser keeps busy. And the
browser draws a page again and again as its elements come in: on a first visit to the graph its
scripts ran for 305 ms, and for 200 to 240 where they come together.

Nothing waits for long: where a run computes aside, where another thread draws (a spinner does) and
after ``LATE`` seconds, what is there goes.
"""

from __future__ import annotations

import threading
from asyncio import AbstractEventLoop
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from streamlit import runtime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import (
    ScriptRunContext,
    ScriptRunner,
    ScriptRunnerEvent,
    get_script_run_ctx,
)

from groundup.engine.turns import TURNS
from groundup.ui.once import run

LATE = 0.1
"""Seconds after which what was drawn is sent though its run goes on."""


class Together:
    """Messages of one run, in their order, until :meth:`send`; of the link's only the last.

    Args:
        send: what sends one.
        check: what raises where the run is to end. Streamlit does so before each message, and one
            that it draws for that alone (an empty place) must not be seen.
        loop: where the clock runs that sends what is late.
    """

    def __init__(
        self,
        send: Callable[[Any], None],
        check: Callable[[], None],
        loop: AbstractEventLoop,
    ) -> None:
        self._send, self._check, self._loop = send, check, loop
        self._thread = threading.get_ident()
        self._waiting: deque[Any] = deque()
        # One may send while another does: the order of the messages is that of the page.
        self._sending = threading.RLock()

    def take(self, message: object) -> None:
        """Keep ``message`` for the next :meth:`send`; another thread's is sent at once."""
        if threading.get_ident() != self._thread:
            self._waiting.append(message)
            self.send()
            return
        self._check()
        if _is_link(message):
            self._drop_links()
        self._waiting.append(message)
        if len(self._waiting) == 1:
            self._loop.call_soon_threadsafe(self._loop.call_later, LATE, self.send)

    def _drop_links(self) -> None:
        """Keep no message of a link, for the next one says all of it.

        Each becomes an entry of the browser's history: where one press moves five controls, Back
        would undo a fifth of it.
        """
        with self._sending:
            kept = [one for one in self._waiting if not _is_link(one)]
            self._waiting.clear()
            self._waiting.extend(kept)

    def send(self) -> None:
        """Send what waits."""
        with self._sending:
            while self._waiting:
                self._send(self._waiting.popleft())


@contextmanager
def turn() -> Iterator[None]:
    """Draw in a turn; what is drawn is sent when the turn is given up.

    Within one that the run has already, go on in that.
    """
    context = get_script_run_ctx()
    if context is None or TURNS.is_had() or _is_held(context._enqueue):
        with TURNS.turn():
            yield
        return
    with run(), _together(context):
        yield


@contextmanager
def _together(context: ScriptRunContext) -> Iterator[None]:
    if not runtime.exists():
        with TURNS.turn():
            yield
        return
    loop = runtime.get_instance()._get_async_objs().eventloop
    at_once = context._enqueue
    together = Together(_sender(at_once), context.yield_check, loop)
    context._enqueue = together.take
    try:
        with TURNS.turn(together.send):
            yield
    finally:
        context._enqueue = at_once


def _is_link(message: object) -> bool:
    return isinstance(message, ForwardMsg) and message.WhichOneof("type") == "page_info_changed"


def _is_held(enqueue: Callable[[Any], None]) -> bool:
    return isinstance(getattr(enqueue, "__self__", None), Together)


def _sender(enqueue: Any) -> Callable[[Any], None]:
    """``enqueue`` without the look whether the run is to end: a run that was ended sends too."""
    runner: ScriptRunner = enqueue.__self__
    event = ScriptRunnerEvent.ENQUEUE_FORWARD_MSG
    return lambda message: runner.on_event.send(runner, event=event, forward_msg=message)
