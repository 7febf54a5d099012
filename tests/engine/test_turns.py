"""A class asks at once: what follows a hand goes first, and nothing waits for ever."""

import threading

import pytest

from groundup.engine import turns
from groundup.engine.turns import AT_ONCE, Turns
from tests.waiting import wait_until


class Class:
    """Threads that ask for a turn, and in which order they were given one."""

    def __init__(self):
        self.turns, self.order, self.threads = Turns(), [], []
        self.lock, self.end = threading.Lock(), threading.Event()

    def asks(self, name, *, hand=False, hold=None):
        def work():
            if hand:
                self.turns.follow_hand()
            with self.turns.turn():
                with self.lock:
                    self.order.append(name)
                if hold:
                    hold.wait(30)

        self.threads.append(threading.Thread(target=work))
        self.threads[-1].start()

    def waits(self, count):
        wait_until(lambda: len(self.turns._waiting) == count)

    def over(self):
        for thread in self.threads:
            thread.join(30)
        assert not any(thread.is_alive() for thread in self.threads)
        return self.order


@pytest.fixture
def patient(monkeypatch):
    """Nothing is overlooked for having taken long, on however slow a machine."""
    for name in ("HELD", "WAITED", "LONGEST"):
        monkeypatch.setattr(turns, name, 60.0)


def full(pupils):
    gate = threading.Event()
    for n in range(AT_ONCE):
        pupils.asks(f"first {n}", hold=gate)
    wait_until(lambda: len(pupils.order) == AT_ONCE)
    return gate


def test_those_who_wait_are_served_in_order_and_a_hand_before_them(patient):
    pupils = Class()
    gate = full(pupils)
    for n, (name, hand) in enumerate([("a", False), ("b", False), ("slider", True), ("c", False)]):
        pupils.asks(name, hand=hand)
        pupils.waits(n + 1)
    gate.set()
    order = pupils.over()[AT_ONCE:]
    # Two go on at the same time, so those beside each other may change places.
    assert (order[:2].count("slider"), len(order)) == (1, 4)


def test_those_who_have_waited_long_share_the_turns_with_hands(patient, monkeypatch):
    pupils = Class()
    gate = full(pupils)
    monkeypatch.setattr(turns, "WAITED", 0.0)
    monkeypatch.setattr(turns, "AT_ONCE", 1)
    for n, name in enumerate(["a", "b", "c", "slider", "another"]):
        pupils.asks(name, hand=n > 2)
        pupils.waits(n + 1)
    gate.set()
    # A hand waits for one press at most, however many came before it; no press waits for two hands.
    assert pupils.over()[-5:] == ["slider", "a", "another", "b", "c"]


def test_a_turn_that_is_held_for_long_keeps_nobody(monkeypatch):
    monkeypatch.setattr(turns, "HELD", 0.02)
    pupils = Class()
    gate = full(pupils)
    pupils.asks("a")
    wait_until(lambda: "a" in pupils.order)
    gate.set()
    pupils.over()


def test_one_goes_on_without_a_turn_at_last(monkeypatch):
    monkeypatch.setattr(turns, "HELD", 0.02)
    monkeypatch.setattr(turns, "LONGEST", 0.05)
    monkeypatch.setattr(turns, "AT_ONCE", 0)
    pupils = Class()
    pupils.asks("a")
    assert pupils.over() == ["a"]
    assert pupils.turns._waiting == []


def test_whoever_computes_aside_leaves_the_turn_to_others(patient):
    pupils, done = Class(), threading.Event()

    def computes():
        with pupils.turns.turn(), pupils.turns.turn(), pupils.turns.aside():
            done.wait(30)

    working = [threading.Thread(target=computes) for _ in range(2 * AT_ONCE)]
    for one in working:
        one.start()
    pupils.asks("a")
    wait_until(lambda: pupils.order == ["a"])
    done.set()
    for one in working:
        one.join(30)
    assert pupils.turns._held == []


def test_what_nobody_waits_for_comes_after_all_who_wait(patient):
    pupils = Class()
    gate = full(pupils)

    def tidies():
        with pupils.turns.last():
            pupils.order.append("tidied")

    pupils.threads.append(threading.Thread(target=tidies))
    pupils.threads[-1].start()
    pupils.waits(1)
    pupils.asks("a")
    pupils.waits(2)
    gate.set()
    assert pupils.over()[AT_ONCE:] == ["a", "tidied"]
    assert pupils.turns._held == []


def test_a_failure_gives_the_turn_back():
    own = Turns()
    with pytest.raises(ZeroDivisionError), own.turn():
        raise ZeroDivisionError
    assert own._held == []
