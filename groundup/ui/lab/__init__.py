"""The lab of the training page: each mode in a module of its own.

A mode may change the lesson (:func:`experiment`), and may tell of the run (:data:`PANELS`).
"""

from groundup.lesson import Lesson
from groundup.ui.lab import breaking
from groundup.ui.lab.predict import predict

PANELS = {"Predict": predict, "Break it": breaking.told}
"""The panels that are drawn above the picture, by the name of their mode."""

_EXPERIMENTS = {"Break it": breaking.broken}


def experiment(mode: str, lesson: Lesson) -> Lesson:
    """``lesson`` as the mode changes it, under the mode's own controls."""
    return _EXPERIMENTS[mode](lesson) if mode in _EXPERIMENTS else lesson
