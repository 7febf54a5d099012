"""The controls of the computation-graph page."""

from groundup.graph import input_line
from groundup.graph.presets import PRESETS
from groundup.ui.controls.declaration import Control

_FIRST = next(iter(PRESETS))

CONTROLS = (
    Control(
        "graph",
        "Examples",
        "menu",
        _FIRST,
        options=tuple(PRESETS),
    ),
    Control("program", "Your program", "lines", PRESETS[_FIRST].text, high=4_000),
    Control(
        "given",
        "All inputs as text",
        "lines",
        PRESETS[_FIRST].inputs,
        high=input_line.MAX_CHARACTERS,
    ),
    Control("moment", "Step", "number", 0, 0, 10_000),
    Control("chosen", "Look closer at", "text", ""),
    Control(
        "view",
        "View",
        "segments",
        "the mathematics",
        options=("the mathematics", "what autograd recorded"),
        help="The same run twice: tensors and operations, or autograd's own nodes.",
    ),
    Control(
        "saved_tensors",
        "Saved tensors",
        "switch",
        False,
        help="What each node keeps from the way forward, because it needs it on the way back.",
    ),
    Control(
        "across",
        "From left to right",
        "switch",
        False,
        help="Inputs at the left, the output at the right.",
    ),
    Control(
        "part",
        "More about this run",
        "segments",
        "chain rule",
        options=("chain rule", "check", "life of the graph", "take home"),
    ),
)
