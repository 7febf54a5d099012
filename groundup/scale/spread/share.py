"""What of a model lies on one device, in parameters and in numbers that a token leaves behind."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

from groundup.scale import architecture, memory
from groundup.scale.architecture import Architecture
from groundup.scale.spread.ways import Way


@dataclass(frozen=True)
class Stage:
    """What one device of stage ``number`` (from 0) has of the model, before anything is spread.

    ``parameters`` and ``largest`` (the largest part that is used in one go: a layer, the
    embedding or the head) count parameters, ``saved`` the numbers that one token leaves for the
    backward pass, ``logits`` how many logits of a token it makes.
    """

    number: int
    layers: int
    parameters: int
    largest: int
    saved: float
    logits: int


def stages(a: Architecture, way: Way) -> tuple[Stage, ...]:
    """The stages from the first to the last; the first ones have a layer more if it must be."""
    return _stages(a, Way(way.group, way.tensor, way.pipeline))


@lru_cache(maxsize=256)
def _stages(a: Architecture, one_copy: Way) -> tuple[Stage, ...]:
    return tuple(_stage(a, one_copy, number) for number in range(one_copy.pipeline))


def _stage(a: Architecture, way: Way, number: int) -> Stage:
    layers = a.layers // way.pipeline + (number < a.layers % way.pipeline)
    is_first, is_last = number == 0, number == way.pipeline - 1
    vocabulary = math.ceil(a.vocabulary / way.tensor)
    layer = layer_parameters(a, way.tensor)
    first = is_first * (vocabulary + a.positions) * a.hidden
    last = is_last * _last_parameters(a, vocabulary, is_first=is_first)
    return Stage(
        number,
        layers,
        first + layers * layer + last,
        max(layer, first, last),
        layers * _saved_by_layer(a, way.tensor) + is_first * 2 + is_last * _saved_by_last(a, way),
        is_last * vocabulary,
    )


def layer_parameters(a: Architecture, tensor: int) -> int:
    """One layer's parameters on each of ``tensor`` devices.

    Matrices are cut, with the biases that go with cut outputs (Shoeybi et al. 2019, section 3).
    Norms, routers and the biases that are added after the sum are whole on each.
    """
    one = architecture.parameters(replace(a, layers=1))
    whole = _whole_in_layer(a)
    cut = one["attention"] + one["feed-forward"] + one["norms"] - _norm(a) - whole
    return cut // tensor + whole


def _whole_in_layer(a: Architecture) -> int:
    """Parameters of a layer that each device has whole."""
    norms = architecture.norm_parameters(replace(a, layers=1)) - _norm(a)
    biases = (a.ffn_biases + (a.attention_biases == "all")) * a.hidden
    choosing = a.hidden * (a.experts + (a.shared_expert > 0)) if a.experts else 0
    return norms + biases + choosing


def _norm(a: Architecture) -> int:
    return a.hidden * (2 if a.norm == "LayerNorm" else 1)


def _last_parameters(a: Architecture, vocabulary: int, *, is_first: bool) -> int:
    """The last norm and the head; a tied head on another device than the embedding is a copy."""
    head = 0 if a.tied and is_first else vocabulary * a.hidden
    return _norm(a) + head + a.head_bias * vocabulary


# What a token leaves behind


def _saved_by_layer(a: Architecture, tensor: int) -> float:
    """Each device has its own heads and neurons, and the whole input of every cut matrix."""
    one = memory.activation_elements(replace(a, layers=1))
    attention = a.hidden + (one["attention"] - a.hidden) / tensor
    inside = _saved_inside_ffn(a)
    norms = a.norms_per_layer * _saved_by_norm(a)
    return attention + one["feed-forward"] - inside + inside / tensor + norms


def _saved_inside_ffn(a: Architecture) -> int:
    """Saved numbers that belong to neurons."""
    of_each = a.matrices_in_ffn + a.gated - (a.activation == "ReLU")
    neurons = a.experts_per_token * a.intermediate + a.shared_expert if a.experts else 0
    return of_each * (neurons or a.intermediate)


def _saved_by_norm(a: Architecture) -> int:
    one = memory.activation_elements(replace(a, layers=1))["norms"]
    return one // (a.norms_per_layer + 1)


def _saved_by_last(a: Architecture, way: Way) -> float:
    return _saved_by_norm(a) + a.hidden + a.vocabulary / way.tensor
