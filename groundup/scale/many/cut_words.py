"""What the page says of the layer cut, each sentence from the numbers that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from groundup.engine.snapshot import number
from groundup.engine.words import bytes_in_words
from groundup.scale.catalogue import published
from groundup.scale.many import cut
from groundup.workers import Event

ROUNDINGS = 16
"""Sums in another order differ by some roundings of numbers about 1."""

EPSILON = 2.0**-23

TOKENS = 2_048


def proof(said: list[Mapping[str, Any]], *, workers: int) -> str:
    """Whether the parts came to the same as the whole block, forward and backward."""
    largest = cut.difference(said)
    where = f"on {workers} workers" if workers > 1 else "in one process that does both parts"
    told = (
        f"Run {where}: the largest difference to the whole block, in the output and in all "
        f"gradients, is **{number(largest)}**. "
    )
    if largest <= ROUNDINGS * EPSILON:
        return told + "That is rounding."
    return told + "That is more than rounding."


def ended(events: Sequence[Event]) -> str:
    """How far workers are whose text has no loop."""
    done = sum(event.kind == "done" for event in events)
    return f"{done} of {cut.WORKERS} workers have come to their end"


def held(said: list[Mapping[str, Any]]) -> str:
    """How many weights each worker holds; empty where one process does it all."""
    if len(said) == 1:
        return ""
    counts = " and ".join(f"{one['held']:,}" for one in said)
    return f"The workers hold {counts} weights of the block."


def table(both: Mapping[str, list[Mapping[str, Any]]], model: str) -> list[dict[str, str]]:
    """What each cut puts into sums: in its own run, and in a block of Llama 3 8B."""
    return [
        {
            "the first matrix is cut by": way,
            "forward, in this run": f"{cut.bytes_summed(said, 'forward'):,} bytes",
            "backward, in this run": f"{cut.bytes_summed(said, 'backward'):,} bytes",
            "forward, in a block of Llama 3 8B": bytes_in_words(at_scale(way, model)),
        }
        for way, said in both.items()
    ]


def at_scale(way: str, model: str) -> int:
    """Bytes into sums in one forward pass of a block as wide as Llama 3 8B's, in bfloat16."""
    a = published("Llama 3 8B").architecture
    inner = {"article": 1, "gated": 2}[model] * a.intermediate if way == "inputs" else 0
    return 2 * TOKENS * (a.hidden + inner)


def cost(both: Mapping[str, list[Mapping[str, Any]]]) -> str:
    """How many times as much the cut by inputs sends."""
    outputs, inputs = (cut.bytes_summed(both[way], "forward") for way in ("outputs", "inputs"))
    return (
        f"Cut by its inputs, the first matrix needs a sum of its own before anything can be bent: "
        f"forward {inputs / outputs:.3g} times the bytes. In a ring of N workers each sends "
        f"2 · (N − 1) / N times that. For Llama's block it is {TOKENS:,} tokens in bfloat16."
    )
