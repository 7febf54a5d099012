"""The controls of the nn.Module page; lr, epochs and optimizer are the training loop's."""

from groundup.counterparts import counterparts
from groundup.ui.control import Control

LINES, PROOF = "Line by line", "The proof"

CONTROLS = (
    Control("topic", "Topic", "segments", LINES, options=(LINES, PROOF)),
    Control(
        "piece",
        "Click a line in either program, or choose a part",
        "segments",
        "Forward",
        options=tuple(one.name for one in counterparts()),
        help="Its lines light up on both sides. Both programs are whole, and both run.",
    ),
)
