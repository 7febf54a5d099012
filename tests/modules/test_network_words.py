"""What is told of the builder's optimizers and presets in words, against torch.optim itself."""

import pytest
import torch
from torch import nn

from groundup.modules.network import OPTIMIZERS, Design, write
from groundup.optimizers.racers import presets

DECAY, RATE = 0.3, 0.05
DECOUPLED = {"AdamW", "Adafactor"}
"""Those that the help of *Weight decay* says shrink the weights themselves."""


def stepped(text, weights, gradients, decay):
    """``weights`` after a step along each of ``gradients`` with the builder's own call."""
    parameter = nn.Parameter(weights.clone())
    model = nn.Module()
    model.register_parameter("w", parameter)
    call = f"torch.optim.{text}weight_decay={decay})"
    optimizer = eval(call, {"torch": torch, "model": model, "learning_rate": RATE})
    for gradient in gradients:
        parameter.grad = gradient(parameter.detach())
        optimizer.step()
    return parameter.detach()


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_weight_decay_is_added_to_the_gradient_or_shrinks_the_weights(name):
    weights, slopes = torch.tensor([1.0, -2.0, 3.0]), torch.tensor([0.5, 0.2, -0.4])
    decayed = stepped(OPTIMIZERS[name], weights, [lambda _: slopes], DECAY)
    added = stepped(OPTIMIZERS[name], weights, [lambda w: slopes + DECAY * w], 0.0)
    shrunk = stepped(OPTIMIZERS[name], weights, [lambda _: slopes], 0.0) - RATE * DECAY * weights
    assert torch.allclose(decayed, shrunk if name in DECOUPLED else added)
    assert torch.allclose(decayed, added) == (name not in DECOUPLED)


def test_without_decay_adamw_takes_adams_steps():
    weights = torch.tensor([1.0, -2.0])
    slopes = [lambda w, n=n: n * w + 0.1 for n in range(1, 6)]
    both = [stepped(OPTIMIZERS[name], weights, slopes, 0.0) for name in ("Adam", "AdamW")]
    assert torch.equal(*both)


@pytest.mark.parametrize("decay", [0.0, DECAY])
def test_a_unit_that_is_silent_for_every_example_moves_by_weight_decay_alone(decay):
    layer = nn.Linear(2, 1)
    nn.init.constant_(layer.bias, -100.0)
    before = layer.weight.detach().clone()
    optimizer = torch.optim.SGD(layer.parameters(), lr=RATE, weight_decay=decay)
    torch.relu(layer(torch.rand(50, 2))).sum().backward()
    optimizer.step()
    assert torch.equal(layer.weight, before) == (decay == 0.0)


def test_a_sigmoid_passes_on_a_quarter_at_most():
    x = torch.linspace(-20, 20, 10_001, dtype=torch.float64, requires_grad=True)
    torch.sigmoid(x).sum().backward()
    assert x.grad.max() == pytest.approx(0.25)


@pytest.mark.parametrize("name", ["RMSprop", "Adam", "Rprop", "SGD"])
def test_steps_that_do_not_grow_with_the_gradient(name):
    """Said of the ravine that is too steep for SGD: of the first three, and not of SGD."""
    moved = []
    for size in (1.0, 1000.0):
        w = nn.Parameter(torch.tensor([1.0]))
        optimizer = getattr(torch.optim, name)([w], lr=RATE)
        w.grad = torch.full((1,), size)
        optimizer.step()
        moved.append(1.0 - w.item())
    assert (moved[1] == pytest.approx(moved[0], rel=1e-3)) == (name != "SGD")
    assert any("uses only its sign" in one.said for one in presets())


@pytest.mark.parametrize("name", ["SGD", "Adam", "RMSprop"])
def test_an_optimizers_state_is_empty_until_it_steps_and_gradient_descents_stays_so(name):
    """What nn.Module says of *Memory*."""
    layer = nn.Linear(1, 1)
    optimizer = getattr(torch.optim, name)(layer.parameters(), lr=RATE)
    assert not optimizer.state
    layer(torch.ones(3, 1)).sum().backward()
    optimizer.step()
    assert [len(optimizer.state), all(map(bool, optimizer.state.values()))] == [
        0 if name == "SGD" else 2,
        True,
    ]


BUILDERS_OWN = {"lr", "weight_decay", "momentum", "nesterov"}
"""What the help of *Optimizer* says is not torch's default."""


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_has_torchs_defaults_but_for_what_is_said(name):
    text, model = OPTIMIZERS[name], nn.Linear(1, 1)
    scope = {"torch": torch, "model": model, "learning_rate": RATE}
    made = eval(f"torch.optim.{text}weight_decay=0.0)", scope)
    plain = type(made)(model.parameters()).defaults
    assert {key for key, value in made.defaults.items() if plain[key] != value} <= BUILDERS_OWN
    assert made.defaults.get("momentum", 0) == (0.9 if name in ("momentum", "Nesterov") else 0)


@pytest.mark.parametrize("inputs", [1, 2, 64])
def test_pytorch_draws_weights_and_biases_from_one_range(inputs):
    layer = nn.Linear(inputs, 10_000)
    for drawn in (layer.weight, layer.bias):
        assert drawn.abs().max().item() == pytest.approx(inputs**-0.5, rel=0.01)
        assert drawn.abs().max() <= inputs**-0.5


def test_dropout_sets_each_output_to_0_with_its_probability():
    for share in (0.0, 0.3, 0.9):
        found = nn.Dropout(share)(torch.ones(20_000))
        assert (found == 0).float().mean().item() == pytest.approx(share, abs=0.02)
        assert f"nn.Dropout({share:g})" in write(Design(dropout=share)).text or share == 0


@pytest.mark.parametrize(("batch", "sizes"), [(7, {7, 6}), (1000, {20})])
def test_no_step_looks_at_more_examples_than_the_batch_size(batch, sizes):
    text = write(Design()).set(points=40, epochs=1, batch_size=batch).text
    seen = []
    script = {"print": lambda *_: None, "seen": seen}
    exec(
        text.replace("y_hat = model(X[batch])", "seen.append(len(batch)); y_hat = model(X[batch])"),
        script,
    )
    assert set(seen) == sizes
