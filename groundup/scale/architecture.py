"""How big a language model is: its parameters, part by part, and what they cost.

Everything follows from an :class:`Architecture`, a dozen whole numbers and switches; nothing here
allocates a tensor. A multiplication and the addition that goes with it count as two FLOPs.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields

LIMITS: dict[str, tuple[int, int]] = {
    "vocabulary": (1, 1_000_000),
    "hidden": (1, 65_536),
    "intermediate": (1, 262_144),
    "layers": (1, 256),
    "heads": (1, 512),
    "key_value_heads": (1, 512),
    "head_width": (0, 2_048),
    "positions": (0, 1_048_576),
    "norms_per_layer": (1, 4),
    "experts": (0, 512),
    "experts_per_token": (1, 64),
    "shared_expert": (0, 262_144),
    "window": (0, 1_048_576),
    "window_every": (1, 256),
}
"""Smallest and largest value of each size: a model within them is built on ``meta`` in a second."""

CHOICES: dict[str, tuple[str, ...]] = {
    "norm": ("RMSNorm", "LayerNorm"),
    "attention_biases": ("none", "qkv", "all"),
    "activation": ("SiLU", "GELU", "ReLU"),
}

PARTS = ("embedding", "attention", "feed-forward", "norms", "head")


@dataclass(frozen=True)
class Architecture:
    """The sizes and switches that decide every number on the page.

    ``head_width`` 0 means ``hidden / heads``; ``positions`` is the length of a learned position
    table (0: none, as with rotary positions, which have no parameters); ``head_norms`` puts a norm
    on each head's query and key, ``query_norms`` one on those of all heads together (OLMo 2).

    In a ``parallel`` block attention and feed-forward part read the same x (GPT-J, Falcon). With
    ``experts`` there are so many feed-forward parts of ``intermediate`` neurons and a router, and
    each token goes through ``experts_per_token`` of them (Mixtral); ``shared_expert`` is the width
    of one more for all tokens, with a gate of its own (Qwen MoE). Layer 1 and every
    ``window_every``-th after it looks back ``window`` tokens and no further (0: all of them).

    Raises:
        ValueError: when created with a size out of :data:`LIMITS` or sizes that do not fit
            together, saying what to change.
    """

    vocabulary: int
    hidden: int
    intermediate: int
    layers: int
    heads: int
    key_value_heads: int
    head_width: int = 0
    positions: int = 0
    gated: bool = True
    ffn_biases: bool = False
    attention_biases: str = "none"
    tied: bool = False
    norm: str = "RMSNorm"
    norms_per_layer: int = 2
    head_norms: bool = False
    activation: str = "SiLU"
    norms_after: bool = False
    parallel: bool = False
    query_norms: bool = False
    head_bias: bool = False
    experts: int = 0
    experts_per_token: int = 2
    shared_expert: int = 0
    window: int = 0
    window_every: int = 1

    def __post_init__(self) -> None:
        for field in fields(self):
            _check(field.name, getattr(self, field.name))
        self._check_norms()
        self._check_experts()
        if self.head_width == 0 and self.hidden % self.heads:
            raise ValueError(
                f"hidden = {self.hidden:,} cannot be split evenly over heads = {self.heads:,}: "
                "make it a multiple of heads, or give the head width."
            )
        if self.heads % self.key_value_heads:
            raise ValueError(
                f"{self.heads:,} query heads cannot share {self.key_value_heads:,} key/value heads "
                "evenly: make heads a multiple of key/value heads."
            )

    def _check_norms(self) -> None:
        if self.norms_per_layer == 3:
            raise ValueError("norms_per_layer must be 1, 2 or 4.")
        if self.norms_per_layer == 1 and not self.parallel:
            raise ValueError("One norm per layer goes with parallel blocks: switch parallel on.")
        if self.norms_after and self.norms_per_layer != 2:
            raise ValueError("Norms after go with two norms per layer: set norms per layer to 2.")
        if self.head_norms and self.query_norms:
            raise ValueError("Choose head norms or query norms: a query has one norm at most here.")

    def _check_experts(self) -> None:
        if not self.experts:
            if self.shared_expert:
                raise ValueError("A shared expert goes with experts: set experts to 1 or more.")
            return
        if self.experts_per_token > self.experts:
            raise ValueError(
                f"A token cannot go through {self.experts_per_token} of {self.experts} experts: "
                "make experts per token smaller."
            )
        if self.ffn_biases:
            raise ValueError("Experts have no biases here: switch FFN biases off.")

    @property
    def width_of_a_head(self) -> int:
        """Numbers in one head's query: ``head_width``, or ``hidden / heads``."""
        return self.head_width or self.hidden // self.heads

    @property
    def query_width(self) -> int:
        """Numbers in one token's query, all heads together."""
        return self.heads * self.width_of_a_head

    @property
    def key_width(self) -> int:
        """Numbers in one token's key (and in its value), all heads together."""
        return self.key_value_heads * self.width_of_a_head

    @property
    def windowed_layers(self) -> int:
        """How many layers look back ``window`` tokens and no further."""
        return math.ceil(self.layers / self.window_every) if self.window else 0

    def tokens_looked_at(self, context: int) -> int:
        """Tokens that the last of ``context`` looks back at, added up over all layers."""
        short = self.windowed_layers
        return short * min(context, self.window) + (self.layers - short) * context

    @property
    def built(self) -> dict[str, object]:
        """The settings of the lesson that builds it: all but the windows, which it leaves out."""
        return {n: v for n, v in asdict(self).items() if not n.startswith("window")}

    @property
    def matrices_in_ffn(self) -> int:
        """3 where the block is gated (gate, up, down), else 2 (up, down)."""
        return 3 if self.gated else 2


def _check(name: str, value: object) -> None:
    if name in LIMITS:
        low, high = LIMITS[name]
        if type(value) is not int or not low <= value <= high:
            raise ValueError(
                f"{name} = {_shown(value)} is not possible here: "
                f"give a whole number from {low:,} to {high:,}."
            )
    elif name in CHOICES:
        if value not in CHOICES[name]:
            raise ValueError(f"{name} must be one of {', '.join(CHOICES[name])}.")
    elif type(value) is not bool:
        raise ValueError(f"{name} must be True or False.")


def _shown(value: object) -> str:
    text = f"{value:,}" if type(value) is int else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


# Parameters


def ffn_parameters(
    hidden: int, intermediate: int, *, gated: bool = False, biases: bool = True
) -> int:
    """Parameters of one feed-forward block: its matrices, and one bias per output of each."""
    matrices = (3 if gated else 2) * hidden * intermediate
    return matrices + biases * ((2 if gated else 1) * intermediate + hidden)


def expert_parameters(a: Architecture) -> int:
    """Parameters of one expert of one layer."""
    return ffn_parameters(a.hidden, a.intermediate, gated=a.gated, biases=False)


def layer_ffn_parameters(a: Architecture) -> int:
    """Parameters of one layer's feed-forward part: one block, or all experts and their router."""
    if not a.experts:
        return ffn_parameters(a.hidden, a.intermediate, gated=a.gated, biases=a.ffn_biases)
    shared = ffn_parameters(a.hidden, a.shared_expert, gated=a.gated, biases=False) + a.hidden
    every = a.experts * expert_parameters(a) + a.hidden * a.experts
    return every + (shared if a.shared_expert else 0)


def attention_parameters(a: Architecture) -> int:
    """Parameters of one layer's attention: query, key, value and output matrices, and biases."""
    matrices = 2 * a.hidden * a.query_width + 2 * a.hidden * a.key_width
    inside = a.query_width + 2 * a.key_width
    return matrices + {"none": 0, "qkv": inside, "all": inside + a.hidden}[a.attention_biases]


def norm_parameters(a: Architecture) -> int:
    """Parameters of every norm in the model, the last one before the head included."""
    each = 2 if a.norm == "LayerNorm" else 1
    around = (a.norms_per_layer * a.layers + 1) * a.hidden * each
    heads = 2 * a.width_of_a_head * a.head_norms + (a.query_width + a.key_width) * a.query_norms
    return around + a.layers * heads


def parameters(a: Architecture) -> dict[str, int]:
    """Part to number of parameters, in the order of :data:`PARTS`; their sum is the model's."""
    table = a.vocabulary * a.hidden
    counts = (
        table + a.positions * a.hidden,
        a.layers * attention_parameters(a),
        a.layers * layer_ffn_parameters(a),
        norm_parameters(a),
        (0 if a.tied else table) + a.head_bias * a.vocabulary,
    )
    return dict(zip(PARTS, counts, strict=True))


def share(parts: dict[str, int]) -> dict[str, float]:
    """Each part in percent of their sum."""
    whole = sum(parts.values())
    return {part: 100 * count / whole for part, count in parts.items()}


def total(a: Architecture) -> int:
    """All parameters; a tied head counts once, with the embedding."""
    return sum(parameters(a).values())


def active(a: Architecture) -> int:
    """Parameters that one token meets: all but the experts that it does not go through."""
    idle = max(a.experts - a.experts_per_token, 0)
    return total(a) - a.layers * idle * expert_parameters(a)


# FLOPs


def forward_flops(a: Architecture, context: int) -> dict[str, int]:
    """FLOPs for one token's forward pass, by part, among ``context`` tokens.

    2 for each weight that the token is multiplied with (biases, norms and activations are left
    out, as in Kaplan et al. 2020, table 1), and for attention itself 2·context·query_width for the
    scores and as many for the weighted sum: over the whole context, or the window of a layer that
    has one, as if nothing else were masked. Of experts, those count that a token goes through.
    """
    weights = 2 * a.hidden * (a.query_width + a.key_width)
    return {
        "attention": 2 * a.layers * weights,
        "scores": 4 * a.tokens_looked_at(context) * a.query_width,
        "feed-forward": 2 * a.layers * ffn_weights(a),
        "head": 2 * a.vocabulary * a.hidden,
    }


def ffn_weights(a: Architecture) -> int:
    """Weights of one layer's feed-forward part that a token is multiplied with."""
    if not a.experts:
        return a.matrices_in_ffn * a.hidden * a.intermediate
    neurons = a.experts_per_token * a.intermediate + a.shared_expert
    choosing = a.hidden * (a.experts + (a.shared_expert > 0))
    return a.matrices_in_ffn * a.hidden * neurons + choosing


def backward_flops(a: Architecture, context: int) -> dict[str, int]:
    """FLOPs for one token's backward pass: each product needs two, one for each factor."""
    return {part: 2 * count for part, count in forward_flops(a, context).items()}


def step_flops(a: Architecture, tokens: int, context: int) -> int:
    """FLOPs of one training step over ``tokens`` tokens in rows of ``context``."""
    return 3 * tokens * sum(forward_flops(a, context).values())


def ffn_flops(hidden: int, intermediate: int, tokens: int, *, gated: bool = False) -> int:
    """FLOPs of one feed-forward block's forward pass; its backward pass takes twice as many."""
    return 2 * (3 if gated else 2) * hidden * intermediate * tokens
