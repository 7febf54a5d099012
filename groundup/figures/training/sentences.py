"""What a run's numbers say, in words."""

from __future__ import annotations

from groundup.engine.lesson import Lesson
from groundup.engine.observe import Run
from groundup.engine.snapshot import number
from groundup.figures.training.player import diverged
from groundup.training.batches import plain
from groundup.training.moments import Moments
from groundup.training.session import Setting
from groundup.training.surface import LossSurface

STALE = (
    "The marked lines are not in this picture yet: Train runs them. (To change the learning rate "
    "of a run, Stop it first.)"
)

GUESS_FIRST = "Guess first how it ends. Then Train runs this text and plays it."


def about_run(lesson: Lesson, run: Run, setting: Setting) -> dict[str, str]:
    """The player's sentences: before the first epoch, after the last, and on divergence."""
    moments = setting.moments(run)
    return {
        "start": "Train runs this text and plays it. Step goes on by one statement.",
        "end": _end(lesson, run, setting.surface, moments),
        "diverged": _diverged(lesson, setting.surface, moments.loss),
    }


def counting(epochs: int) -> str:
    """How ``epochs`` epochs are numbered, beside sentences that say how many they are."""
    last = f"the last of {epochs:,} is epoch {epochs - 1:,}" if epochs > 1 else "the only one is 0"
    return f"Epochs are counted from 0, as `range` counts: {last}."


def _end(lesson: Lesson, run: Run, surface: LossSurface, at: Moments) -> str:
    if not run.epochs or lesson.applied:
        # What a mistake led to is told beside the mistake.
        return ""
    first, last = at.loss[0], at.loss[-1]
    # Not where it only trembles, as from a start at the best line.
    if last > 1.001 * first + 1e-9:
        return f"The loss grew from {number(first)} to {number(last)}. {_limit(lesson, surface)}"
    many = "1 epoch" if run.epochs == 1 else f"{run.epochs} epochs"
    return (
        f"After {many} w = {number(at.w[-1])}, b = {number(at.b[-1])}, loss "
        f"{number(last)}. The best any line can do here is w = {number(surface.optimum[0])}, "
        f"b = {number(surface.optimum[1])} (the + mark)."
    )


def _diverged(lesson: Lesson, surface: LossSurface, losses: list[float]) -> str:
    epoch = diverged(losses)
    if epoch is None:
        return ""
    name = number(losses[epoch])
    if lesson.applied:
        return f"At epoch {epoch} the loss became {name}."
    why = "not a number" if name == "NaN" else "as its squares add up to more than a float32 holds"
    return f"Diverged: at epoch {epoch} the loss became {name}, {why}. {_limit(lesson, surface)}"


def _limit(lesson: Lesson, surface: LossSurface) -> str:
    """What to do about it. The curvature's limit holds for plain steps over all points alone."""
    if not plain(lesson):
        return "Try a smaller learning rate."
    rate = number(surface.largest_stable_step, 3)
    return f"For these points gradient descent needs a learning rate below {rate} (2/λmax)."
