"""The controls of the FFN-scale page; bounds and defaults are those of its lessons and its core."""

from typing import Any

from groundup.engine import lesson
from groundup.scale import architecture, ffn_training, measure, memory
from groundup.scale.catalogue import published
from groundup.scale.ladder import rungs
from groundup.ui.controls.declaration import Control
from groundup.ui.settings import many_machines

INSIDE, READ, MANY = "Inside a block", "Read it", "Many machines"
NO_TOKEN = "none"
PARTS = (
    INSIDE,
    READ,
    "Climb the ladder",
    "Dial it",
    "Why bend it?",
    "Feel it",
    "Train it",
    "Ask a neuron",
    MANY,
)

NAMES = {
    READ: "Read the class",
    "Climb the ladder": "Compare sizes",
    "Dial it": "Set the sizes",
    "Feel it": "Measure time",
}
"""What some of them are called on the page; a link holds what stands before the colon."""

_START = published("Llama 3 8B").architecture
_FEED_FORWARD = lesson.load("feed_forward").parameters
_TRAIN = lesson.load("train_ffn").parameters
_WHY = lesson.load("why_activation").parameters
_BLOCK = lesson.load("transformer_block").parameters
_NAMES = tuple(rung.name for rung in rungs())


def _size(key: str, label: str, parameter: str, **more: Any) -> Control:
    low, high = architecture.LIMITS[parameter]
    more = {"default": getattr(_START, parameter), "low": low, "high": high} | more
    return Control(key, label, "number", parameter=parameter, **more)


def _choice(key: str, label: str, parameter: str, **more: Any) -> Control:
    more |= {"default": getattr(_START, parameter), "options": architecture.CHOICES[parameter]}
    return Control(key, label, "segments", parameter=parameter, **more)


def _switch(key: str, label: str, parameter: str, **more: Any) -> Control:
    return Control(key, label, "switch", getattr(_START, parameter), parameter=parameter, **more)


DIALS = (
    _size("hidden_size", "hidden", "hidden", step=64, help="Numbers that describe one token."),
    _size(
        "intermediate_size",
        "intermediate",
        "intermediate",
        step=64,
        help="Neurons in each feed-forward block.",
    ),
    _size("num_layers", "layers", "layers", help="Blocks, one after the other."),
    _size("vocabulary", "vocabulary", "vocabulary", step=1000, help="Tokens the model knows."),
    _size("heads", "heads", "heads", help="Attention heads. They split the query evenly."),
    _size(
        "kv_heads",
        "key/value heads",
        "key_value_heads",
        help="Query heads may share a key and a value; fewer of these means a smaller cache.",
    ),
    _switch(
        "gated", "gated", "gated", help="Three matrices (gate, up, down) instead of two (up, down)."
    ),
    _switch("tied", "tied", "tied", help="The head is the embedding's own matrix."),
    _switch("ffn_biases", "FFN biases", "ffn_biases"),
    _switch("head_norms", "head norms", "head_norms", help="A norm on each head's query and key."),
    _choice("ffn_activation", "activation", "activation", help="Costs no parameters at all."),
    _choice("norm", "norm", "norm", help="LayerNorm has a bias, RMSNorm has none."),
    _choice("attention_biases", "attention biases", "attention_biases"),
    _size("head_width", "head width", "head_width", step=8, help="0 means hidden / heads."),
    _size(
        "positions",
        "learned positions",
        "positions",
        step=1024,
        help="0 for rotary positions, which have no parameters.",
    ),
    _size(
        "norms", "norms per layer", "norms_per_layer", help="2 or 4; a parallel block may have 1."
    ),
    _switch(
        "norms_after",
        "norms after",
        "norms_after",
        help="Two norms stand after attention and feed-forward part, not before (OLMo 2).",
    ),
    _switch(
        "parallel",
        "parallel",
        "parallel",
        help="Attention and feed-forward part read the same x (GPT-J, Phi-2, Falcon).",
    ),
    _switch(
        "query_norms",
        "query norms",
        "query_norms",
        help="One norm on the queries of all heads together, one on the keys (OLMo 2).",
    ),
    _switch("head_bias", "head bias", "head_bias"),
    _size(
        "experts",
        "experts",
        "experts",
        help="Feed-forward parts to choose from, each with the intermediate size; 0 for just one.",
    ),
    _size(
        "experts_per_token",
        "experts per token",
        "experts_per_token",
        help="How many of them each token goes through. Without experts it says nothing.",
    ),
    _size(
        "shared_expert",
        "shared expert",
        "shared_expert",
        step=64,
        help="Neurons of one more expert that every token goes through; 0 for none.",
    ),
    _size(
        "window",
        "window",
        "window",
        step=1024,
        help="Tokens that a layer looks back, and keeps in the cache; 0 for all of them.",
    ),
    _size(
        "window_every",
        "window every … layers",
        "window_every",
        help="1: every layer has the window (Mistral v0.1); 2: every second one (Gemma 2).",
    ),
)
"""One control for each field of :class:`groundup.scale.architecture.Architecture`."""

CONTROLS = (
    Control(
        "scale",
        "The same five steps, a line each, whatever the model. Go from left to right.",
        "segments",
        PARTS[0],
        options=PARTS,
        names=NAMES,
        quiet=True,
    ),
    Control(
        "other_token",
        "Make this token another one",
        "segments",
        NO_TOKEN,
        options=(NO_TOKEN, *map(str, range(int(_BLOCK["changed"].high or 0) + 1))),
        parameter="changed",
        help="Guess first which rows of the output will be other ones too.",
    ),
    Control(
        "block",
        "Model",
        "segments",
        "article",
        options=_FEED_FORWARD["block"].options,
        help="One script, three models. Watch which lines change.",
    ),
    Control.of(
        _FEED_FORWARD["tokens"],
        "tokens",
        "Tokens at once",
        "number",
        step=32,
        help="Rows of x. The matrices do not care how many there are.",
    ),
    Control(
        "fills",
        "Zoom: this one fills the picture",
        "select",
        "Llama 3 8B",
        options=_NAMES,
        help="Area is parameters. Zoom in from the giant until you find the toy.",
    ),
    Control("left", "Compare", "select", _NAMES[0], options=_NAMES),
    Control("right", "with", "select", "Llama 3 8B", options=_NAMES),
    *DIALS,
    Control(
        "cost",
        "Show",
        "segments",
        "parameters",
        options=("parameters", "FLOPs", "memory to run", "memory to train"),
    ),
    Control(
        "format",
        "Format of a number",
        "segments",
        "bfloat16",
        options=tuple(memory.BYTES),
        help="How many bytes each weight takes.",
    ),
    Control("texts", "Batch", "number", 1, 1, memory.MAX_BATCH, help="Texts at once."),
    Control(
        "context",
        "Context",
        "number",
        2_048,
        1,
        memory.MAX_CONTEXT,
        step=1024,
        help="Tokens in each text.",
    ),
    Control(
        "bend",
        "Between the two layers",
        "segments",
        "nothing",
        options=_WHY["bend"].options,
        help="With nothing, two layers are one. Put something there and look again.",
    ),
    Control(
        "digits",
        "Digits",
        "segments",
        "float32",
        options=_WHY["dtype"].options,
        parameter="dtype",
        help="float64 stores 29 more binary digits. Does the difference go with them?",
    ),
    Control(
        "widest",
        "Widest block",
        "select",
        "1024",
        options=tuple(str(width) for width in measure.WIDTHS),
        help="Hidden size; the neurons in between are 3.5 times as many. 4096 is Llama 3 8B's.",
    ),
    Control(
        "cores",
        "Cores",
        "number",
        1,
        1,
        measure.cores(),
        help="How many processor cores torch may use.",
    ),
    Control(
        "ffn_or_toy",
        "Model",
        "segments",
        "FFN",
        options=_TRAIN["model"].options,
        parameter="model",
        help="One statement of the script changes, and nothing else.",
    ),
    Control(
        "ffn_width",
        "Width",
        "select",
        "64",
        options=tuple(str(width) for width in ffn_training.WIDTHS),
        parameter="hidden",
        help="Numbers that describe one example inside the model; four times as many neurons.",
    ),
    Control(
        "ffn_lr",
        "Learning rate",
        "log",
        0.01,
        0.0001,
        10.0,
        step=0.001,
        parameter="learning_rate",
        help="The wider the block, the shorter the steps that plain gradient descent can bear.",
    ),
    Control("ffn_epochs", "Epochs", "number", 200, 1, 2_000, step=50, parameter="epochs"),
    Control(
        "ffn_optimizer",
        "Optimizer",
        "select",
        "Adam",
        options=_TRAIN["optimizer"].options,
        parameter="optimizer",
    ),
    Control(
        "input_x",
        "Input x",
        "slider",
        0.0,
        -1.0,
        1.0,
        step=0.02,
        help="Move it, and see which neurons answer.",
    ),
    *many_machines.CONTROLS,
)
