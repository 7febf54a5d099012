"""The controls of *Many machines*, a section of the FFN-scale page."""

from groundup.engine import lesson
from groundup.scale.many import batch
from groundup.ui.controls.declaration import Control
from groundup.ui.settings import cut_and_spread

BATCH, HOME = "The batch split", "Take home"
PARTS = (BATCH, *cut_and_spread.PARTS, HOME)
"""What the section is made of, in the order of the page."""

_BATCH = lesson.load("data_parallel").parameters

CONTROLS = (
    Control(
        "many",
        "What is divided among the machines",
        "segments",
        BATCH,
        options=PARTS,
        quiet=True,
    ),
    Control(
        "many_workers",
        "Workers",
        "segments",
        str(batch.WORKERS[0]),
        options=tuple(map(str, batch.WORKERS)),
        help="Processes that this server starts, each with the whole model.",
    ),
    Control(
        "many_optimizer",
        "Optimizer",
        "segments",
        "SGD",
        options=_BATCH["optimizer"].options,
        parameter="optimizer",
    ),
    Control(
        "many_split",
        "Shares of the batch",
        "segments",
        "even",
        options=_BATCH["split"].options,
        parameter="split",
        help="Uneven: one example for each worker, and all the others for the last.",
    ),
    Control(
        "many_weighed",
        "Weigh by examples",
        "switch",
        False,
        help="Each worker's mean counts by its number of examples.",
    ),
    *cut_and_spread.CONTROLS,
)
