"""Every formula of the page with its numbers in: what is multiplied, the result, the source.

``numbers`` is arithmetic that a reader can redo: thousands have commas, products a ·.
"""

from __future__ import annotations

from dataclasses import dataclass

from groundup.scale import architecture, memory
from groundup.scale.architecture import Architecture

KAPLAN = "Kaplan et al. 2020, Scaling Laws for Neural Language Models, section 2.1"
SCORES = "query · key and weights · value, for all pairs of tokens, as torch's flop_counter counts"
SHAPES = "the shapes of the matrices: inputs × outputs"
ZERO = "Rajbhandari et al. 2020, ZeRO, section 3.1"
EAGER = "what torch's autograd saves; Korthikanti et al. 2022 count a layer the same way"


@dataclass(frozen=True)
class Formula:
    """``name`` = ``rule``, which with the numbers in is ``numbers``, which is ``value``."""

    name: str
    rule: str
    numbers: str
    value: int
    source: str


def parameter_formulas(a: Architecture) -> list[Formula]:
    """How many parameters each part has, in the order of ``architecture.PARTS``."""
    counts = architecture.parameters(a)
    parts = (_embedding(a), _attention(a), _ffn(a), _norms(a), _head(a))
    return [
        Formula(part, rule, numbers, counts[part], SHAPES)
        for part, (rule, numbers) in zip(architecture.PARTS, parts, strict=True)
    ]


def _embedding(a: Architecture) -> tuple[str, str]:
    rule, numbers = "vocabulary · hidden", f"{a.vocabulary:,} · {a.hidden:,}"
    if a.positions:
        return f"({rule.replace(' · hidden', '')} + positions) · hidden", (
            f"({a.vocabulary:,} + {a.positions:,}) · {a.hidden:,}"
        )
    return rule, numbers


def _attention(a: Architecture) -> tuple[str, str]:
    rule = "2 · hidden · query + 2 · hidden · key"
    numbers = f"2 · {a.hidden:,} · {a.query_width:,} + 2 · {a.hidden:,} · {a.key_width:,}"
    if a.attention_biases != "none":
        rule, numbers = (
            f"{rule} + query + 2 · key",
            (f"{numbers} + {a.query_width:,} + 2 · {a.key_width:,}"),
        )
    if a.attention_biases == "all":
        rule, numbers = f"{rule} + hidden", f"{numbers} + {a.hidden:,}"
    return f"layers · ({rule})", f"{a.layers:,} · ({numbers})"


def _ffn(a: Architecture) -> tuple[str, str]:
    matrices = a.matrices_in_ffn
    if a.experts:
        rule = f"experts · {matrices} · hidden · intermediate + hidden · experts"
        numbers = f"{a.experts:,} · {matrices} · {a.hidden:,} · {a.intermediate:,}"
        numbers = f"{numbers} + {a.hidden:,} · {a.experts:,}"
        if a.shared_expert:
            rule = f"{rule} + {matrices} · hidden · shared + hidden"
            numbers = f"{numbers} + {matrices} · {a.hidden:,} · {a.shared_expert:,} + {a.hidden:,}"
        return f"layers · ({rule})", f"{a.layers:,} · ({numbers})"
    rule = f"{matrices} · hidden · intermediate"
    numbers = f"{matrices} · {a.hidden:,} · {a.intermediate:,}"
    if a.ffn_biases:
        rule = f"{rule} + {matrices - 1} · intermediate + hidden"
        numbers = f"{numbers} + {matrices - 1} · {a.intermediate:,} + {a.hidden:,}"
    return f"layers · ({rule})", f"{a.layers:,} · ({numbers})"


def _norms(a: Architecture) -> tuple[str, str]:
    each = 2 if a.norm == "LayerNorm" else 1
    rule = f"({a.norms_per_layer} · layers + 1) · {each} · hidden"
    numbers = f"({a.norms_per_layer} · {a.layers:,} + 1) · {each} · {a.hidden:,}"
    if a.head_norms:
        rule = f"{rule} + layers · 2 · head width"
        numbers = f"{numbers} + {a.layers:,} · 2 · {a.width_of_a_head:,}"
    if a.query_norms:
        rule = f"{rule} + layers · (query + key)"
        numbers = f"{numbers} + {a.layers:,} · ({a.query_width:,} + {a.key_width:,})"
    return rule, numbers


def _head(a: Architecture) -> tuple[str, str]:
    rule, numbers = "hidden · vocabulary", f"{a.hidden:,} · {a.vocabulary:,}"
    if a.tied:
        rule, numbers = "the embedding's own matrix", "0"
    if a.head_bias:
        return f"{rule} + vocabulary", f"{numbers} + {a.vocabulary:,}"
    return rule, numbers


def _looked_at(a: Architecture, context: int) -> tuple[str, str]:
    """Layers times the tokens that each looks back at."""
    rest = a.layers - a.windowed_layers
    if not a.windowed_layers or context <= a.window:
        return "layers · context", f"{a.layers:,} · {context:,}"
    short = f"{a.windowed_layers:,} · {a.window:,}"
    if not rest:
        return "layers · window", short
    rule = "(windowed layers · window + other layers · context)"
    return rule, f"({short} + {rest:,} · {context:,})"


def flop_formulas(a: Architecture, context: int) -> list[Formula]:
    """FLOPs of one token's forward pass by part, and of its backward pass."""
    counts = architecture.forward_flops(a, context)
    inside = f"{a.hidden:,} · ({a.query_width:,} + {a.key_width:,})"
    looked = _looked_at(a, context)
    rules = {
        "attention": (
            "2 · layers · 2 · hidden · (query + key)",
            f"2 · {a.layers:,} · 2 · {inside}",
        ),
        "scores": (
            f"2 · 2 · {looked[0]} · query",
            f"2 · 2 · {looked[1]} · {a.query_width:,}",
        ),
        "feed-forward": _ffn_flops(a),
        "head": ("2 · hidden · vocabulary", f"2 · {a.hidden:,} · {a.vocabulary:,}"),
    }
    rows = [
        Formula(part, *rules[part], counts[part], SCORES if part == "scores" else KAPLAN)
        for part in counts
    ]
    forward = sum(counts.values())
    backward = sum(architecture.backward_flops(a, context).values())
    return [*rows, Formula("backward", "2 · forward", f"2 · {forward:,}", backward, KAPLAN)]


def _ffn_flops(a: Architecture) -> tuple[str, str]:
    rule = f"{a.matrices_in_ffn} · hidden · intermediate"
    numbers = f"{a.matrices_in_ffn} · {a.hidden:,} · {a.intermediate:,}"
    if a.experts:
        rule = f"(experts per token · {rule} + hidden · experts"
        numbers = f"({a.experts_per_token:,} · {numbers} + {a.hidden:,} · {a.experts:,}"
        if a.shared_expert:
            rule = f"{rule} + {a.matrices_in_ffn} · hidden · shared + hidden"
            shared = f"{a.matrices_in_ffn} · {a.hidden:,} · {a.shared_expert:,} + {a.hidden:,}"
            numbers = f"{numbers} + {shared}"
        rule, numbers = f"{rule})", f"{numbers})"
    return f"2 · layers · {rule}", f"2 · {a.layers:,} · {numbers}"


def inference_formulas(a: Architecture, batch: int, context: int, dtype: str) -> list[Formula]:
    """Bytes of the weights in every dtype, and of the cache that goes with weights in ``dtype``."""
    count = architecture.total(a)
    weights = [
        Formula(
            f"weights in {name}",
            "parameters · bytes",
            f"{count:,} · {size:g}",
            memory.weight_bytes(count, name),
            "the width of the format",
        )
        for name, size in memory.BYTES.items()
    ]
    cache_type = memory.cache_dtype(dtype)
    size = f"{memory.BYTES[cache_type]:g}"
    looked = _looked_at(a, context)
    numbers = f"2 · {looked[1]} · {a.key_width:,} · {batch:,} · {size}"
    cache = memory.cache_bytes(a, batch, context, cache_type)
    rule = f"2 · {looked[0]} · key · batch · bytes"
    source = "a key and a value for each token that a layer keeps"
    return [*weights, Formula(f"cache in {cache_type}", rule, numbers, cache, source)]


def training_formulas(a: Architecture, batch: int, context: int, dtype: str) -> list[Formula]:
    """Bytes that a training step with Adam holds."""
    byte_counts = memory.training_bytes(a, batch, context, dtype)
    count, size = f"{architecture.total(a):,}", f"{memory.BYTES[dtype]:g}"
    tokens = f"{batch:,} · {context:,}"
    per_token = sum(memory.activation_elements(a).values())
    rules = {
        "weights": ("parameters · bytes", f"{count} · {size}", ZERO),
        "gradients": (
            "parameters · bytes, kept from step to step",
            f"{count} · {size}",
            ZERO,
        ),
        "Adam: mean": ("parameters · 4", f"{count} · 4", ZERO),
        "Adam: mean square": ("parameters · 4", f"{count} · 4", ZERO),
        "master weights": ("parameters · 4, with 16-bit weights", f"{count} · 4", ZERO),
        "activations": (
            "batch · context · saved numbers a token · bytes",
            f"{tokens} · {per_token:,} · {size}",
            EAGER,
        ),
        "logits": (
            "batch · context · 3 · vocabulary · bytes",
            f"{tokens} · 3 · {a.vocabulary:,} · {size}",
            "logits, their gradient and the loss's",
        ),
    }
    return [
        Formula(name, rules[name][0], rules[name][1], value, rules[name][2])
        for name, value in byte_counts.items()
        if value
    ]
