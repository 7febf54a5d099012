"""The table of runs and the sweep, against runs made one by one."""

import csv
import io
import math

import numpy as np
import pytest

from groundup.engine import lesson, observe
from groundup.training import run_table
from groundup.training.run_table import RunTable
from groundup.training.session import Training
from groundup.training.surface import LossSurface

LOOP = lesson.load("training_loop")


def pinned(book, **settings):
    training = Training(LOOP)
    training.train(LOOP.set(**settings))
    return book.pin(training.lesson, training.run, training.setting)


def test_a_pinned_run_holds_its_numbers_and_every_setting():
    kept = pinned(RunTable(), epochs=40, optimizer="Adam")
    run = observe.run(LOOP.set(epochs=40, optimizer="Adam").text)
    assert kept.loss[:-1] == pytest.approx(list(run.columns["loss"]))
    assert (kept.w, kept.b) == (run.columns["w"][-1], run.columns["b"][-1])
    unsaid = {"schedule": "", "data": "drawn", "batch": "all points"}
    assert kept.settings == LOOP.set(epochs=40, optimizer="Adam").settings | unsaid
    assert kept.seconds > 0


def test_a_schedule_is_kept_as_its_control_holds_it():
    training = Training(LOOP)
    training.train(LOOP.set(learning_rate=0.2).at_epoch(30, learning_rate=0.01))
    kept = RunTable().pin(training.lesson, training.run, training.setting)
    assert kept.settings["schedule"] == "0: 0.2, 30: 0.01"


@pytest.mark.parametrize(
    ("loss", "epoch"),
    [([9, 2, 1.005, 1.0], 2), ([1, 5, 1], 2), ([5, 4], None), ([1, math.nan], None)],
)
def test_arrived_is_the_epoch_from_which_it_stays_within_one_percent(loss, epoch):
    assert run_table.arrived(loss, 1.0) == epoch


def test_runs_are_renamed_hidden_and_deleted_by_their_number():
    book = RunTable()
    one, two = pinned(book), pinned(book, learning_rate=0.5)
    book.change(two.number, name="fast", shown=False)
    assert (two.name, two.shown, one.shown) == ("fast", False, True)
    book.delete(one.number)
    assert book.runs == [two]
    assert pinned(book).number == 3


def test_there_is_an_end_to_what_is_kept():
    book = RunTable()
    training = Training(LOOP)
    with pytest.raises(ValueError, match="Train"):
        book.pin(LOOP, training.run, training.setting, 0.0)
    for _ in range(run_table.MAX_RUNS):
        pinned(book, epochs=1)
    with pytest.raises(ValueError, match="most"):
        pinned(book, epochs=1)


def test_the_table_is_taken_home_whole_and_no_name_is_a_formula():
    book = RunTable()
    pinned(book, epochs=3).name = "=1+1"
    pinned(book, learning_rate=10.0, epochs=200)
    one, two = csv.DictReader(io.StringIO(run_table.to_csv(book.runs)))
    assert one["run"] == "'=1+1"
    assert float(one["final loss"]) == book.runs[0].loss[-1]
    assert two["final loss"] in {"nan", "inf"}
    assert two["learning_rate"] == "10.0"


def test_a_sweep_ends_where_single_runs_end_and_turns_at_the_limit():
    run = observe.run(LOOP.text)
    x, y = (run.variables[name].flatten().tolist() for name in ("X", "y_true"))
    limit = LossSurface.of(x, y).largest_stable_step
    loop = LOOP.at_epoch(5, learning_rate=0.01)
    found = run_table.sweep(loop, run_table.rates(limit, 1e-4, 10.0))
    assert len(found.rates) >= 25
    assert found.rates == sorted(found.rates)
    for rate, loss in zip(found.rates[::7], found.losses[::7], strict=True):
        columns = observe.run(LOOP.set(learning_rate=rate).text).columns
        line = columns["w"][-1] * np.array(x) + columns["b"][-1]
        alone = np.float32(np.mean((line - np.array(y)) ** 2))
        assert loss == pytest.approx(alone, rel=1e-4, nan_ok=True)
    first = run.columns["loss"][0]
    for rate, loss in zip(found.rates, found.losses, strict=True):
        assert (not loss < first) == (rate > limit)


@pytest.mark.parametrize("limit", [1e-9, 0.02, 1.0, 1e9])
def test_the_rates_of_a_sweep_are_allowed_ones(limit):
    found = run_table.rates(limit, 1e-4, 10.0)
    assert len(found) == 31
    assert all(1e-4 <= rate <= 10.0 for rate in found)
