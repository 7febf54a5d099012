"""The controls of the requires_grad page."""

from groundup.ui.control import Control

SWITCH, SLOPE, SUM, OUT, MISTAKES, BEYOND = (
    "The switch",
    "A slope",
    "Gradients add up",
    "Ways out",
    "When autograd says no",
    "Beyond",
)

CONTROLS = (
    Control(
        "autograd",
        "What to look at",
        "segments",
        SWITCH,
        options=(SWITCH, SLOPE, SUM, OUT, MISTAKES, BEYOND),
    ),
    Control("track_x", "track `x`", "switch", False),
    Control("track_w", "track `w`", "switch", True),
    Control("track_b", "track `b`", "switch", True),
    Control("keep_y", "keep `y.grad`", "switch", False),
    Control("update_w", "update `w`", "switch", False),
    Control("zero_w", "zero `w.grad`", "switch", False),
    Control("forget_b", "`b.grad = None`", "switch", False),
)
