"""What a run's numbers say, in words."""

from __future__ import annotations

from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.engine.snapshot import number
from groundup.figures.training.player import diverged
from groundup.training.surface import LossSurface

STALE = (
    "The marked lines are not in this picture yet: Train runs them. (To change the learning rate "
    "of a run, Stop it first.)"
)


def about_run(lesson: Lesson, run: Run, surface: LossSurface) -> dict[str, str]:
    """The player's sentences: before the first epoch, after the last, and on divergence."""
    return {
        "start": "Train lets the line find its data. Step goes one statement at a time.",
        "end": _end(lesson, run, surface),
        "diverged": _diverged(lesson, run, surface),
    }


def _end(lesson: Lesson, run: Run, surface: LossSurface) -> str:
    if not run.epochs or lesson.applied:
        # What a mistake led to is told beside the mistake.
        return ""
    first, last = run.columns["loss"][0], run.columns["loss"][-1]
    if last > first:
        grew = f"The loss grew from {number(first)} to {number(last)}: the steps are too long. "
        return grew + _limit(lesson, surface)
    w, b = run.columns["w"][-1], run.columns["b"][-1]
    return (
        f"After {run.epochs} epochs w = {number(w)}, b = {number(b)}. The best any line can do "
        f"here is w = {number(surface.optimum[0])}, b = {number(surface.optimum[1])} (the + mark)."
    )


def _diverged(lesson: Lesson, run: Run, surface: LossSurface) -> str:
    epoch = diverged(run.columns["loss"])
    if epoch is None:
        return ""
    name = number(run.columns["loss"][epoch])
    if lesson.applied:
        return f"At epoch {epoch} the loss became {name}."
    why = "not a number" if name == "NaN" else "larger than a float32 can hold"
    return f"Diverged: at epoch {epoch} the loss became {name}, {why}. {_limit(lesson, surface)}"


def _limit(lesson: Lesson, surface: LossSurface) -> str:
    if lesson.settings["optimizer"] != "gradient descent":
        return "Try a smaller learning rate."
    rate = number(surface.largest_stable_step, 3)
    return f"For these points gradient descent needs a learning rate below {rate} (2/λmax)."
