"""The ladder from two parameters to hundreds of billions, and any two of its rungs compared."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from groundup.engine import lesson, observe
from groundup.engine.words import count_in_words, length_in_words
from groundup.scale.catalogue import MODELS

HAIR = (17, 181)
"""Micrometres across, of human hairs: B. Ley, Diameter of a Human Hair, The Physics Factbook."""

HIDDEN_LAYER = (1, 64)
"""Hidden and intermediate size of the second rung: the smallest net that can bend a line."""


LEFT_OUT = (
    *("Phi-2", "GPT-J 6B", "Falcon 7B", "OLMo 2 7B"),
    *("Qwen1.5 MoE A2.7B", "Qwen3 30B A3B"),
)
"""Models of the catalogue for which the pictures of the ladder have no room."""


@dataclass(frozen=True)
class Rung:
    """One step of the ladder.

    ``shape`` is the weight of a layer of its feed-forward part, (outputs, inputs) as torch keeps
    it; ``biases`` says whether that layer has a bias.
    """

    name: str
    parameters: int
    shape: tuple[int, int]
    kind: str
    layers: int
    biases: bool = True


@cache
def rungs() -> tuple[Rung, ...]:
    """Every rung, from the smallest. The first three are built by torch on the meta device."""
    built = (
        _built("Toy 1×1", "LinearRegressionModel", block="toy", hidden=1),
        _built("One hidden layer", "FeedForwardNetwork", hidden=1, intermediate=HIDDEN_LAYER[1]),
        _built("The article's FFN", "FeedForwardNetwork"),
    )
    models = (
        Rung(
            m.name,
            m.total,
            (m.architecture.intermediate, m.architecture.hidden),
            "Transformer",
            m.architecture.layers,
            m.architecture.ffn_biases,
        )
        for m in MODELS
        if m.name not in LEFT_OUT
    )
    return tuple(sorted((*built, *models), key=lambda rung: rung.parameters))


def _built(name: str, kind: str, **settings: object) -> Rung:
    run = observe.run(lesson.load("feed_forward").set(**settings).text)
    variables = run.variables
    rows, columns = next(iter(variables["weights"].values()))
    return Rung(name, variables["count"], (rows, columns), kind, 1)


def rung(name: str) -> Rung:
    """The rung called ``name``.

    Raises:
        ValueError: if there is none.
    """
    for step in rungs():
        if step.name == name:
            return step
    raise ValueError(f"the ladder has no rung called {name!r}.")


def comparison(left: Rung, right: Rung) -> list[dict[str, str]]:
    """The rows of a table of two rungs: what is the same, and what is not."""
    rows: list[tuple[str, str, str]] = [
        ("Model", left.kind, right.kind),
        ("Blocks", f"{left.layers:,}", f"{right.layers:,}"),
        ("Layer", "nn.Linear", "nn.Linear"),
        ("Weight shape", _shape(left), _shape(right)),
        ("It computes", _operation(left), _operation(right)),
        ("Parameters", f"{left.parameters:,}", f"{right.parameters:,}"),
        ("Training", *(("zero_grad, backward, step",) * 2)),
    ]
    return [
        {
            "feature": name,
            left.name: ours,
            f"{right.name} ": theirs,
            "same?": "same" if ours == theirs else _ratio(name, left, right),
        }
        for name, ours, theirs in rows
    ]


def _shape(step: Rung) -> str:
    return f"{step.shape[0]:,} × {step.shape[1]:,}"


def _operation(step: Rung) -> str:
    return "x @ W.T + b" if step.biases else "x @ W.T"


def _ratio(name: str, left: Rung, right: Rung) -> str:
    if name == "Parameters":
        return times(right.parameters / left.parameters)
    if name == "Weight shape":
        area = [side_rung.shape[0] * side_rung.shape[1] for side_rung in (left, right)]
        return times(area[1] / area[0])
    return "differs"


def times(ratio: float) -> str:
    """How many times as many: ``4.015 billion times``, ``1/193 of it``."""
    if ratio >= 1:
        return f"{count_in_words(ratio)} times"
    return f"1/{count_in_words(1 / ratio)} of it"


def side(step: Rung, *, per_parameter: float = 0.5e-6) -> float:
    """Side in metres of the square that holds a rung at ``per_parameter`` square metres each.

    The default makes the toy's two parameters one square millimetre.
    """
    return math.sqrt(step.parameters * per_parameter)


def how_small(step: Rung, giant: Rung) -> str:
    """What is left of ``step`` where ``giant`` is 10 cm wide, and the reverse."""
    shrunk = 0.1 * side(step) / side(giant)
    drawn = side(giant, per_parameter=1e-6 / step.parameters)
    return (
        f"Where {giant.name} is 10 cm wide, {step.name} is {length_in_words(shrunk)} wide "
        f"(a hair: {HAIR[0]} to {HAIR[1]} µm). Draw {step.name} as 1 mm² instead, and {giant.name} "
        f"is a square {length_in_words(drawn)} wide."
    )


@cache
def both_blocks() -> tuple[int, int]:
    """Parameters of the article's block and of Llama 3's own, as torch counts them on meta."""
    runs = [
        observe.run(lesson.load("feed_forward").set(block=b).text) for b in ("article", "Llama 3")
    ]
    return runs[0].variables["count"], runs[1].variables["count"]
