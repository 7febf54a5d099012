"""The controls of the training-loop page; bounds and defaults are those of its lesson."""

from typing import Any

from groundup.engine import lesson
from groundup.training import batches, broken_loop, by_hand, point_links
from groundup.ui.controls.declaration import Control

_PARAMETERS = lesson.load("by_hand").parameters | lesson.load("training_loop").parameters


def _control(key: str, label: str, kind: str, parameter: str, **more: Any) -> Control:
    return Control.of(_PARAMETERS[parameter], key, label, kind, **more)


# A bare link lets the learner begin where these draw it.
_FIRST = by_hand.begins(lesson.load("by_hand").set(begin="random", line="hidden"))

LAB = ("Watch", "Predict", "Break it", "By hand", "Compare", "Data")
"""What the learner does with the loop: only watch it, or one of the lab's experiments."""

HEALTHY, REORDER = "Nothing", "The order of the five steps"
_BREAKS = (HEALTHY, *broken_loop.mistakes(lesson.load("training_loop")), REORDER)

CONTROLS = (
    Control("lab", "Lab", "segments", "Watch", options=LAB, quiet=True),
    Control("break", "What to break", "select", HEALTHY, options=_BREAKS),
    Control(
        "order",
        "Steps in the order",
        "text",
        "12345",
        help="The digits 1 to 5, each once: `51234` zeroes first.",
    ),
    _control(
        "lr",
        "Learning rate",
        "log",
        "learning_rate",
        step=0.01,
        help="The factor of each step. With plain gradient descent too small crawls, and too large "
        "diverges.",
    ),
    _control("epochs", "Epochs", "number", "epochs", step=50, help="Passes over all the data."),
    _control(
        "optimizer",
        "Optimizer",
        "select",
        "optimizer",
        help="How step 4 uses the gradients. Watch the code change.",
    ),
    _control("hand_w", "Your w", "slider", "hand_w", step=0.01, default=_FIRST[0]),
    _control("hand_b", "Your b", "slider", "hand_b", step=0.01, default=_FIRST[1]),
    _control(
        "data_line",
        "Line behind the data",
        "segments",
        "line",
        default="hidden",
        help="*hidden*: it is drawn from the seed, and shown once the loss is low. *known*: it has "
        "the true w and b.",
    ),
    _control(
        "begin_at",
        "w and b begin",
        "segments",
        "begin",
        default="random",
        help="*random*: they are drawn from the seed, as real training does. *chosen*: where "
        "you say.",
    ),
    Control(
        "each_step",
        "In each step",
        "select",
        "all points",
        options=tuple(batches.SIZES),
        parameter="batch",
        help="With fewer points a step has less to compute, and its gradient strays from that of "
        "all. An epoch still takes every point once.",
    ),
    Control("log", "Log axis", "switch", True, help="The losses on a logarithmic axis."),
    _control("points", "Points", "slider", "points", help="How many examples there are."),
    _control(
        "noise",
        "Noise",
        "slider",
        "noise",
        step=0.05,
        help="The standard deviation of what is added to y.",
    ),
    _control("true_w", "True w", "number", "true_w", step=0.5, help="The slope to be found."),
    _control("true_b", "True b", "number", "true_b", step=0.5, help="The bias to be found."),
    _control("start_w", "w starts at", "number", "start_w", step=0.5),
    _control("start_b", "b starts at", "number", "start_b", step=0.5),
    Control(
        "own_points",
        "Own points",
        "text",
        "",
        high=point_links.MOST_CHARACTERS,
        help="x and y of each, in place of drawn points: `1 3.1, 2 4.8`. *Data* writes a small "
        "table here, so that the link holds it.",
    ),
    Control(
        "schedule",
        "Learning rate in mid-run",
        "text",
        "",
        help="`0: 0.1, 120: 0.05` starts with 0.1 and takes 0.05 from epoch 120 on. Stop a run and "
        "move the learning rate, and this is written for you.",
    ),
)
