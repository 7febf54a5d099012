"""The controls of the nn.Module page; in the proof lr, epochs and optimizer are the loop's."""

from typing import Any

from groundup.engine import lesson
from groundup.mistakes import gallery
from groundup.modules import network, three_lines
from groundup.modules.counterparts import counterparts
from groundup.modules.network import Design
from groundup.ui.controls.declaration import Control

THREE, LINES, PROOF = "The three lines", "Line by line", "The proof"
HOLDS, BATCHES = "What the model holds", "DataLoader"
LINE = ("points", "noise", "true_w", "true_b", "start_w", "start_b")
"""What the proof trains on and from: the training page's own controls; one link fits both."""
OPTIMIZERS, BEYOND, MISTAKES = "The optimizers", "Beyond a line", "Mistakes"

NAMES = {
    PROOF: "Compare both runs",
    HOLDS: "Model contents",
    OPTIMIZERS: "Optimizers",
    BEYOND: "A small network",
}
"""What some of them are called on the page; a link holds what stands before the colon."""

_PARAMETERS = lesson.load("network").parameters


def _part(key: str, label: str, kind: str, field: str, **more: Any) -> Control:
    """A control of the network's design."""
    return Control(key, label, kind, getattr(Design(), field), parameter=field, **more)


def _number(key: str, label: str, kind: str, parameter: str, **more: Any) -> Control:
    """A control of a number in the network's text, with that text's bounds."""
    return Control.of(_PARAMETERS[parameter], key, label, kind, **more)


NETWORK = (
    _part("examples", "Data", "select", "data", options=network.data_sets()),
    _number("samples", "Examples", "slider", "points", step=10, help="How many there are in all."),
    _number(
        "spread", "Noise", "slider", "noise", step=0.01, help="How far the examples stray, as σ."
    ),
    _number(
        "held_out",
        "Kept for the test",
        "slider",
        "test_share",
        step=0.05,
        help="The share of the examples that the network never learns from.",
    ),
    _part("hidden_layers", "Hidden layers", "slider", "depth", low=0, high=network.DEEPEST),
    _part("units", "Units in each", "slider", "width", low=1, high=network.WIDEST),
    _part("act", "Activation", "select", "activation", options=tuple(network.ACTIVATIONS)),
    _part(
        "initial_weights",
        "Initial weights",
        "select",
        "initialisation",
        options=network.initialisations(),
        help="How the weights are filled before the first step.",
    ),
    _part(
        "initial_biases",
        "Initial biases",
        "select",
        "biases",
        options=network.bias_fills(),
        help="PyTorch's own draws them from the same range as its own weights.",
    ),
    _part(
        "dropout",
        "Dropout",
        "slider",
        "dropout",
        low=0.0,
        high=0.9,
        step=0.05,
        help="How likely each hidden output is to be set to 0, at each training step.",
    ),
    _part(
        "objective",
        "Loss",
        "segments",
        "loss",
        options=network.LOSSES,
        help="Cross-entropy compares classes; MSE compares numbers.",
    ),
    _number("net_lr", "Learning rate", "log", "learning_rate", step=0.01),
    _number("net_epochs", "Epochs", "number", "epochs", step=50),
    _number(
        "minibatch",
        "Batch size",
        "slider",
        "batch_size",
        step=1,
        help="How many examples each step of the optimizer looks at, at most.",
    ),
    _part(
        "net_optimizer",
        "Optimizer",
        "select",
        "optimizer",
        options=tuple(network.OPTIMIZERS),
        help="With torch's own defaults, besides the learning rate, the weight decay and the "
        "momentum of 0.9 (without decay AdamW takes Adam's steps). On classes, gradient descent "
        "and ASGD learn more at a rate of 0.1 than at 0.01, and Adadelta at 1.",
    ),
    _number(
        "decay",
        "Weight decay",
        "slider",
        "weight_decay",
        step=0.001,
        help="Pulls weights towards zero: this share of each is added to its gradient before the "
        "optimizer's step. AdamW and Adafactor shrink the weights themselves, by learning rate × "
        "this share.",
    ),
)

_INSIDE = lesson.load("inside_a_model").parameters


def _inside(key: str, label: str, kind: str, parameter: str, **more: Any) -> Control:
    """A control of the lesson of what a model holds."""
    return Control.of(_INSIDE[parameter], key, label, kind, **more)


INSIDE = (
    _inside(
        "after_epochs",
        "Epochs",
        "slider",
        "epochs",
        help="Passes over the 200 examples. At 0 the model stays as it began.",
    ),
    _inside("in_hidden", "Hidden units", "slider", "width"),
    _inside("dropped", "Dropout", "slider", "share", step=0.05),
    _inside(
        "frozen",
        "Freeze body.0",
        "switch",
        "frozen",
        help="requires_grad=False for its parameters: they get no gradient and never move.",
    ),
    _inside("mode", "Mode", "segments", "mode", help="What model.train() and model.eval() switch."),
)

THREE_LINES = (
    Control.of(
        lesson.load("three_lines").parameters["fold"],
        "fold",
        "Fold into the optimizer",
        "segments",
        help="Each press takes lines of the loop at the left away, and writes a call in their "
        "place at the right. Both texts are whole, and both run.",
    ),
    Control(
        "line_order",
        "Order of the three lines",
        "select",
        three_lines.USUAL,
        options=tuple(three_lines.ORDERS),
        help="Once all three are there. Guess what another order does, then train.",
    ),
    Control(
        "optimized",
        "The optimizer gets",
        "segments",
        "[w, b]",
        options=tuple(three_lines.GIVEN),
        help="The tensors that it updates and clears. Once the three lines are there.",
    ),
)

_LOADER = lesson.load("data_loader").parameters
LOADER = (
    Control.of(
        _LOADER["batch_size"],
        "loader_batch",
        "Examples in a batch",
        "slider",
        help="One batch is one step of the optimizer.",
    ),
    Control.of(
        _LOADER["shuffle"],
        "shuffle",
        "shuffle",
        "switch",
        help="Off, every epoch deals the examples in the order in which they lie.",
    ),
    Control.of(
        _LOADER["drop_last"],
        "drop_last",
        "drop_last",
        "switch",
        help="On, a last batch with fewer examples than the others is left out.",
    ),
)

CONTROLS = (
    Control(
        "topic",
        "Topic",
        "segments",
        THREE,
        options=(THREE, LINES, PROOF, HOLDS, OPTIMIZERS, BATCHES, BEYOND, MISTAKES),
        quiet=True,
        names=NAMES,
    ),
    *THREE_LINES,
    *LOADER,
    Control(
        "piece",
        "Click a line in either program, or choose a part",
        "segments",
        "Forward",
        options=tuple(part.name for part in counterparts()),
        help="Its lines light up on both sides. Both programs are whole, and both run.",
    ),
    Control(
        "slip",
        "A mistake to make",
        "select",
        "Layers in a Python list",
        options=tuple(mistake.title for mistake in gallery.gallery(gallery.MODULE_FOLDER)),
        help="Each is a whole program, and it is really run.",
    ),
    *INSIDE,
    *NETWORK,
)
