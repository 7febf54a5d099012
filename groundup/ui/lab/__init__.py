"""The lab of the training page: each mode in a module of its own."""

from groundup.lesson import Lesson
from groundup.ui import training
from groundup.ui.lab import breaking, hand, predict


def show(mode: str, loop: Lesson) -> None:
    """Everything under the controls, as ``mode`` shows it."""
    match mode:
        case "Predict":
            training.stage(loop, predict.predict)
        case "Break it":
            training.stage(breaking.broken(loop), breaking.told)
        case "By hand":
            hand.stage(loop)
        case _:
            training.stage(loop)
