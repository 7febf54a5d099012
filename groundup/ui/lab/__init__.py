"""The lab of the training page: each mode in a module of its own."""

from groundup.lesson import Lesson
from groundup.ui import training
from groundup.ui.lab import breaking, compare, data, hand, predict
from groundup.ui.training import Panels


def show(mode: str, loop: Lesson) -> None:
    """Everything under the controls, as ``mode`` shows it."""
    if mode == "Data":
        data.choose()
    loop = data.own(loop)
    match mode:
        case "Predict":
            training.stage(loop, Panels(above=predict.predict))
        case "Break it":
            training.stage(breaking.broken(loop), Panels(above=breaking.told))
        case "By hand":
            hand.stage(loop)
        case "Compare":
            training.stage(loop, Panels(right=compare.pictures, below=compare.table))
        case _:
            training.stage(loop)
