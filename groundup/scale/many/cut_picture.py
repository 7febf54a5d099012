"""What the picture of the layer cut shows of a run, step by step, and which lines do what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from groundup.engine.lesson import Lesson
from groundup.engine.snapshot import number
from groundup.scale.many import cut

Said = list[Mapping[str, Any]]

FIRST = {"article": ("layer1",), "gated": ("gate", "up")}
LAST = {"article": "layer2", "gated": "down"}
BEND = {"article": "GELU", "gated": "SiLU"}


def scene(shown: Lesson, said: Said) -> dict[str, Any]:
    """The picture of a run's token 0, as a JSON-ready payload."""
    model, way = shown.settings["model"], shown.settings["cut"]
    inside = cut.by_part(said, "inside")
    return {
        "by": way,
        "first": FIRST[model],
        "last": LAST[model],
        "hidden": shown.settings["hidden"],
        "intermediate": shown.settings["intermediate"],
        "x": said[0]["x"][0],
        "inside": [part[0] if way == "outputs" else part[0][0] for part in inside],
        "neurons": said[0]["neurons"][0] if way == "inputs" else [],
        "outputs": [part[0] for part in cut.by_part(said, "outputs")],
        "y": said[0]["y"][0],
        "sent": _labels(said),
        "steps": _steps(shown, said),
    }


def _labels(said: Said) -> list[str]:
    """What is written at each sum of the forward pass, from the left to the right."""
    sizes = [size for name, size in said[0]["sent"] if name == "forward"]
    inner = sum(sizes[:-1])
    return [f"{size:,} bytes" for size in ([inner] if inner else []) + sizes[-1:]]


def _steps(shown: Lesson, said: Said) -> list[dict[str, Any]]:
    kinds = _by_outputs if shown.settings["cut"] == "outputs" else _by_inputs
    return [
        {"name": name, "lit": lit, "said": words, "lines": [shown.line_of(line) for line in lines]}
        for name, lit, words, lines in kinds(shown, said)
    ]


Step = tuple[str, list[str], str, tuple[str, ...]]


def _by_outputs(shown: Lesson, said: Said) -> list[Step]:
    model = shown.settings["model"]
    ours = shown.settings["intermediate"] // 2
    matrix = " and ".join(FIRST[model])
    return [
        _copied("Both workers have the same x. Nothing is sent for that."),
        (
            matrix,
            ["first"],
            f"Of {matrix} worker 0 has neurons 0 to {ours - 1}, worker 1 the others, and each has "
            "all weights of its neurons.",
            ("neurons = bend(",),
        ),
        (
            BEND[model],
            ["inside"],
            f"{_bends(model)} So no worker needs a neuron of the other, and nothing is sent.",
            ("def bend(",),
        ),
        _second(shown, said),
        _sum(said),
    ]


def _by_inputs(shown: Lesson, said: Said) -> list[Step]:
    model = shown.settings["model"]
    matrix = " and ".join(FIRST[model])
    halves = [number(part[0][0][0]) for part in cut.by_part(said, "inside")]
    wrong, right = (number(said[0][name][0][0]) for name in ("wrong", "neurons"))
    return [
        _copied("Worker 0 needs the first numbers of x alone, worker 1 the others."),
        (
            matrix,
            ["first", "inside"],
            f"Of each neuron of {matrix} a worker has a part of the weights, and so a part of its "
            f"sum: for neuron 0 that is {halves[0]} and {halves[1]}.",
            ("        inside.append(",),
        ),
        (
            "a sum",
            ["sum0", "neurons"],
            f"These must be added before anything is bent. Bent apart and then added, neuron 0 "
            f"would be {wrong}; it is {right}: {BEND[model]}(a) + {BEND[model]}(b) is not "
            f"{BEND[model]}(a + b). So all sums are sent.",
            ("    wrong = ", "    neurons = bend("),
        ),
        _second(shown, said),
        _sum(said),
    ]


def _bends(model: str) -> str:
    if model == "gated":
        return "SiLU bends each number of gate by itself, and its own number of up multiplies it."
    return "GELU bends each neuron by itself."


def _copied(words: str) -> Step:
    return "x", ["x"], words, ("    x = Copied.apply(x)",)


def _second(shown: Lesson, said: Said) -> Step:
    last = LAST[shown.settings["model"]]
    parts = " and ".join(number(part[0][0]) for part in cut.by_part(said, "outputs"))
    words = (
        f"Of {last} each has the weights behind its own neurons, and so a part of every output: "
        f"of output 0 they have {parts}."
    )
    return last, ["last", "output"], words, ("        outputs.append(",)


def _sum(said: Said) -> Step:
    parts = " + ".join(number(part[0][0]) for part in cut.by_part(said, "outputs"))
    words = (
        f"Now something is sent: the parts are added, and both workers have the output. "
        f"{parts} = {number(said[0]['y'][0][0])}; the whole block says "
        f"{number(said[0]['y_whole'][0][0])}."
    )
    return "the sum", ["sum1", "y"], words, ("    return Added.apply(",)
