"""Every mistake under every optimizer: it runs, and does what the lesson's table promises."""

import itertools
import statistics

import pytest

from groundup.engine import lesson, observe
from groundup.training import broken_loop
from groundup.training.session import Training
from groundup.training.surface import LossSurface

LOOP = lesson.load("training_loop")
OPTIMIZERS = LOOP.parameters["optimizer"].options
MISTAKES = list(broken_loop.mistakes(LOOP).values())


def happened(lesson, broken, healthy):
    return broken_loop.happened(broken, healthy, Training(lesson).setting.moments(broken))


def both(broken):
    return observe.run(broken.text), observe.run(broken.healthy_text)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("edit", MISTAKES, ids=lambda edit: edit.name)
def test_every_mistake_does_what_is_promised(edit, optimizer):
    broken = LOOP.set(optimizer=optimizer, epochs=200).edit(edit.name)
    assert broken.marked_lines
    assert happened(LOOP, *both(broken)) == broken_loop.promised(edit, optimizer)
    assert edit.notes["meaning"]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("edit", MISTAKES, ids=lambda edit: edit.name)
def test_a_failure_names_a_line_of_the_shown_text_and_both_runs_share_their_start(edit, optimizer):
    broken, healthy = both(LOOP.set(optimizer=optimizer, epochs=3).edit(edit.name))
    if broken.failure:
        assert broken.text.splitlines()[broken.failure.line - 1].strip()
        assert broken.failure.message
    assert healthy.failure is None
    assert healthy.epochs == 3
    if broken.epochs and edit.name != "broadcast":
        assert broken.columns["loss"][0] == healthy.columns["loss"][0]


def test_forgetting_to_zero_is_momentum_of_one_to_the_last_bit():
    broken = LOOP.set(epochs=300).edit("no_zero")
    forgot, twin = observe.run(broken.text), observe.run(broken_loop.twin(broken).text)
    assert forgot.columns["loss"] == twin.columns["loss"]
    assert forgot.columns["w"] == twin.columns["w"]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_flat_target_leads_to_the_mean_of_y(optimizer):
    run = observe.run(
        LOOP.set(optimizer=optimizer, epochs=2000, learning_rate=0.01).edit("broadcast").text
    )
    y = run.variables["y_true"].tolist()
    assert run.columns["w"][-1] == pytest.approx(0, abs=0.05)
    assert run.columns["b"][-1] == pytest.approx(statistics.fmean(y), abs=0.05)
    assert run.columns["loss"][-1] == pytest.approx(statistics.pvariance(y), rel=0.01)


def test_too_fast_is_ten_percent_over_the_limit():
    run = observe.run(LOOP.edit("too_fast").text)
    x, y = (run.variables[name].flatten().tolist() for name in ("X", "y_true"))
    limit = LossSurface.of(x, y).largest_stable_step
    assert run.variables["learning_rate"] == pytest.approx(1.1 * limit, rel=1e-5)


def test_a_schedule_and_a_mistake_go_together():
    broken = LOOP.at_epoch(3, learning_rate=0.05).edit("no_no_grad")
    assert observe.run(broken.text).failure.kind == "RuntimeError"


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_of_all_orders_those_that_zero_after_the_update_and_before_backward_are_equal(optimizer):
    found = {broken_loop.SAME: set(), broken_loop.NOTHING: set(), broken_loop.RAISES: set()}
    small = LOOP.set(optimizer=optimizer, epochs=4)
    healthy = observe.run(small.text)
    for digits in itertools.permutations("12345"):
        order = "".join(digits)
        run = observe.run(broken_loop.reordered(small, order).text)
        found[happened(small, run, healthy)].add(order)
    assert found[broken_loop.SAME] == {"12345", "51234", "15234", "12534"}
    assert found[broken_loop.NOTHING] == {"12354"}


@pytest.mark.parametrize("order", ["", "1234", "12344", "123456", "abcde", "１２３４５"])
def test_an_order_that_is_none_is_refused(order):
    with pytest.raises(ValueError, match="each once"):
        broken_loop.reordered(LOOP, order)
