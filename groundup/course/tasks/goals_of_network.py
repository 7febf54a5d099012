"""The goal of chapter 5: a small network that fences in a disc."""

from __future__ import annotations

from typing import Any

from groundup.course.tasks.reaching import (
    Reached,
    Settings,
    WrongSettingError,
    as_number,
    as_whole,
    ran,
)
from groundup.modules import network

# 5.6: 95 % with at most 30 parameters

SEEDS = (1, 2, 3)
MOST, ENOUGH = 30, 0.95
_TEXTS = {
    "act": "activation",
    "initial_weights": "initialisation",
    "initial_biases": "biases",
    "objective": "loss",
    "net_optimizer": "optimizer",
}
_WHOLE = {
    "hidden_layers": "depth",
    "units": "width",
    "net_epochs": "epochs",
    "minibatch": "batch_size",
}
_NUMBERS = {"dropout": "dropout", "net_lr": "learning_rate", "decay": "weight_decay"}


def _chosen(settings: Settings) -> dict[str, Any]:
    """What of the learner's settings counts, under the names of the network's lesson."""
    most = 1_000_000
    texts = {field: settings[key] for key, field in _TEXTS.items() if key in settings}
    if not all(isinstance(value, str) for value in texts.values()):
        raise WrongSettingError("A setting of the network is no text.")
    whole = {f: as_whole(settings, k, 0, 0, most) for k, f in _WHOLE.items() if k in settings}
    numbers = {f: as_number(settings, k, 0, 0, most) for k, f in _NUMBERS.items() if k in settings}
    return {**texts, **whole, **numbers}


def small_network(settings: Settings) -> Reached:
    """The network of the settings, on the preset's own examples, from three other seeds."""
    held = next(one.settings for one in network.presets() if one.title == "Circle")
    chosen = _chosen(settings)
    depth, width = chosen.get("depth", 2), chosen.get("width", 8)
    first = _scored({**held, **chosen, "epochs": 1, "seed": SEEDS[0]})[0]
    count = f"{first} parameters"
    if first > MOST:
        return Reached(False, 2, count)
    scores = (_scored({**held, **chosen, "seed": seed})[1] for seed in SEEDS)
    too_low = next((score for score in scores if score < ENOUGH), None)
    if too_low is None:
        got = f"{count}, and at least {ENOUGH:.0%} of the test set"
        return Reached(True, "A fence, with few parameters: from three other seeds too.", got)
    got = f"{count}, and {too_low:.1%} of the test set"
    if depth == 0:
        return Reached(False, 0, got)
    if depth == 1 and width == 2:
        return Reached(False, 1, got)
    return Reached(False, f"From another seed it gets {too_low:.1%} of the test set.", got)


def _scored(settings: dict[str, Any]) -> tuple[int, float]:
    """How many parameters a network has, and its score on the test set after its training."""
    try:
        text = network.network_lesson(settings).text
    except ValueError as error:
        raise WrongSettingError(str(error)) from None
    names = ran(text)
    return sum(p.numel() for p in names["model"].parameters()), float(names["test_score"])
