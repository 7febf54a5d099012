"""The stability ruler: against torch's Hessian, and against what gradient descent then does."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from groundup.engine import observe
from groundup.training import stability
from groundup.training.stability import OUTCOMES, Ruler
from groundup.training.surface import LossSurface

LINE = LossSurface.of([1, 2, 3, 4, 5], [3, 5, 7, 9, 11])

LOOP = """
import torch
X = torch.tensor([[1.0], [2.0], [3.0], [4.0], [5.0]])
y = 2 * X + 1
w = torch.tensor([[-1.0]], requires_grad=True)
b = torch.tensor([0.0], requires_grad=True)
for epoch in range(EPOCHS):
    loss = torch.mean((X @ w + b - y) ** 2)
    loss.backward()
    with torch.no_grad():
        w -= RATE * w.grad
        b -= RATE * b.grad
    w.grad.zero_()
    b.grad.zero_()
"""


def what_happens(rate, epochs):
    text = LOOP.replace("RATE", str(rate)).replace("EPOCHS", str(epochs))
    run = observe.Run(text, record=("loss", "w", "b")).finish()
    return stability.seen(LINE, (-1.0, 0.0), *(run.columns[n] for n in ("w", "b", "loss")))


# torch.func imports a part of torch that torch itself deprecates.
@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
def test_the_eigenvalues_are_those_of_torchs_hessian():
    x = torch.tensor([1.0, 2, 3, 4, 5], dtype=torch.float64)
    hessian = torch.func.hessian(lambda p: ((p[0] * x + p[1]) ** 2).mean())
    low, high = torch.linalg.eigvalsh(hessian(torch.zeros(2, dtype=torch.float64))).tolist()
    ruler = Ruler.of(LINE, 100)
    assert (ruler.slowest, ruler.steepest) == pytest.approx((low, high))
    assert ruler.condition == pytest.approx(high / low)
    assert ruler.limit == pytest.approx(0.0845, abs=5e-5)


@pytest.mark.parametrize(("rate", "said"), [(0.084, "oscillates"), (0.085, "diverges")])
def test_the_limit_for_one_to_five_is_where_gradient_descent_turns(rate, said):
    assert Ruler.of(LINE, 600).outcome(rate) == said
    assert what_happens(rate, 600).outcome == said
    arrived = what_happens(rate, 600).last_loss < 0.01
    assert arrived == (said == "oscillates")


@pytest.mark.parametrize("epochs", [50, 400])
def test_what_the_ruler_says_beforehand_is_what_the_run_does(epochs):
    ruler = Ruler.of(LINE, epochs)
    for zone in ruler.zones(1e-4, 0.3):
        for share in (0.15, 0.5, 0.85):
            rate = zone.low * (zone.high / zone.low) ** share
            assert ruler.outcome(rate) == zone.outcome
            assert what_happens(rate, epochs).outcome == zone.outcome


@given(
    st.lists(st.floats(-5, 5), min_size=2, max_size=8),
    st.integers(1, 2000),
    st.floats(1e-4, 10),
)
@settings(max_examples=200, deadline=None)
def test_the_zones_cover_the_scale_once_and_agree_with_the_outcome(x, epochs, rate):
    ruler = Ruler.of(LossSurface.of(x, x), epochs)
    zones = ruler.zones(1e-4, 10)
    assert (zones[0].low, zones[-1].high) == (1e-4, 10)
    assert [z.high for z in zones[:-1]] == [z.low for z in zones[1:]]
    assert [OUTCOMES.index(z.outcome) for z in zones] == sorted(
        OUTCOMES.index(z.outcome) for z in zones
    )
    inside = [z for z in zones if z.low < rate < z.high]
    assert not inside or inside[0].outcome == ruler.outcome(rate)


def test_equal_x_leave_one_mode_with_nothing_to_learn():
    ruler = Ruler.of(LossSurface.of([2.0, 2.0, 2.0], [1.0, 2.0, 3.0]), 100)
    assert ruler.condition == math.inf
    assert ruler.outcome(ruler.turning * 0.9) == "converges"


def test_a_run_that_starts_at_the_optimum_has_arrived():
    assert stability.seen(LINE, LINE.optimum, [2.0], [1.0], [0.0]).outcome == "converges"
