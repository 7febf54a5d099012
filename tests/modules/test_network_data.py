"""The network's examples without noise are what the comments above them say."""

import math

import pytest
import torch

from groundup.engine.lesson import load
from groundup.modules.network import Design, data_sets, is_regression, write


def examples(data, points=400):
    """X and y of the set called ``data``, from its own lines, with no noise."""
    text = write(Design(data=data, loss="MSE")).set(points=points, noise=0.0).text
    script = {}
    exec(text.partition("\n# Split")[0], script)
    return script["X"], script["y"]


@pytest.mark.parametrize("data", data_sets())
def test_classes_are_whole_numbers_and_targets_are_not(data):
    X, y = examples(data)
    assert X.shape[0] == 400
    assert (set(y.flatten().tolist()) == {0, 1}) is not is_regression(data)


def test_two_spirals_one_turned_by_half_a_circle():
    X, y = examples("spiral")
    radius, angle = X.norm(dim=1), torch.atan2(X[:, 1], X[:, 0])
    turned = angle - 3 * math.pi * radius - math.pi * y
    assert torch.allclose(turned.cos(), torch.ones(400), atol=1e-4)


def test_a_disc_inside_a_ring():
    X, y = examples("circle")
    radius = X.norm(dim=1)
    assert radius[y == 0].max() <= 0.5
    assert radius[y == 1].min() >= 0.7


def test_opposite_corners_belong_together():
    X, y = examples("exclusive or")
    assert torch.equal(y == 1, (X[:, 0] > 0) == (X[:, 1] > 0))


def test_two_clouds():
    X, y = examples("two gaussians")
    for kind, centre in ((0, -0.5), (1, 0.5)):
        assert X[y == kind].mean(dim=0).tolist() == pytest.approx([centre] * 2, abs=0.05)
        assert X[y == kind].std(dim=0).tolist() == pytest.approx([0.15] * 2, abs=0.03)


def inside():
    text = load("inside_a_model").text.replace("0.1 * torch.randn", "0 * torch.randn")
    script = {}
    exec(text.partition("\ntorch.manual_seed")[0], script)
    return script["X"] / 1.6, script["y"]


@pytest.mark.parametrize("made", [lambda: examples("two moons"), inside], ids=["builder", "inside"])
def test_two_half_moons_each_reaching_into_the_other(made):
    X, y = made()
    middles = torch.tensor([[-0.5, -0.25], [0.5, 0.25]]) / 1.6
    for kind in (0, 1):
        own, others = ((X[y == k] - middles[kind]) * 1.6 for k in (kind, 1 - kind))
        assert torch.allclose(own.norm(dim=1), torch.ones(len(own)), atol=1e-5)
        assert (own[:, 1] * (1 - 2 * kind) >= -1e-5).all()
        assert (others.norm(dim=1) < 0.9).any()


def test_one_and_a_half_waves():
    X, y = examples("sine")
    assert torch.allclose(y, torch.sin(1.5 * 2 * math.pi * X / 2), atol=1e-6)
    assert X.max() - X.min() == pytest.approx(2, abs=0.05)


def test_a_plane_over_a_square():
    X, y = examples("plane")
    with_one = torch.cat([X, torch.ones(400, 1)], dim=1)
    best = torch.linalg.lstsq(with_one, y).solution
    assert torch.allclose(with_one @ best, y, atol=1e-5)
    assert X.abs().max() <= 1
