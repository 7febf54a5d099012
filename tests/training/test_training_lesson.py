"""The four optimizers written by hand, against torch.optim; the closed forms, against torch."""

import math

import pytest
import torch

from groundup.engine import lesson, observe
from groundup.training.surface import LossSurface

LOOP = lesson.load("training_loop")
MADE_BY_TORCH = {
    "gradient descent": torch.optim.SGD,
    "momentum": lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9),
    "RMSprop": torch.optim.RMSprop,
    "Adam": torch.optim.Adam,
}


@pytest.mark.parametrize("optimizer", LOOP.parameters["optimizer"].options)
@pytest.mark.parametrize("rate", [0.001, 0.05])
def test_each_optimizer_by_hand_goes_where_torchs_own_goes(optimizer, rate):
    run = observe.run(LOOP.set(optimizer=optimizer, learning_rate=rate, epochs=300).text)
    x, y = run.variables["X"], run.variables["y_true"]
    w = torch.tensor([[-1.0]], requires_grad=True)
    b = torch.tensor([0.0], requires_grad=True)
    theirs = MADE_BY_TORCH[optimizer]([w, b], rate)
    for epoch in range(300):
        theirs.zero_grad()
        loss = torch.nn.functional.mse_loss(x @ w + b, y)
        loss.backward()
        theirs.step()
        assert run.columns["loss"][epoch] == pytest.approx(loss.item(), abs=1e-6, rel=1e-6)
        assert run.columns["w"][epoch] == pytest.approx(w.item(), abs=1e-6)
        assert run.columns["b"][epoch] == pytest.approx(b.item(), abs=1e-6)


def test_the_hessian_of_the_surface_is_torchs():
    x, y = [1.0, 2.0, 3.0, 4.0, 5.0], [3.1, 4.8, 7.2, 9.1, 10.7]
    surface = LossSurface.of(x, y)
    inputs, targets = (torch.tensor(v, dtype=torch.float64) for v in (x, y))

    def loss(p):
        return ((p[0] * inputs + p[1] - targets) ** 2).mean()

    at = torch.tensor([0.3, -0.7], dtype=torch.float64)
    expected = torch.func.hessian(loss)(at)
    torch.testing.assert_close(torch.tensor(surface.hessian, dtype=torch.float64), expected)
    assert surface.loss(0.3, -0.7) == pytest.approx(loss(at).item())
    assert surface.largest_stable_step == pytest.approx(2 / torch.linalg.eigvalsh(expected)[1])


def test_one_to_five_has_the_known_largest_stable_step():
    surface = LossSurface.of([1, 2, 3, 4, 5], [3, 5, 7, 9, 11])
    assert surface.largest_stable_step == pytest.approx(0.0845, abs=5e-5)
    assert surface.optimum == pytest.approx((2, 1))


def test_every_ring_is_a_level_of_the_loss():
    surface = LossSurface.of([1, 2, 3, 4, 5], [3.1, 4.8, 7.2, 9.1, 10.7])
    for ring in surface.contours(surface.view([(-1.0, 0.0)])):
        for t in (0.0, 1.0, 2.5, 4.0):
            w, b = (
                c + u * math.cos(t) + v * math.sin(t)
                for c, u, v in zip(ring.centre, ring.u, ring.v, strict=True)
            )
            assert surface.loss(w, b) == pytest.approx(ring.level, rel=1e-9)


def test_equal_x_give_a_surface_that_can_still_be_drawn():
    surface = LossSurface.of([2.0, 2.0], [1.0, 3.0])
    rings = surface.contours(surface.view([(-1.0, 0.0)]))
    assert all(math.isfinite(number) for ring in rings for number in (*ring.u, *ring.v))
