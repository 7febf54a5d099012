"""Write the lesson of a small network: its data, layers, loss and optimizer, as plain torch.

The text starts as ``lessons/modules/network.py``; each block that begins with a comment (``#
Data``, ``# Model`` …) is replaced by the one that the design asks for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from groundup.engine.edits import replace_block, replace_once
from groundup.engine.lesson import Lesson, load, table

CROSS_ENTROPY, MSE = "cross-entropy", "MSE"
TORCH_DEFAULT = "PyTorch's own"
LOSSES = (CROSS_ENTROPY, MSE)
ACTIVATIONS = {
    **{"ReLU": "nn.ReLU()", "GELU": "nn.GELU()", "tanh": "nn.Tanh()"},
    **{"sigmoid": "nn.Sigmoid()", "SiLU": "nn.SiLU()", "none": ""},
}
_ASKED = "(model.parameters(), lr=learning_rate, "
OPTIMIZERS = {
    "gradient descent": f"SGD{_ASKED}",
    "momentum": f"SGD{_ASKED}momentum=0.9, ",
    "Nesterov": f"SGD{_ASKED}momentum=0.9, nesterov=True, ",
    **{
        name: f"{name}{_ASKED}"
        for name in (
            *("Adagrad", "Adadelta", "RMSprop", "Adam", "AdamW", "NAdam", "RAdam", "Adamax"),
            *("ASGD", "Adafactor"),
        )
    },
}
"""Those of torch.optim that step from one gradient and take a learning rate and a weight decay."""
DEEPEST, WIDEST = 6, 64


@cache
def _parts() -> dict[str, Any]:
    return table("network")


def data_sets() -> tuple[str, ...]:
    """The names of the data sets, the lesson's own first."""
    return ("spiral", *_parts()["data"])


def initialisations() -> tuple[str, ...]:
    """The names of the ways to fill the weights."""
    return (TORCH_DEFAULT, *_parts()["initialisation"])


def bias_fills() -> tuple[str, ...]:
    """The names of the ways to fill the biases."""
    return (TORCH_DEFAULT, *_parts()["biases"])


def is_regression(data: str) -> bool:
    """Whether the targets of the set called ``data`` are numbers, and not classes."""
    return bool(_parts()["data"].get(data, {}).get("regression"))


@dataclass(frozen=True)
class Design:
    """What a network is made of, besides the numbers in its parameter block."""

    data: str = "spiral"
    depth: int = 2
    width: int = 8
    activation: str = "tanh"
    loss: str = CROSS_ENTROPY
    dropout: float = 0.0
    initialisation: str = TORCH_DEFAULT
    biases: str = TORCH_DEFAULT
    optimizer: str = "AdamW"

    def check(self) -> None:
        """Raise ValueError, saying what to change, if this cannot be built."""
        tables = {
            "data": data_sets(),
            "activation": ACTIVATIONS,
            "loss": LOSSES,
            "initialisation": initialisations(),
            "biases": bias_fills(),
            "optimizer": OPTIMIZERS,
        }
        for name, allowed in tables.items():
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} must be one of {', '.join(allowed)}.")
        if not (0 <= self.depth <= DEEPEST and 1 <= self.width <= WIDEST):
            raise ValueError(f"depth must be 0 to {DEEPEST}, and width 1 to {WIDEST}.")
        if not 0 <= self.dropout <= 0.9:
            raise ValueError("dropout must be 0 to 0.9.")
        if self.loss == CROSS_ENTROPY and is_regression(self.data):
            raise ValueError(f"cross-entropy compares classes, and {self.data} has none: use MSE.")


def write(design: Design) -> Lesson:
    """The lesson of ``design``; its numbers are set as on any lesson.

    Raises:
        ValueError: if the design cannot be built, saying what to change.
    """
    design.check()
    text = load("network").source
    if design.data != "spiral":
        text = replace_block(text, "# Data", _parts()["data"][design.data]["code"])
    if design.loss == MSE:
        text = _comparing_numbers(text, design)
    text = replace_block(text, "# Model", _model(design))
    # The lesson's own line names AdamW.
    text = replace_once(text, f"AdamW{_ASKED}", OPTIMIZERS[design.optimizer])
    if "math." not in text:
        text = replace_once(text, "import math\n", "")
    return replace(load("network"), source=text)


def _model(design: Design) -> str:
    """The model's block: a Linear layer for each step from inputs to outputs."""
    inputs = 1 if design.data == "sine" else 2
    outputs = 2 if design.loss == CROSS_ENTROPY else 1
    sizes = [inputs, *[design.width] * design.depth, outputs]
    between = [ACTIVATIONS[design.activation]] if ACTIVATIONS[design.activation] else []
    between += [f"nn.Dropout({design.dropout:g})"] if design.dropout else []
    layers: list[str] = []
    for size, following in pairwise(sizes):
        layers += [*(between if layers else []), f"nn.Linear({size}, {following})"]
    listed = "".join(f"    {layer},\n" for layer in layers)
    lines = f"# Model\ntorch.manual_seed(seed)\nmodel = nn.Sequential(\n{listed}).to(device)\n"
    fills = [
        f"        {_parts()[table][chosen]}\n"
        for table, chosen in (("initialisation", design.initialisation), ("biases", design.biases))
        if chosen != TORCH_DEFAULT
    ]
    if not fills:
        return lines
    loop = f"for layer in model:\n    if isinstance(layer, nn.Linear):\n{''.join(fills)}"
    return f"{lines}\n# Initialisation\n{loop}"


def _comparing_numbers(text: str, design: Design) -> str:
    """``text`` with the mean squared error: one output, targets as a column of floats."""
    text = replace_once(text, "nn.CrossEntropyLoss()", "nn.MSELoss()")
    kind = "regression" if is_regression(design.data) else "mse"
    text = replace_block(text, "        right = ", _parts()["score"][kind])
    if is_regression(design.data):
        return replace_once(text, "the test score", "the share explained")
    return replace_once(text, "y.to(device)", "y.float().unsqueeze(1).to(device)")


@dataclass(frozen=True)
class NetworkPreset:
    """Settings that show one thing plainly, and what to look for; unnamed ones are defaults.

    ``fault`` tells whether it shows something going wrong.
    """

    title: str
    said: str
    settings: dict[str, Any]
    fault: bool


@cache
def presets() -> tuple[NetworkPreset, ...]:
    """All presets, in the order in which they are offered."""
    listed = _parts()["presets"].items()
    return tuple(
        NetworkPreset(title, entry["said"], entry["settings"], entry.get("fault", False))
        for title, entry in listed
    )


def network_lesson(settings: dict[str, Any]) -> Lesson:
    """The lesson under ``settings``: fields of a :class:`Design`, and the text's parameters.

    Raises:
        ValueError: if it cannot be built, saying what to change.
    """
    chosen = {name: settings[name] for name in settings if name in Design.__dataclass_fields__}
    rest = {name: settings[name] for name in settings if name not in chosen}
    return write(Design(**chosen)).set(**rest)
