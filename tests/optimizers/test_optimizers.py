"""torch.optim as the app reads it: nothing forgotten, nothing made up."""

import inspect

import pytest
import torch

from groundup.optimizers import catalogue
from groundup.optimizers.racers import racers

CLASSES = [n for n in torch.optim.__all__ if inspect.isclass(getattr(torch.optim, n))]


def made(name, **given):
    return getattr(torch.optim, name)([torch.zeros(())], **given)


def test_every_optimizer_of_torch_races_or_says_why_not():
    left_out = catalogue.left_out()
    assert {*catalogue.names(), *left_out, "Optimizer"} == set(CLASSES)
    assert set(left_out) == {"SparseAdam", "Muon"}
    assert {one.optimizer for one in racers().values()} == set(catalogue.names())
    with pytest.raises(ValueError, match="2D parameters") as raised:
        made("Muon")
    assert left_out["Muon"] == str(raised.value)


@pytest.mark.parametrize("name", catalogue.names())
def test_every_argument_of_a_signature_can_be_set_or_is_technical(name):
    own = inspect.signature(getattr(torch.optim, name)).parameters
    read = {one.name for one in catalogue.hyperparameters(name)}
    assert read | set(catalogue.TECHNICAL) | {"params", "lr"} >= set(own)
    assert read <= set(own)
    assert catalogue.default_rate(name) == own["lr"].default
    assert catalogue.arguments(name, {}) == {}


def other(one):
    """A value that torch allows and that is not the default."""
    if one.kind is bool:
        return not one.default
    if one.options:
        return one.options[0]
    if one.kind is int:
        return 7
    return {"etas_1": 1.5, "d": 2.0, "beta2_decay": -0.5}.get(one.key, 0.25)


@pytest.mark.parametrize("name", catalogue.names())
def test_what_is_written_makes_the_optimizer_that_was_asked_for(name):
    changed = {one.key: other(one) for one in catalogue.hyperparameters(name)}
    changed.pop("nesterov", None)  # with this dampening torch refuses it: see below
    line = catalogue.written(name, changed, "[x, y]")
    assert line.startswith(f"torch.optim.{name}([x, y], lr=learning_rate, ")
    x, y = (torch.zeros((), requires_grad=True) for _ in "xy")
    found = eval(line, {"torch": torch, "x": x, "y": y, "learning_rate": 0.5}).param_groups[0]
    assert found["lr"] == 0.5
    for one in catalogue.hyperparameters(name):
        value = found[one.name] if one.place is None else found[one.name][one.place]
        assert value == changed.get(one.key, one.default), one.key


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("SGD", {"nesterov": True}),
        ("SGD", {"momentum": -1.0}),
        ("Adam", {"betas": (1.0, 0.999)}),
        ("Rprop", {"etas": (0.5, 0.9)}),
        ("Adafactor", {"d": 0.5}),
        ("Adadelta", {"rho": 1.5}),
    ],
)
def test_a_refusal_is_torchs_own_sentence(name, given):
    with pytest.raises(ValueError) as raised:  # noqa: PT011  # its words are what is compared
        made(name, **given)
    assert catalogue.refusal(name, given) == str(raised.value)


def test_bounds_are_those_that_torch_checks():
    limits = {one.key: (one.low, one.high) for one in catalogue.hyperparameters("Adam")}
    assert limits["betas_0"] == (0, 1)
    assert limits["eps"] == (0, catalogue.MAX_VALUE)
    assert catalogue.hyperparameters("SGD")[1].low == -catalogue.MAX_VALUE  # dampening: unchecked


def test_words_come_from_torchs_documentation():
    (search,) = (o for o in catalogue.hyperparameters("LBFGS") if o.key == "line_search_fn")
    assert search.options == ("strong_wolfe",)
    assert search.default is None


def test_an_optional_number_is_read_or_answered_in_words():
    (most,) = (o for o in catalogue.hyperparameters("LBFGS") if o.key == "max_eval")
    assert most.read("None") is None
    assert most.read(" 12 ") == 12
    assert (most.read("1"), most.read("100")) == (1, 100)
    for typed in ("1e9", "many", "0", "101", "[1]", "True"):
        with pytest.raises(
            ValueError, match="max_eval must be None or a whole number from 1 to 100"
        ):
            most.read(typed)


def test_only_lbfgs_must_be_handed_a_closure():
    assert [one.name for one in racers().values() if one.asks_itself] == ["LBFGS"]
