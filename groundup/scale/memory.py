"""How many bytes a model takes: to run it, and to train it. Nothing here allocates anything."""

from __future__ import annotations

from dataclasses import dataclass

from groundup.scale.architecture import Architecture, total

BYTES: dict[str, float] = {
    "float32": 4,
    "bfloat16": 2,
    "float16": 2,
    "int8": 1,
    "int4": 0.5,
}
"""Bytes per number; for int8 and int4 without the scales that go with each group of numbers."""

TRAINABLE = ("float32", "bfloat16", "float16")

MAX_BATCH, MAX_CONTEXT = 65_536, 1_048_576


@dataclass(frozen=True)
class Accelerator:
    """A device and the memory that torch can have of it.

    ``sold_as`` is what its maker calls it; the card keeps some of that for itself. ``gib`` is the
    total that torch reports, in units of 2³⁰ bytes, as users have published it; with other drivers
    it differs by up to 0.3. ``source`` says where.
    """

    name: str
    sold_as: str
    gib: float
    source: str

    @property
    def bytes(self) -> int:
        """The memory that torch can have, in bytes."""
        return round(self.gib * 2**30)


_SEEN = "total capacity in torch's out-of-memory error, "
ACCELERATORS = (
    Accelerator("NVIDIA T4", "16 GB", 14.56, f"{_SEEN}AlphaGPU/leetgpu-challenges#52"),
    Accelerator("GeForce RTX 4090", "24 GB", 23.64, f"{_SEEN}ali-vilab/VGen#104"),
    Accelerator("NVIDIA A100", "80 GB", 79.25, f"{_SEEN}HiDream-ai/VAREdit#6"),
    Accelerator("NVIDIA H100", "80 GB", 79.11, f"{_SEEN}vllm-project/vllm#27508"),
    Accelerator("NVIDIA H200", "141 GB", 139.8, f"{_SEEN}as several users quote it"),
    Accelerator("AMD MI300X", "192 GB", 191.69, f"{_SEEN}as several users quote it"),
)
"""Public threads on GitHub show also 14.75 (T4), 23.61 (RTX 4090), 79.15 (A100) and 191.98."""


def weight_bytes(parameters: int, dtype: str) -> int:
    """Bytes of ``parameters`` numbers of ``dtype`` (a key of :data:`BYTES`)."""
    return round(parameters * BYTES[dtype])


def cache_bytes(a: Architecture, batch: int, context: int, dtype: str) -> int:
    """Bytes of the keys and values that generation keeps for every token in every layer.

    A layer with a sliding window keeps those of the last ``a.window`` tokens.
    """
    _check(batch, context)
    return round(2 * a.key_width * batch * a.tokens_looked_at(context) * BYTES[dtype])


def inference_bytes(a: Architecture, batch: int, context: int, dtype: str) -> dict[str, int]:
    """Bytes that generation holds at least: the weights, and the keys and values of every token.

    What a forward pass makes on its way is not counted, and for int8 and int4 neither are the
    scales: :func:`not_counted` says so in words.
    """
    return {
        "weights": weight_bytes(total(a), dtype),
        "cache": cache_bytes(a, batch, context, cache_dtype(dtype)),
    }


def not_counted(dtype: str, *, training: bool) -> str:
    """What the sum of bytes leaves out, in words."""
    left_out = "what the device's own software takes, and gaps between tensors"
    if training:
        return left_out
    scales = "" if BYTES[dtype] > 1 else f"the scales that go with each group of {dtype} numbers, "
    return f"{scales}what each layer makes on its way, {left_out}"


def cache_dtype(dtype: str) -> str:
    """The format of keys and values: that of the weights, but bfloat16 at least."""
    return dtype if BYTES[dtype] >= BYTES["bfloat16"] else "bfloat16"


def activation_elements(a: Architecture) -> dict[str, int]:
    """Numbers that one token's forward pass leaves behind for the backward pass, by part.

    They are the tensors that torch's eager mode saves on a CPU: each product saves its input, an
    RMSNorm its input twice (as it came, and divided by its size), a LayerNorm its input once,
    fused attention its query, key, value, output and one number a head, and the loss the
    logarithm of every token's probability. A ReLU saves what it puts out, which is what the next
    product saves too. Token indices (8 bytes each) count as two numbers of 4 bytes. In a parallel
    block both halves read the same x, or the same norm of it, which is saved once.
    """
    norm = 2 * a.hidden + 1 if a.norm == "RMSNorm" else a.hidden + 2
    attention = a.hidden + 2 * a.query_width + 2 * a.key_width + a.heads
    if a.head_norms:
        attention += 2 * (a.query_width + a.key_width) + a.heads + a.key_value_heads
    if a.query_norms:
        attention += 2 * (a.query_width + a.key_width) + 2
    return {
        "embedding": 2,
        "attention": a.layers * attention,
        "feed-forward": a.layers * (_ffn_elements(a) - a.parallel * a.hidden),
        "norms": (a.layers * a.norms_per_layer + 1) * norm,
        "head": a.hidden + a.vocabulary,
    }


def _ffn_elements(a: Architecture) -> int:
    """What one layer's feed-forward part saves of a token.

    An expert saves a copy of what it is given, its answer before and after its share, and where
    they belong; the router saves the shares and whom it chose.
    """
    inside = a.matrices_in_ffn + a.gated - (a.activation == "ReLU")
    if not a.experts:
        return a.hidden + inside * a.intermediate
    each = 3 * a.hidden + inside * a.intermediate + 5
    shared = a.hidden + inside * a.shared_expert + 1 if a.shared_expert else 0
    return a.hidden + a.experts + a.experts_per_token * (each + 2) + shared


def training_bytes(a: Architecture, batch: int, context: int, dtype: str) -> dict[str, int]:
    """Bytes that one training step with Adam holds at its fullest, by what they hold.

    Weights and gradients in ``dtype``; Adam's two moments in float32, and with 16-bit weights a
    master copy of them in float32 (Rajbhandari et al. 2020, ZeRO, section 3.1: 16 bytes a
    parameter). Gradients are kept from step to step, as accumulating them does; where
    ``zero_grad`` lets go of them, they take the place of activations that are no longer needed. At
    the start of the backward pass the logits, their gradient and the gradient of the loss's
    logarithms stand beside the activations.

    Raises:
        ValueError: for a dtype that cannot be trained, or a batch or context out of bounds.
    """
    _check(batch, context)
    if dtype not in TRAINABLE:
        raise ValueError(
            f"{dtype} is a format to store finished weights in: torch computes gradients of "
            "floating-point numbers alone. To train, choose float32, bfloat16 or float16."
        )
    count, size, tokens = total(a), BYTES[dtype], batch * context
    return {
        "weights": weight_bytes(count, dtype),
        "gradients": weight_bytes(count, dtype),
        "Adam: mean": 4 * count,
        "Adam: mean square": 4 * count,
        "master weights": 4 * count if size < BYTES["float32"] else 0,
        "activations": round(tokens * size * sum(activation_elements(a).values())),
        "logits": round(tokens * size * 3 * a.vocabulary),
    }


def ffn_bytes(hidden: int, intermediate: int, tokens: int) -> int:
    """Bytes (float32) at the fullest moment of one feed-forward block's forward and backward pass.

    Weights and gradients with their biases; for each token its input, output and the gradients
    of both; and three of these four: the neurons before and after the activation, and the
    gradients of both (a saved tensor is let go as soon as the backward pass has used it).
    """
    weights = 2 * hidden * intermediate + hidden + intermediate
    return 4 * (2 * weights + tokens * (4 * hidden + 3 * intermediate))


OPTIMIZER_COPIES = {"SGD": 0, "momentum": 1, "RMSprop": 1, "Adam": 2}
"""Numbers that each optimizer remembers for every parameter."""


def ffn_training_bytes(hidden: int, intermediate: int, tokens: int, optimizer: str) -> int:
    """Bytes (float32) at the fullest moment of a training step of one feed-forward block.

    Either in the backward pass, or in the optimizer's step, which works on one matrix at a time
    and needs room for others of its size: one for RMSprop's root, two for Adam's (the root and
    its correction), none where the update is made in place.
    """
    weights = 2 * hidden * intermediate + hidden + intermediate
    remembered = 4 * weights * OPTIMIZER_COPIES[optimizer]
    scratch = 4 * hidden * intermediate * {"RMSprop": 1, "Adam": 2}.get(optimizer, 0)
    backward = ffn_bytes(hidden, intermediate, tokens)
    return remembered + max(backward, 8 * weights + scratch)


def _check(batch: int, context: int) -> None:
    for name, value, limit in (("batch", batch, MAX_BATCH), ("context", context, MAX_CONTEXT)):
        if type(value) is not int or not 1 <= value <= limit:
            raise ValueError(f"{name} must be a whole number from 1 to {limit:,}.")
