"""Mini-batches: against torch.optim on the same batches; full batches keep their text."""

from array import array

import pytest
import torch

from groundup.engine import lesson, observe
from groundup.engine.run_log import UpdateLog
from groundup.training import batches, broken_loop, own_data
from groundup.training.own_data import Points
from groundup.training.session import Training

LOOP = lesson.load("training_loop")
MADE_BY_TORCH = {
    "gradient descent": torch.optim.SGD,
    "momentum": lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9),
    "RMSprop": torch.optim.RMSprop,
    "Adam": torch.optim.Adam,
}


def test_full_batches_keep_the_text_to_the_last_byte():
    assert batches.in_batches(LOOP, "all points").text == LOOP.text


@pytest.mark.parametrize("optimizer", MADE_BY_TORCH)
@pytest.mark.parametrize(("name", "size"), [("16 points", 16), ("8 points", 8), ("1 point", 1)])
def test_each_optimizer_goes_where_torchs_own_goes_on_the_same_batches(optimizer, name, size):
    settings = {"optimizer": optimizer, "learning_rate": 0.02, "epochs": 5, "points": 20}
    run = observe.run(batches.in_batches(LOOP.set(**settings), name).text)
    assert run.failure is None
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(20, 1, generator=generator)
    y = 2.0 * x + 1.0 + 0.1 * torch.randn(20, 1, generator=generator)
    w = torch.tensor([[-1.0]], requires_grad=True)
    b = torch.tensor([0.0], requires_grad=True)
    theirs = MADE_BY_TORCH[optimizer]([w, b], 0.02)
    for epoch in range(5):
        for batch in torch.randperm(20, generator=generator).split(size):
            theirs.zero_grad()
            torch.nn.functional.mse_loss(x[batch] @ w + b, y[batch]).backward()
            theirs.step()
        whole = torch.nn.functional.mse_loss(x @ w + b, y).item()
        assert run.columns["loss"][epoch] == pytest.approx(whole, rel=1e-4, abs=1e-6)
        assert run.columns["w"][epoch] == pytest.approx(w.item(), abs=1e-5)
        assert run.columns["b"][epoch] == pytest.approx(b.item(), abs=1e-5)


def test_the_recipes_steps_are_those_of_the_inner_loop():
    run = observe.Run(batches.in_batches(LOOP.set(epochs=1), "8 points").text)
    numbers = [step.number for step in iter(run.step, None) if step.number]
    assert numbers == [1, 2, 3, 4, 5, 5] * 7


def test_own_points_and_a_schedule_go_with_batches():
    own = own_data.with_points(LOOP, Points((1.0, 2.0, 3.0), (1.0, 2.0, 2.5)))
    batched = batches.in_batches(own.at_epoch(3, learning_rate=0.01), "1 point")
    assert observe.run(batched.text).failure is None
    assert "    if epoch == 3:\n        learning_rate = 0.01\n" in batched.text


@pytest.mark.parametrize("optimizer", MADE_BY_TORCH)
@pytest.mark.parametrize("edit", broken_loop.mistakes(LOOP).values(), ids=lambda edit: edit.name)
def test_a_mistake_stands_in_the_loop_over_batches_and_raises_where_it_raised(edit, optimizer):
    batched = batches.in_batches(LOOP.set(optimizer=optimizer, epochs=2), "16 points")
    broken = batched.edit(edit.name)
    assert broken.marked_lines
    run = observe.run(broken.text)
    raises = broken_loop.promised(edit, optimizer) == broken_loop.RAISES
    assert (run.failure is not None) == raises
    if raises:
        full = observe.run(LOOP.set(optimizer=optimizer, epochs=2).edit(edit.name).text)
        assert (run.failure.kind, run.failure.message) == (full.failure.kind, full.failure.message)


def test_never_zeroing_is_momentum_of_one_in_batches_too():
    broken = batches.in_batches(LOOP.set(epochs=20), "8 points").edit("no_zero")
    forgot, twin = observe.run(broken.text), observe.run(broken_loop.twin(broken).text)
    assert forgot.columns["w"] == twin.columns["w"]


@pytest.mark.parametrize("order", ["51234", "12534"])
def test_the_steps_of_a_batch_can_be_reordered(order):
    batched = batches.in_batches(LOOP.set(epochs=3), "8 points")
    run, healthy = (
        observe.run(one.text) for one in (broken_loop.reordered(batched, order), batched)
    )
    same = {"51234": broken_loop.SAME, "12534": broken_loop.SAME}[order]
    assert broken_loop.happened(run, healthy, Training(batched).setting.moments(run)) == same


def test_every_update_of_a_run_is_on_its_track():
    batched = batches.in_batches(LOOP.set(epochs=3), "32 points")
    run = observe.run(batched.text)
    track = run.track
    assert (track.count, track.in_epoch, track.stride, track.every) == (6, 2, 1, 0.5)
    w, steps = [-1.0], track.columns["w.grad"]
    for gradient in steps:
        w.append(w[-1] - 0.1 * gradient)
    assert list(track.columns["w"]) == pytest.approx(w[1:], abs=1e-6)


def test_a_full_batch_has_no_track():
    assert not observe.run(LOOP.set(epochs=3).text).track.columns


@pytest.mark.parametrize("count", [1, 4096, 4097, 10_000, 100_000])
def test_a_long_track_keeps_every_so_manieth_update_evenly(count):
    track = UpdateLog({"w": array("d")})
    for update in range(1, count + 1):
        track.add(lambda _, update=update: float(update))
    assert list(track.columns["w"]) == list(range(track.stride, count + 1, track.stride))
    assert len(track.columns["w"]) <= UpdateLog.MAX_KEPT


def test_the_steps_of_a_run_are_counted_before_it_runs():
    for name, steps in (("all points", 3), ("32 points", 6), ("1 point", 150)):
        batched = batches.in_batches(LOOP.set(epochs=3), name)
        assert batches.steps(batched) == steps
        assert observe.run(batched.text).track.count == (steps if name != "all points" else 0)


def test_what_has_no_batches_says_so():
    with pytest.raises(ValueError, match="8 points"):
        batches.in_batches(LOOP, "9 points")
    with pytest.raises(ValueError, match="mistake"):
        batches.in_batches(LOOP.edit("uphill"), "1 point")
