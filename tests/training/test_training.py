"""A run under the learner's hand: held, stepped, changed in mid-run, resumed."""

import pytest

from groundup.engine import lesson, observe
from groundup.training import schedule
from groundup.training.session import Training

LOOP = lesson.load("training_loop")


@pytest.fixture
def held():
    """A run of 100 epochs that the learner holds with 40 of them complete."""
    training = Training(LOOP)
    training.train(LOOP)
    training.follow_player(training.order, 40, False)
    return training


def test_before_the_first_press_the_data_and_the_start_are_known():
    setting = Training(LOOP).setting
    assert len(setting.x) == len(setting.y) == 50
    assert setting.start == (-1.0, 0.0)


def test_train_computes_the_whole_run_and_plays_it():
    training = Training(LOOP)
    training.train(LOOP)
    assert (training.run.epochs, training.playing, training.complete) == (100, True, True)


def test_a_learning_rate_changed_in_mid_run_keeps_the_past_and_changes_the_future(held):
    before = {name: list(column) for name, column in held.run.columns.items()}
    new = held.rescheduled((), 0.01)
    assert new == ((0, 0.1), (40, 0.01))
    held.show(schedule.apply(LOOP, new))
    assert held.at == 40
    assert list(held.run.columns["w"][:40]) == before["w"][:40]
    assert list(held.run.columns["w"][40:]) != before["w"][40:]
    alone = observe.run(LOOP.at_epoch(40, learning_rate=0.01).text)
    assert held.run.columns == alone.columns


def test_other_changes_wait_for_train_while_a_run_is_held(held):
    other = LOOP.set(points=7)
    held.show(other)
    assert held.stale(other)
    assert held.run.epochs == 100
    held.train(other)
    assert not held.stale(other)
    assert len(held.setting.x) == 7


def test_a_change_is_shown_at_once_where_no_run_is_on():
    training = Training(LOOP)
    training.show(LOOP.set(points=7))
    assert len(training.setting.x) == 7


def test_a_walk_begins_where_the_run_is_held_and_takes_up_another_text(held):
    held.walk(held.lesson)
    assert (held.at, held.run.epochs, held.holding) == (40, 100, True)
    other = LOOP.set(points=7, epochs=30)
    held.walk(other)
    assert (held.stale(other), held.at, held.run.epochs, held.playing) == (False, 0, 30, False)


def test_a_long_run_is_computed_on_while_it_is_walked_through():
    training, long = Training(LOOP), LOOP.set(epochs=2000)
    training.press_seconds = 0.0
    training.walk(long)
    assert (training.complete, training.playing, training.feeding) == (False, False, True)
    training.walked = False
    assert not training.feeding
    training.walk(long)
    training.finish()
    assert not training.feeding


def test_a_report_from_before_the_last_order_is_not_heard(held):
    held.train(LOOP)
    held.follow_player(held.order - 1, 3, False)
    assert held.playing


def test_a_report_beyond_the_run_is_kept_within_it(held):
    held.follow_player(held.order, 10**9, False)
    assert held.at == 100


@pytest.mark.parametrize("text", ["", "0: 0.1, 120: 0.05", "0: 1e-3, 3: 2"])
def test_a_schedule_reads_back_what_it_writes(text):
    found = schedule.parse(text)
    assert schedule.parse(schedule.render(found)) == found


@pytest.mark.parametrize("text", ["x", "120: 0.1", "0: 0.1, 5: 0.2, 5: 0.3", "0: .", "0: 0.1,"])
def test_a_schedule_that_cannot_be_read_is_refused(text):
    with pytest.raises(ValueError, match=r"\."):
        schedule.parse(text)
