"""Where a walk downhill went, in words."""

from __future__ import annotations

import math

from groundup.engine.snapshot import number


def in_words(steps: int, place: str, heights: tuple[float, float], *, inside: bool) -> str:
    """What ``steps`` came to; empty if there was none.

    ``place`` says where they end, ``heights`` are f at the start and there, and ``inside`` tells
    whether that is on the plot.
    """
    if not steps:
        return ""
    said = f"After {steps} step{'s' * (steps > 1)}: {place}, f = {number(heights[1])}."
    return f"{said} {_verdict(*heights, inside=inside)}".rstrip()


def _verdict(start: float, end: float, *, inside: bool) -> str:
    if math.isnan(end):
        return "**The walk ended where f is no number.** Try a smaller learning rate."
    if abs(end) > abs(start) * 1e3 + 1e3:
        if end < start:
            return "**f falls on and on this way**, and the walk with it."
        return "**The walk blew up**: the steps are too long. Try a smaller learning rate."
    if not inside:
        return "**The walk has left the plot.**"
    return "**That is higher than it began**: the steps are too long." if end > start else ""
