"""A trace that others wait for: they have their turns, and it computes what it computes alone."""

import gc
import threading
import weakref

import pytest
import torch

from groundup.engine.execution import EXECUTION_LOCK
from groundup.engine.trace import TraceLimits, Tracing, trace, tracing
from groundup.engine.trace.expressions import Again
from groundup.engine.turns import TURNS
from tests.waiting import wait_until

TEXT = """
import torch

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)
total = torch.zeros(())
for n in range(1500):
    with torch.no_grad():
        total = total + torch.rand(())
print(total.item(), total.dtype, torch.is_grad_enabled())
"""


def test_others_have_their_turns_and_nothing_of_them_is_seen():
    alone = trace(TEXT).output
    turns, over, begun = [0], threading.Event(), threading.Event()

    def another():
        while not over.is_set():
            with EXECUTION_LOCK:
                torch.manual_seed(turns[0])
                turns[0] += torch.get_default_dtype() is torch.float32
                begun.set()

    thread = threading.Thread(target=another)
    thread.start()
    begun.wait()
    before = turns[0]
    shared = trace(TEXT, limits=TraceLimits(seconds=60)).output
    during = turns[0] - before
    over.set()
    thread.join()
    assert shared == alone
    assert "float64 True" in shared
    assert during >= 3


LONG = "n = 0\nfor step in range(20_000):\n    n = n + 1\n"


@pytest.mark.parametrize("hand", [False, True], ids=["pressed", "by hand"])
def test_long_recordings_are_made_one_after_the_other_and_a_hands_goes_between(hand):
    bounds = TraceLimits(statements=100_000, seconds=60)
    first, second = Tracing(LONG, bounds), Tracing(LONG, bounds)
    seen, over = {}, threading.Event()

    def begins():
        first.run()
        seen["then"] = second.recorder.count

    def follows():
        if hand:
            TURNS.follow_hand()
        with TURNS.turn():
            second.run()

    def asks():
        """Somebody always wants a turn, so that each who has one passes it on."""
        while not over.is_set():
            with EXECUTION_LOCK:
                pass

    threads = [threading.Thread(target=work) for work in (asks, begins, follows)]
    threads[0].start()
    threads[1].start()
    wait_until(lambda: tracing._LINE._taken)
    threads[2].start()
    for thread in threads[1:]:
        thread.join()
    over.set()
    threads[0].join()
    whole = first.recorder.count
    assert whole == second.recorder.count > 40_000
    assert (seen["then"] > 0.4 * whole) == hand


HOLDS = """
import torch
t = torch.ones(3, requires_grad=True)
class Box:
    def __init__(self):
        self.t = t
def f():
    return Box()
box = f()
y = f().t + 1
"""


@pytest.mark.parametrize("again", [False, True], ids=["recorded", "run again"])
def test_a_text_with_functions_is_let_go_when_its_trace_is_made(again):
    made = Tracing(HOLDS, TraceLimits())
    moments = made.run().moments
    if again:
        made = Again(HOLDS, TraceLimits(), moments[-1], "lesson", None)
        made.execute()
        assert made.found()
    tensor = weakref.ref(made._namespace["t"])
    del made
    gc.collect()
    assert tensor() is None
