"""What all five topics that play a run do alike: held, computed in slices, interrupted."""

import threading
import time

import pytest

from groundup.engine import lesson, playback
from groundup.engine.execution import EXECUTION_LOCK, FairLock
from groundup.modules.network import network_lesson
from groundup.modules.network_training import NetworkTraining
from groundup.modules.parameter_history import TrainedModel
from groundup.optimizers.race import Plan, Race
from groundup.optimizers.racers import LANDSCAPES, racers
from groundup.scale import ffn_training
from groundup.scale.ffn_training import FfnTraining
from groundup.scale.measure import Budget
from groundup.training.session import Training

LOOP = lesson.load("training_loop").set(epochs=1000)
NETWORK = network_lesson({"epochs": 600, "points": 100})
MODEL = lesson.load("inside_a_model").set(epochs=300)
SGD, RAVINE = racers()["SGD"], LANDSCAPES["ravine"]
PLAN = Plan(RAVINE, RAVINE.start, 1000, (SGD,), {"SGD": 0.01}, {"SGD": SGD.defaults})


def training():
    made = Training(LOOP)
    made.train(LOOP)
    return made


def network():
    made = NetworkTraining(NETWORK)
    made.train(NETWORK)
    return made


def parameters():
    made = TrainedModel(MODEL.set(epochs=0))
    made.train(MODEL)
    return made


def race():
    made = Race(PLAN)
    made.show(PLAN)
    return made


def fitting():
    made = FfnTraining()
    made.train(ffn_training.planned(64, ROOMY, epochs=600), ROOMY)
    return made


ROOMY = Budget(2_000_000_000, "for the test")


@pytest.fixture(params=[training, network, parameters, race, fitting], ids=lambda f: f.__name__)
def begun(request, monkeypatch):
    """A long run of each topic, begun by a press that computes one slice."""
    for kind in (Training, NetworkTraining, TrainedModel, Race, FfnTraining):
        monkeypatch.setattr(kind, "press_seconds", 0.0)
    return request.param()


def test_a_press_computes_a_slice_at_least_and_plays(begun):
    assert begun.runs[0].steps > 0
    assert (begun.at, begun.playing, begun.feeding) == (0, True, True)


def test_where_it_is_held_is_kept_within_what_is_computed(begun):
    while not begun.furthest:
        begun.compute(0.05)
    begun.follow_player(begun.order, 10**9, False)
    assert begun.at == begun.furthest > 0
    begun.follow_player(begun.order, -3, True)
    assert (begun.at, begun.playing) == (0, True)


def test_a_report_under_an_old_order_is_ignored(begun):
    begun.follow_player(begun.order - 1, 1, False)
    assert (begun.at, begun.playing) == (0, True)


def test_waiting_for_the_turns_of_others_is_not_counted(begun):
    before = begun.runs[0].seconds
    taken = threading.Event()

    def other():
        with EXECUTION_LOCK:
            taken.set()
            time.sleep(0.3)

    thread = threading.Thread(target=other)
    thread.start()
    taken.wait()
    run = begun.runs[0]
    begun.compute(0.15)
    thread.join()
    assert begun.complete or run.seconds - before > 0.03


def test_in_a_class_a_piece_comes_after_a_while_whatever_was_computed_by_then(begun, monkeypatch):
    monkeypatch.setattr(playback, "PATIENCE", 0)
    over, taken = threading.Event(), threading.Event()

    def another():
        while not over.is_set():
            with EXECUTION_LOCK:
                taken.set()
                time.sleep(0.001)

    others = [threading.Thread(target=another) for _ in range(3)]
    for thread in others:
        thread.start()
    taken.wait()
    before = EXECUTION_LOCK.seconds
    begun.compute(1000)
    one_slice = EXECUTION_LOCK.seconds - before
    begun.compute(1000, least=0.03)
    over.set()
    for thread in others:
        thread.join()
    assert begun.feeding
    # A piece that is to be worth drawing waits for that.
    assert EXECUTION_LOCK.seconds - before - one_slice >= 0.03
    begun.compute(1000)
    assert begun.complete


def test_whoever_computes_ends_soon_when_another_thread_wants_it(begun):
    ended = []

    def computing():
        with begun.exclusive():
            entered.set()
            begun.compute(1000)
            ended.append(time.monotonic())

    entered = threading.Event()
    thread = threading.Thread(target=computing)
    thread.start()
    entered.wait()
    with begun.exclusive():
        assert ended
        assert begun.feeding
    thread.join()


def test_pieces_lead_to_the_end(begun):
    begun.finish()
    assert (begun.complete, begun.feeding, begun.playing) == (True, False, True)


def test_the_time_of_a_turn_is_that_of_holding_it():
    turns, other = FairLock(), threading.Event()

    def hold():
        with turns:
            other.set()
            time.sleep(1)

    thread = threading.Thread(target=hold)
    thread.start()
    other.wait()
    with turns:
        time.sleep(0.05)
    thread.join()
    assert 0.05 <= turns.seconds < 0.8
