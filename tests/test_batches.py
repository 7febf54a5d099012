"""Mini-batches: against torch.optim on the same batches; full batches keep their text."""

import pytest
import torch

from groundup import batches, lesson, observe, own_data
from groundup.own_data import Points

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
@pytest.mark.parametrize(("name", "size"), [("8 points", 8), ("1 point", 1)])
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


def test_what_has_no_batches_says_so():
    with pytest.raises(ValueError, match="8 points"):
        batches.in_batches(LOOP, "9 points")
    with pytest.raises(ValueError, match="mistake"):
        batches.in_batches(LOOP.edit("uphill"), "1 point")
