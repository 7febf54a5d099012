"""How many devices of a kind it takes."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from groundup.scale.architecture import Architecture
from groundup.scale.memory import Accelerator
from groundup.scale.spread.held import fullest
from groundup.scale.spread.ways import MAX_DEVICES, Step, Way


def fits(a: Architecture, way: Way, step: Step, device: Accelerator) -> bool:
    """Does every device have the memory for what it holds?

    Raises:
        ValueError: for a way or a step that is not possible.
    """
    return sum(fullest(a, way, step).values()) <= device.bytes


def fewest(a: Architecture, way: Way, step: Step, device: Accelerator) -> int | None:
    """The least number of devices, cut and spread as in ``way``; None if no number is enough.

    More copies never hold more, so the least number is found by halving.

    Raises:
        ValueError: for a way or a step that is not possible.
    """
    numbers = range(way.group, MAX_DEVICES + 1, way.group)

    def enough(devices: int) -> bool:
        return fits(a, replace(way, devices=devices), step, device)

    place = bisect_left(numbers, True, key=enough)
    return numbers[place] if place < len(numbers) else None
