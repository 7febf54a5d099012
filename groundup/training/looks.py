"""What a broken run looks like beside the healthy one: coarse enough to be guessed beforehand."""

from __future__ import annotations

from groundup.training import stability
from groundup.training.broken_loop import (
    ANOTHER_LINE,
    ANOTHER_PATH,
    ARRIVES,
    CLIMBS,
    NOTHING,
    RAISES,
    SAME,
    happened,
)
from groundup.training.session import Training

ERROR, STILL, FLIES = "an error", "it learns nothing", "the loss climbs"
SWINGS, ELSEWHERE, HOME = "it swings", "another line", "the same line"
LOOKS = {
    ERROR: "Python or PyTorch stops it",
    STILL: "w and b stay where they begin",
    FLIES: "it ends higher than it began",
    SWINGS: "it crosses the best line's place 3 times or more",
    ELSEWHERE: "it ends elsewhere than the healthy run",
    HOME: "it ends where the healthy run does",
}
"""Each with what is meant by it; of several that hold, the first."""

_OF = {
    RAISES: ERROR,
    NOTHING: STILL,
    CLIMBS: FLIES,
    ANOTHER_LINE: ELSEWHERE,
    ARRIVES: HOME,
    SAME: HOME,
}


def looks(training: Training) -> str:
    """Which of :data:`LOOKS` the broken run has; it and the healthy one are finished."""
    run, setting = training.run, training.setting
    if run.failure or setting is None:
        return ERROR
    healthy, *_ = training.beside.values()
    at = setting.moments(run)
    did = happened(run, healthy, at)
    if did != ANOTHER_PATH:
        return _OF[did]
    way = run.columns["w"], run.columns["b"], at.loss
    seen = stability.seen(setting.surface, setting.start, *way)
    return SWINGS if seen.crossings >= stability.MIN_SWINGS else ELSEWHERE
