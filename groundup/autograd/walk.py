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
    start, end = heights
    said = f"After {steps} step{'s' * (steps > 1)}: {place}, f = {number(end)}."
    if not math.isfinite(end) or abs(end) > abs(start) * 1e3 + 1e3:
        return f"{said} **The walk blew up**: each step overshot. Try a smaller learning rate."
    if not inside:
        return f"{said} **The walk has left the plot.**"
    if end > start:
        return f"{said} **That is higher than it began**: the steps are too long."
    return said
