"""The learner's progress, as the pages read and change it."""

from __future__ import annotations

from dataclasses import dataclass, field

from groundup.course.progress import Progress
from groundup.ui.state import page_state


@dataclass
class CourseState:
    """What this visitor's browser last said that they did."""

    progress: Progress = field(default_factory=Progress)


def progress() -> Progress:
    """What the learner did so far."""
    return page_state(CourseState).progress


def record(new: Progress) -> None:
    """From now on the learner has done this; it is kept in their browser."""
    page_state(CourseState).progress = new
