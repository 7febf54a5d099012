"""What all sessions hold together is bounded: the longest idle ones give way, and are told."""

import gc
import threading
import weakref
from dataclasses import dataclass
from types import SimpleNamespace
from typing import ClassVar

import pytest
import torch

from groundup.engine import lesson, turns
from groundup.engine.sizes import bytes_of
from groundup.engine.turns import Turns
from groundup.modules.network import Design, network_lesson
from groundup.modules.network_training import NetworkTraining
from groundup.training.own_data import Points
from groundup.training.session import Training
from groundup.ui.shell import holdings
from groundup.ui.training.state import TrainingState
from tests.hosting.hostile import opened
from tests.pages import said, state_of
from tests.waiting import wait_until

MB = 1_000_000


@dataclass
class State:
    heavy: ClassVar[tuple[str, ...]] = ("film",)
    film: torch.Tensor | None = None
    name: str = ""


@pytest.fixture
def visit(monkeypatch):
    """``visit(name, state, idle)``: a visitor's page was drawn so many seconds ago."""
    monkeypatch.setattr(holdings, "_sessions", {})
    monkeypatch.setattr(holdings, "MOST_BYTES", 10 * MB)
    clock, shown = [1000.0], []
    monkeypatch.setattr(holdings, "page_states", lambda: list(shown))
    monkeypatch.setattr(holdings.time, "monotonic", lambda: clock[0])

    def drawn(name, state, idle=0.0):
        clock[0] = 1000.0 - idle
        context = SimpleNamespace(session_id=name)
        monkeypatch.setattr(holdings, "get_script_run_ctx", lambda: context)
        shown[:] = [state]
        holdings.settle()
        clock[0] = 1000.0
        shown.clear()

    return drawn


def film(megabytes=4):
    return State(film=torch.zeros(megabytes * MB // 4), name="mine")


def test_the_longest_idle_gives_way_and_no_more_than_that(visit):
    old, older, new = film(), film(), film()
    visit("old", old, idle=100)
    visit("older", older, idle=200)
    visit("new", new)
    assert older.film is None
    assert older.name == "mine"
    assert old.film is not None
    assert new.film is not None
    assert 8 * MB <= holdings.held() <= 10 * MB


def test_who_is_at_work_loses_nothing(visit):
    busy, new = film(8), film(8)
    visit("busy", busy, idle=5)
    visit("new", new)
    assert busy.film is not None
    assert new.film is not None


def test_who_has_left_gives_way_first(visit, monkeypatch):
    monkeypatch.setattr(holdings, "presence", lambda: lambda: False)
    gone = film()
    visit("gone", gone, idle=40)
    monkeypatch.setattr(holdings, "presence", lambda: lambda: True)
    here, new = film(), film()
    visit("here", here, idle=400)
    visit("new", new)
    assert gone.film is None
    assert here.film is not None


def test_a_session_that_is_over_is_forgotten(visit, monkeypatch):
    monkeypatch.setattr(holdings, "presence", lambda: lambda: False)
    over = film()
    visit("over", over, idle=40)
    del over
    visit("new", film(1))
    assert 1 * MB <= holdings.held() < 2 * MB


def test_who_loses_is_told_once_and_the_page_comes_up_again():
    app = opened("training_loop", {"lr": "0.2"})
    app.button(key="train").click().run()
    (own,) = [one for one in holdings._sessions.values() if one.bytes]
    assert own.bytes > 1_000
    state = state_of(app, TrainingState)
    state.own_points, loss = (
        Points((1.0, 2.0), (3.0, 5.0)),
        list(state.training.run.columns["loss"]),
    )
    own.let_go()
    assert state.training is None
    app.run()
    assert not app.exception
    assert holdings.LOST in said(app, "info")
    assert app.session_state["lr"] == 0.2
    app.run()
    assert holdings.LOST not in said(app, "info")
    assert state.own_points.y == (3.0, 5.0)
    state.own_points = None
    app.button(key="train").click().run()
    state.training.finish()
    assert list(state.training.run.columns["loss"]) == loss


def test_garbage_is_collected_when_the_page_is_there_and_by_nobody_who_draws(monkeypatch):
    class Holds:
        """It holds itself."""

    held = Holds()
    held.itself, left = held, weakref.ref(held)
    del held
    threads, over, let_go = [], threading.Event(), holdings._let_go

    def notes():
        threads.append(threading.get_ident())
        let_go()
        over.set()

    monkeypatch.setattr(holdings, "_let_go", notes)
    monkeypatch.setattr(holdings, "COLLECTED_AFTER", 0.0)
    monkeypatch.setattr(holdings, "_collected", -holdings.GARBAGE_SECONDS)
    gc.disable()
    try:
        holdings._collect_garbage()
        assert over.wait(30)
    finally:
        gc.enable()
    assert left() is None
    assert threads != [threading.get_ident()]
    monkeypatch.setattr(holdings, "GARBAGE_SECONDS", 3600.0)
    holdings._collect_garbage()
    assert len(threads) == 1


def test_tensors_count_once_and_what_is_shared_not_at_all():
    numbers = torch.zeros(1000)
    assert 4000 <= bytes_of([numbers, numbers.view(10, 100)]) < 4500
    assert bytes_of([torch, Training, len]) < 300
    assert bytes_of(torch.zeros(10**6, device="meta")) == 0
    assert bytes_of([0.5] * 1000) >= 24_000
    assert bytes_of([(epoch, [0.5] * 100) for epoch in range(10)]) >= 10 * 2_400


def test_a_longer_run_and_a_longer_film_count_for_more():
    short, long = (Training(lesson.load("training_loop").set(epochs=n)) for n in (10, 1000))
    for kept in (short, long):
        kept.finish()
    assert bytes_of(long) - bytes_of(short) > 990 * 3 * 8
    one = NetworkTraining(
        network_lesson({field: getattr(Design(), field) for field in vars(Design())})
    )
    (first,), before = one.frames, bytes_of(one)
    one.compute(0.5)
    _, *others = one.frames  # made of what was seen, which is larger and goes
    assert others
    assert bytes_of(one) - before > len(others) * len(first.field)


def test_only_what_a_visit_left_that_is_over_is_taken_up(visit, monkeypatch):
    here = [True]
    monkeypatch.setattr(holdings, "presence", lambda: lambda: here[0])
    left = film(1)
    visit("left", left)
    assert holdings.take_over("left") == []
    here[0] = False
    assert holdings.take_over("left") == [left]
    assert holdings.take_over("left") == holdings.take_over("nobody") == []
    assert holdings.held() == 0


def test_garbage_is_collected_every_few_seconds_and_not_with_every_page(visit, monkeypatch):
    collected = []
    monkeypatch.setattr(holdings, "_collected", -1e9)
    monkeypatch.setattr(holdings, "COLLECTED_AFTER", 0.0)
    monkeypatch.setattr(holdings, "_let_go", lambda: collected.append(1))
    for number in range(3):
        visit(f"visitor {number}", State())
    wait_until(lambda: len(collected) == 1)
    holdings._collected -= holdings.GARBAGE_SECONDS
    visit("visitor 4", State())
    wait_until(lambda: len(collected) == 2)


def test_a_collection_waits_for_those_who_want_their_page(monkeypatch):
    own, collected = Turns(), []
    monkeypatch.setattr(holdings, "TURNS", own)
    # However slow the machine is, the turn counts as held.
    monkeypatch.setattr(turns, "HELD", 60.0)
    # A page that another test drew may be followed by a collection just now.
    monkeypatch.setattr(holdings.gc, "collect", lambda: collected.append(threading.get_ident()))
    with own.turn():
        collecting = threading.Thread(target=holdings._let_go)
        collecting.start()
        wait_until(lambda: own._waiting)
        assert collecting.ident not in collected
    collecting.join(30)
    assert collected.count(collecting.ident) == 1
