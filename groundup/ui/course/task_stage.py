"""Where a task is done: the learner's lines, what they do, and what the check says."""

from __future__ import annotations

from groundup.course.tasks import Task


def stage(task: Task) -> None:
    """A task to write or to order: it takes the place of the page's own body."""
    raise NotImplementedError(task.id)


def goal_line(task: Task) -> None:
    """A goal to be reached with the page's controls: its line in the dock, with check and hints."""
    raise NotImplementedError(task.id)
