"""The controls of two parts of *Many machines*: the layer cut, and the state spread out."""

from groundup.engine import lesson
from groundup.scale import memory
from groundup.scale.catalogue import MODELS
from groundup.scale.spread.ways import MAX_DEVICES, OPTIMIZERS, SPREADS
from groundup.ui.controls.declaration import Control

CUT, STATE = "The layer cut", "The state spread out"
PARTS = (CUT, STATE)

_CUT = lesson.load("layer_cut").parameters

CONTROLS = (
    Control(
        "cut_model",
        "Block",
        "segments",
        "article",
        options=_CUT["model"].options,
        parameter="model",
        help="The article's two matrices, or the three of a gated block.",
    ),
    Control(
        "cut_by",
        "The first matrix is cut by its",
        "segments",
        "outputs",
        options=_CUT["cut"].options,
        parameter="cut",
        help="Outputs are neurons. Guess first what the other cut must send.",
    ),
    Control(
        "spread_model",
        "Model",
        "select",
        "Llama 3 8B",
        options=tuple(model.name for model in MODELS),
    ),
    Control(
        "spread_gpu",
        "Device",
        "select",
        "NVIDIA H100",
        options=tuple(device.name for device in memory.ACCELERATORS),
    ),
    Control("spread_devices", "How many", "number", 8, 1, MAX_DEVICES),
    Control(
        "spread_over",
        "Spread over the copies, from left to right more",
        "segments",
        "nothing",
        options=SPREADS,
        help="ZeRO 0 to 3. Each includes what stands to its left.",
    ),
    Control(
        "spread_tensor",
        "Matrices cut in",
        "number",
        1,
        1,
        64,
        help="Parts of each matrix, each on a device of its own: the layer cut.",
    ),
    Control(
        "spread_pipeline",
        "Layers in stages",
        "number",
        1,
        1,
        256,
        help="The first layers on one device, the next ones on another.",
    ),
    Control(
        "spread_format", "Format of a number", "segments", "bfloat16", options=memory.TRAINABLE
    ),
    Control("spread_optimizer", "Optimizer", "segments", "Adam", options=OPTIMIZERS),
    Control(
        "spread_texts",
        "Texts",
        "number",
        1,
        1,
        memory.MAX_BATCH,
        help="In a step, for each copy of the model.",
    ),
    Control(
        "spread_context",
        "Tokens in a text",
        "number",
        2_048,
        1,
        memory.MAX_CONTEXT,
        step=1024,
    ),
    Control(
        "spread_by_torch",
        "by torch's fully_shard",
        "switch",
        False,
        help="torch's own way to spread the weights, in place of the hand-written one.",
    ),
)
