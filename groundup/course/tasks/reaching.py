"""What the checks of all goals share: settings as numbers, runs of lessons, and what they say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from groundup.engine.observe import Run

Settings = Mapping[str, object]


class WrongSettingError(ValueError):
    """A setting that cannot be run, in a sentence."""


class Reached(NamedTuple):
    """Whether a goal is reached; ``sentence`` is the number of a foreseen mistake, or says why.

    ``got`` are the numbers of the runs, in words.
    """

    right: bool
    sentence: str | int
    got: str = ""


def as_number(settings: Settings, key: str, default: float, low: float, high: float) -> float:
    """The setting called ``key``, a number from ``low`` to ``high``.

    Raises:
        WrongSettingError: if it is none.
    """
    try:
        value = float(str(settings.get(key, default)))
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise WrongSettingError(f"`{key}` must be a number from {low:g} to {high:g}.")
    return value


def as_whole(settings: Settings, key: str, default: int, low: int, high: int) -> int:
    """The same for a whole number."""
    return int(as_number(settings, key, default, low, high))


def ran(text: str) -> dict[str, Any]:
    """The variables of a lesson's text at its end.

    Raises:
        WrongSettingError: if it does not come to its end.
    """
    run = Run(text).finish()
    if run.failure or run.state != "done":
        raise WrongSettingError("With these settings it does not run to its end.")
    return run.variables
