"""Bytes that each device holds at the fullest moment of a training step."""

from __future__ import annotations

import math

from groundup.scale.architecture import Architecture
from groundup.scale.spread.share import Stage, stages
from groundup.scale.spread.ways import SPREADS, Step, Way, check

PARTS = ("weights", "gradients", "optimizer", "gathered", "activations", "logits")


def held(a: Architecture, way: Way, step: Step) -> list[dict[str, int]]:
    """For each stage the bytes on each of its devices, by :data:`PARTS`.

    What is spread out is divided by the number of copies N (Rajbhandari et al. 2020, ZeRO,
    section 5); ``gathered`` is the largest layer, which each device has whole for a moment:
    its weights where they are spread out, and its gradient until that is sent on.

    Raises:
        ValueError: for a way or a step that is not possible.
    """
    check(a, way, step)
    return [_held(stage, way, step) for stage in stages(a, way)]


def fullest(a: Architecture, way: Way, step: Step) -> dict[str, int]:
    """The bytes of the device that holds most.

    Raises:
        ValueError: for a way or a step that is not possible.
    """
    return max(held(a, way, step), key=lambda parts: sum(parts.values()))


def _held(stage: Stage, way: Way, step: Step) -> dict[str, int]:
    tokens = in_flight(stage, way, step) * step.context
    logits = step.context if way.pipeline > 1 else step.tokens
    return {
        "weights": shared_out(stage.parameters, way, "weights") * step.size,
        "gradients": shared_out(stage.parameters, way, "gradients") * step.size,
        "optimizer": shared_out(stage.parameters, way, "optimizer") * step.remembered,
        "gathered": _gathered(stage, way) * step.size,
        "activations": round(tokens * stage.saved * step.size),
        "logits": logits * 3 * stage.logits * step.size,
    }


def is_spread(way: Way, what: str) -> bool:
    """Is ``what`` (one of ``SPREADS``) spread out over the copies?"""
    return SPREADS.index(way.spread) >= SPREADS.index(what)


def shared_out(count: int, way: Way, what: str) -> int:
    """How many of ``count`` numbers a device keeps: all, or the N-th part where they are spread."""
    return math.ceil(count / way.copies) if is_spread(way, what) else count


def _gathered(stage: Stage, way: Way) -> int:
    """Numbers that a device has for a moment and does not keep."""
    kinds = is_spread(way, "weights") + is_spread(way, "gradients")
    return kinds * (stage.largest - math.ceil(stage.largest / way.copies))


def in_flight(stage: Stage, way: Way, step: Step) -> int:
    """Texts whose activations a device of ``stage`` keeps at once.

    Without stages all of its copy's. With stages one text goes backward as soon as one more came
    forward, so the first stage keeps as many as there are stages (Narayanan et al. 2021, 1F1B).
    """
    if way.pipeline == 1:
        return step.batch
    return min(way.pipeline - stage.number, step.batch)


def idle(way: Way, step: Step) -> float:
    """The share of a step in which a stage waits for the others: (p − 1) / (m + p − 1)."""
    waiting = way.pipeline - 1
    return waiting / (step.batch + waiting) if waiting else 0.0
