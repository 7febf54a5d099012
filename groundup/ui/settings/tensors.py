"""The controls of the tensors page."""

from groundup.engine import devices, lesson
from groundup.shapes.chain import CHAIN, LINKS, MAX_LINKS
from groundup.shapes.rules import OPERATIONS
from groundup.ui.controls.declaration import Control

SECTIONS = ("Make one", "Storage", "Shape lab", "Why float32?", "Device", "NumPy")
WAYS = ("From data", "From a shape", "By mimicking")
WAY_NAMES = {"By mimicking": "Like another tensor"}
VIEW_NAMES = {"Learnable?": "What can learn"}
BRIDGE_NAMES = {"float64 arrives": "float64 from NumPy", "A parameter": "A watched tensor"}
"""What some options are called on the page; a link holds what stands before the colon."""
MAKERS = (*lesson.load("make_from_shape").parameters["maker"].options, "arange", "linspace")

DTYPE_VIEWS = ("The nudge", "Spacing", "Ranges", "Promotion", "Learnable?", "A million updates")

BRIDGES = ("Shared memory", "float64 arrives", "A parameter")

_mix = lesson.load("mix_devices").parameters
_bridge = lesson.load("numpy_bridge").parameters
_agree = lesson.load("numpy_dtype").parameters
_QUESTION = lesson.load("numpy_grad").parameters
_promotion = lesson.load("promotion").parameters
_grad = lesson.load("integer_grad").parameters
_views = lesson.load("storage_views").parameters
_like = lesson.load("make_like").parameters

CONTROLS = (
    Control("look_at", "Look at", "segments", SECTIONS[0], options=SECTIONS, quiet=True),
    Control(
        "made_from", "Three ways to make one", "segments", WAYS[0], options=WAYS, names=WAY_NAMES
    ),
    Control(
        "data",
        "Your numbers: nested lists",
        "text",
        "[[1, 2, 3], [4, 5, 6]]",
        help="Square brackets around numbers, or around True and False. Up to four levels deep.",
    ),
    Control("maker", "Filled by", "select", "rand", options=MAKERS),
    Control(
        "size",
        "Shape",
        "text",
        "2, 3",
        help="How many cells along each dimension: `3`, `2, 3`, `2, 3, 4`; `()` is one number.",
    ),
    Control("fill", "Fill value", "number", 7.0, -1e6, 1e6, step=1.0),
    Control(
        "start", "Start", "text", "0", help="In arange, whole numbers make int64; try 0.0 instead."
    ),
    Control("end", "End", "text", "10"),
    Control("step", "Step", "text", "2"),
    Control("how_many", "How many", "number", 5, 1, 1000, step=1),
    Control("other", "A second tensor, other =", "select", "t.T", options=_views["other"].options),
    Control("rows", "Rows of t", "number", 3, 2, 5, step=1),
    Control("columns", "Columns of t", "number", 4, 2, 6, step=1),
    Control(
        "written",
        "Write 99 into",
        "text",
        "",
        help="Click a cell in the picture, or type one such as `t[0, 1]`. Empty: nowhere.",
    ),
    Control(
        "about", "About dtypes", "segments", DTYPE_VIEWS[0], options=DTYPE_VIEWS, names=VIEW_NAMES
    ),
    Control("value", "Value", "number", 3.0, -100_000.0, 100_000.0, step=1.0),
    Control("nudge", "Nudge", "log", 0.001, 0.00000001, 100.0, step=0.001),
    Control("around", "Around the value", "log", 3.0, 1e-8, 1e8, step=1.0),
    Control("operation", "Operation", "segments", "+", options=_promotion["operation"].options),
    Control("learnable", "dtype of w", "select", "int64", options=_grad["learnable"].options),
    Control(
        "asked", "requires_grad is set", "select", "when it is made", options=_grad["asked"].options
    ),
    Control("update", "Each update", "log", 0.000001, 0.0000001, 0.001, step=0.000001),
    Control("target", "Move t to", "segments", "meta", options=(*devices.available(), "meta")),
    Control(
        "meeting",
        "What is done with both",
        "select",
        "here + there",
        options=_mix["meeting"].options,
    ),
    Control(
        "bridge",
        "Between NumPy and PyTorch",
        "segments",
        BRIDGES[0],
        options=BRIDGES,
        names=BRIDGE_NAMES,
    ),
    Control("to_numpy", "array =", "select", "t.numpy()", options=_bridge["to_numpy"].options),
    Control(
        "from_numpy",
        "back =",
        "select",
        "torch.from_numpy(array)",
        options=_bridge["from_numpy"].options,
    ),
    Control("write_into", "Write 99 into", "segments", "array", options=("array", "t", "back")),
    Control(
        "agree", "Make the dtypes agree", "select", "leave it", options=_agree["agree"].options
    ),
    Control("ask_by", "array =", "select", "w.numpy()", options=_QUESTION["ask_by"].options),
    Control("op", "Operation", "select", "@", options=(*OPERATIONS, CHAIN)),
    Control("a", "Shape of a", "text", "2, 3", help="Type `2, 3` or `(2, 3)`; `()` is one number."),
    Control("b", "Shape of b", "text", "4, 3", help="Type `4, 3` or `(4, 3)`; `()` is one number."),
    Control("numbers", "Arguments", "text", "1"),
    Control(
        "chain",
        "One after another",
        "text",
        "nn.Conv2d(6, 16, 5) → nn.MaxPool2d(2) → flatten(1) → nn.Linear(400, 120)",
        help=f"Up to {MAX_LINKS}, with → or ; between them: {', '.join(LINKS)}.",
    ),
    Control("keepdim", "keepdim", "switch", False, help="Keep the summed dimension, with size 1."),
    Control("first_do", "First do", "text", "", help="For example `a.mT` or `a.unsqueeze(0)`."),
    Control("guess_first", "Let me guess first", "switch", False, help="Hides the answer."),
    Control("like", "Made by", "select", "rand_like", options=_like["like"].options),
    Control("like_dtype", "New dtype", "select", "float32", options=_like["like_dtype"].options),
    Control("template", "Template", "text", "[[1, 2], [3, 4]]", help="The tensor to mimic."),
)
