"""What a run draws is sent together, in its order, and never later than it must be."""

import asyncio
import threading

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest

from groundup.engine.turns import TURNS
from groundup.ui.shell import sending
from groundup.ui.shell.sending import Together
from tests.waiting import wait_until


@pytest.fixture
def loop():
    """A loop that runs in a thread of its own, as a server's does."""
    made = asyncio.new_event_loop()
    running = threading.Thread(target=made.run_forever)
    running.start()
    yield made
    made.call_soon_threadsafe(made.stop)
    running.join(30)
    made.close()


def nothing():
    pass


def test_what_is_drawn_in_a_turn_is_sent_in_its_order_when_the_turn_is_left(loop, monkeypatch):
    monkeypatch.setattr(sending, "LATE", 1000)
    sent = []
    together = Together(sent.append, nothing, loop)
    with TURNS.turn(together.send):
        for message in "abc":
            together.take(message)
        assert sent == []
    assert sent == list("abc")


def test_of_what_is_said_of_the_link_only_the_last_is_sent_and_not_what_a_send_parts(
    loop, monkeypatch
):
    monkeypatch.setattr(sending, "LATE", 1000)
    sent = []
    together = Together(sent.append, nothing, loop)

    def said():
        return [m if isinstance(m, str) else m.page_info_changed.query_string for m in sent]

    with TURNS.turn(together.send):
        for message in ("a=1", "drawn", "a=1&b=2", "also drawn"):
            together.take(link(message) if "=" in message else message)
        with TURNS.aside():
            assert said() == ["drawn", "a=1&b=2", "also drawn"]
        together.take(link("a=1&b=2&c=3"))
    assert said() == ["drawn", "a=1&b=2", "also drawn", "a=1&b=2&c=3"]


def link(query):
    message = ForwardMsg()
    message.page_info_changed.query_string = query
    return message


def test_who_computes_aside_has_sent_what_was_drawn_before(loop, monkeypatch):
    monkeypatch.setattr(sending, "LATE", 1000)
    sent = []
    together = Together(sent.append, nothing, loop)
    with TURNS.turn(together.send):
        together.take("before")
        with TURNS.aside():
            assert sent == ["before"]
        together.take("after")
        assert sent == ["before"]
    assert sent == ["before", "after"]


def test_what_goes_on_for_long_is_sent_meanwhile(loop, monkeypatch):
    monkeypatch.setattr(sending, "LATE", 0.01)
    sent = []
    together = Together(sent.append, nothing, loop)
    for message in range(3):
        together.take(message)
        wait_until(lambda message=message: sent == list(range(message + 1)))


def test_what_another_thread_draws_is_sent_at_once_after_what_was_drawn_before(loop, monkeypatch):
    monkeypatch.setattr(sending, "LATE", 1000)
    sent = []
    together = Together(sent.append, nothing, loop)
    together.take("drawn")
    spinner = threading.Thread(target=together.take, args=("spinner",))
    spinner.start()
    spinner.join(30)
    assert sent == ["drawn", "spinner"]


def test_threads_that_send_at_once_keep_the_order(loop, monkeypatch):
    monkeypatch.setattr(sending, "LATE", 0.0)
    sent = []
    together = Together(sent.append, nothing, loop)
    for message in range(20_000):
        together.take(message)
    together.send()
    assert sent == list(range(20_000))


def test_a_run_that_is_to_end_ends_where_it_draws_and_sends_what_was_drawn(loop, monkeypatch):
    monkeypatch.setattr(sending, "LATE", 1000)
    sent, ends = [], []

    def check():
        if ends:
            raise InterruptedError

    together = Together(sent.append, check, loop)
    with TURNS.turn(together.send):
        together.take("drawn")
        ends.append(True)
        with pytest.raises(InterruptedError):
            together.take("not seen")
    assert sent == ["drawn"]


PAGE = """
import streamlit as st

from groundup.ui.shell.sending import turn

with turn(), turn():
    st.title("drawn")
    END
    st.title("not reached")
"""


@pytest.mark.parametrize("end", ["st.stop()", "raise ValueError"])
def test_a_page_that_stops_or_fails_shows_what_it_drew(end):
    app = AppTest.from_string(PAGE.replace("END", end)).run()
    assert [one.value for one in app.title] == ["drawn"]
    assert len(app.exception) == end.startswith("raise")


SAYS = """
import streamlit as st

from groundup.ui.shell.sending import turn
from groundup.ui.once import said_once

def draw(part):
    with turn():
        for sentence in said_once(st.session_state[part]):
            st.write(sentence)
        if st.session_state.pop("again", 0):
            st.rerun()

if "page" not in st.session_state:
    st.session_state.update(page=["a", "b"], part=["c"], again=1)
with turn():
    draw("page")
    draw("part")
    if st.button("Press"):
        st.stop()
"""


def test_what_is_said_once_is_said_anew_where_its_run_began_anew():
    app = AppTest.from_string(SAYS).run()
    assert [one.value for one in app.markdown] == ["a", "b", "c"]
    app.session_state["page"] += ["d"]
    app.button[0].click().run()
    assert [one.value for one in app.markdown] == ["d"]
    app.button[0].click().run()
    assert [one.value for one in app.markdown] == []
