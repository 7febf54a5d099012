"""The controls of the requires_grad page; bounds and defaults are those of its lessons."""

from typing import Any

from groundup.autograd import slopes
from groundup.engine import lesson
from groundup.mistakes import gallery
from groundup.ui.controls.declaration import Control

SWITCH, SLOPE, SUM, OUT, MISTAKES, BEYOND = SECTIONS = (
    "The switch",
    "A slope",
    "Gradients add up",
    "Ways out",
    "When autograd says no",
    "Beyond",
)
NAMES = {
    OUT: "no_grad and detach",
    MISTAKES: "Common mistakes",
    BEYOND: "Second derivatives and hooks",
}
"""What some of them are called on the page; a link holds what stands before the colon."""
ABOUT = {
    SWITCH: "Flip a switch: tracking (thick lines) spreads from operands to results. Then walk "
    "through the lines, or click one.",
    SLOPE: "Move w: the gradient is the slope of the dashed tangent, and with two variables an "
    "arrow straight uphill. Then step downhill.",
    SUM: "Call backward() again: each call adds its own part to w.grad. Then try clearing it.",
    OUT: "Choose a way out of the graph, and see what comes back and what can still learn.",
    MISTAKES: "Read the code, say what it will do, and only then see what PyTorch says. Or paste "
    "an error message of your own.",
    BEYOND: "For the curious. Open what you like.",
}
"""What to do in each section, in a sentence."""

ONE, TWO = "one variable", "two variables"
BACKWARD, BY_HAND = "backward()", "rise over run"


def _control(
    key: str, label: str, kind: str, name: str, parameter: str, *added: str, **more: Any
) -> Control:
    """A control for ``parameter`` of the lesson ``name``, with ``added`` options."""
    declared = lesson.load(name).parameters[parameter]
    return Control.of(declared, key, label, kind, options=(*declared.options, *added), **more)


_SWITCHES = (
    Control("track_x", "track `x`", "switch", False),
    Control("track_w", "track `w`", "switch", True),
    Control("track_b", "track `b`", "switch", True),
    Control("keep_y", "keep `y.grad`", "switch", False),
    Control("update_w", "update `w`", "switch", False),
    Control("zero_w", "zero `w.grad`", "switch", False),
    Control("forget_b", "`b.grad = None`", "switch", False),
    # At most so many statements are executed: those of the lesson, and four that are added.
    Control("executed", "Walk through the lines", "slider", 6, 1, 10),
)

_SLOPES = (
    Control("variables", "How many variables", "segments", ONE, options=(ONE, TWO)),
    _control("curve", "Curve f(w)", "select", "slope", "curve", slopes.OWN_FORMULA),
    Control(
        "formula",
        "Your curve, in w",
        "text",
        "w**3 / 4 - w",
        help="An expression such as `sin(w) * exp(-w**2)`. Press Enter to draw it.",
    ),
    Control("at", "w", "slider", 1.5, -10, 10, 0.01, help="Where to ask for the slope."),
    Control("slope_by", "The slope by", "segments", BACKWARD, options=(BACKWARD, BY_HAND)),
    _control(
        "run_h",
        "h, to either side",
        "log",
        "rise_over_run",
        "h",
        step=0.01,
        help="The run is 2h. Make it short, and rise over run comes to the slope at w.",
    ),
    _control("rate", "Learning rate", "log", "slope", "learning_rate", step=0.01),
    _control("walk", "Steps downhill", "number", "slope", "steps", step=1),
    _control("surface", "Surface f(w, b)", "select", "level_line", "surface_of"),
    _control("at_w", "w", "slider", "level_line", "at_w", step=0.1),
    _control("at_b", "b", "slider", "level_line", "at_b", step=0.1),
)

_SUMS = (
    _control("calls", "Calls of backward()", "number", "adding_up", "calls", step=1),
    _control("between", "After each call", "select", "adding_up", "between"),
    _control("both_w", "w", "slider", "used_twice", "start_w", step=0.5),
    _control("batches", "Mini-batches", "slider", "mini_batches", "batches", step=1),
    _control("batch_size", "Examples in each", "slider", "mini_batches", "size", step=1),
    _control("precision", "Precision", "segments", "mini_batches", "dtype"),
    Control("undivided", "forget to divide", "switch", False),
)

_WAYS = (
    _control("way", "Leave the graph by", "segments", "way_out", "way"),
    _control("layers", "Layers", "slider", "kept_memory", "layers", step=1),
    _control("batch", "Examples at a time", "slider", "kept_memory", "batch", step=1),
    _control("breadth", "Numbers in each layer", "slider", "kept_memory", "width", step=1),
)

CONTROLS = (
    Control(
        "autograd", "What to look at", "segments", SWITCH, options=SECTIONS, quiet=True, names=NAMES
    ),
    *_SWITCHES,
    *_SLOPES,
    *_SUMS,
    *_WAYS,
    Control(
        "mistake",
        "A mistake to make",
        "select",
        "Update in place, without no_grad()",
        options=tuple(entry.title for entry in gallery.gallery()),
    ),
    _control("hook", "The hook multiplies by", "slider", "gradient_hook", "scale", step=0.5),
)
